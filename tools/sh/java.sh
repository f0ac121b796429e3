# Finds JDKs without starting them.

# java_version HOME: prints the feature version (17, 25), nothing when HOME is no JDK
java_version() {
    local line version
    [ -x "$1/bin/java" ] || return 0
    if [ -f "$1/release" ]; then
        while IFS= read -r line; do
            case $line in JAVA_VERSION=*) version=${line#*=} && version=${version//\"/} ;; esac
        done <"$1/release"
    fi
    if [ -z "${version-}" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([^"]*\)".*/\1/p')
    fi
    version=${version#1.}
    version=${version%%[.+-]*}
    echo "$version"
}

# real_path FILE: follows symbolic links
real_path() {
    readlink -f "$1" 2>/dev/null || echo "$1"
}

# find_java: sets $java_home and $java to the JDK in use (JAVA_HOME, else java on PATH), at least 17
find_java() {
    local found version
    if [ -n "${JAVA_HOME-}" ]; then
        java_home=$JAVA_HOME
        [ -x "$java_home/bin/java" ] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java: point it at a JDK 17 or later"
    else
        found=$(command -v java) || fail "no Java found: install a JDK 17 or later, or set JAVA_HOME to one"
        java_home=$(dirname "$(dirname "$(real_path "$found")")")
        if [ ! -x "$java_home/bin/java" ] || [ ! -f "$java_home/release" ]; then
            java_home=$("$found" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
        fi
    fi
    version=$(java_version "$java_home")
    case $version in
    '' | *[!0-9]*) fail "cannot tell the version of the Java in $java_home: set JAVA_HOME to a JDK 17 or later" ;;
    esac
    [ "$version" -ge 17 ] || fail "Java $version in $java_home is too old: set JAVA_HOME to a JDK 17 or later"
    java=$java_home/bin/java
    java_feature=$version
}

# need_compiler: a JRE is enough to run, not to build
need_compiler() {
    [ -x "$java_home/bin/javac" ] || fail "$java_home is a Java without a compiler: install a JDK 17 or later, or set JAVA_HOME to one"
}

# find_jdks: sets $jdks to lines "FEATURE HOME", one JDK of each of 17 and 25 that this machine has
find_jdks() {
    local home version name value
    jdks=
    for home in "${JAVA_HOME-}" "$java_home" \
        $(env | sed -n 's/^JAVA_\{0,1\}HOME_\(17\|25\)[A-Za-z0-9_]*=//p; s/^JDK_\{0,1\}\(17\|25\)[A-Za-z0-9_]*=//p') \
        /usr/lib/jvm/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/java/* /opt/jdk*; do
        [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
        version=$(java_version "$home")
        case $version in 17 | 25) ;; *) continue ;; esac
        case $jdks in *"$version /"*) continue ;; esac
        jdks="$jdks$version $home
"
    done
    jdks=$(printf %s "$jdks" | sort -n)
}

# modern_flags: sets $java_flags to what newer JDKs need to stay quiet about libraries that use Unsafe
modern_flags() {
    java_flags=()
    if [ "$1" -ge 24 ]; then
        java_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
    fi
}
