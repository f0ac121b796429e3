# Fetches the libraries, compiles the build tool and runs it; only what is missing.

# library NAME: sets $jar to the fetched jar whose file name begins with NAME-
library() {
    local line
    while IFS= read -r line; do
        case ${line##*/} in "$1"-[0-9]*) jar=$line && return ;; esac
    done <"$cache/libraries"
    fail "cnf/central.mvn does not list $1"
}

# libraries_present: whether the list has not changed and Maven's local repository still has all jars
libraries_present() {
    local line
    cmp -s "$root/cnf/central.mvn" "$cache/central.mvn" || return 1
    while IFS= read -r line; do
        [ -f "$line" ] || return 1
    done <"$cache/libraries"
}

need_maven() {
    local version major minor
    command -v mvn >/dev/null || fail "Maven is not on the PATH and libraries must be fetched: install Maven 3.8 or later"
    version=$(mvn -B -v 2>/dev/null | sed -n 's/^[^A]*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
    major=${version%%.*}
    minor=${version#*.} && minor=${minor%%.*}
    [ "${major:-0}" -gt 3 ] || { [ "${major:-0}" -eq 3 ] && [ "${minor:-0}" -ge 8 ]; } ||
        fail "Maven ${version:-of unknown version} is too old: install Maven 3.8 or later"
}

# write_pom [LIST]: a throw-away pom from the pinned list; the exclusions keep everything transitive away
write_pom() {
    local group artifact extension classifier version
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>galois</groupId>'
    echo '<artifactId>libraries</artifactId><version>1</version><dependencies>'
    sed -e 's/^#tool *//' -e '/^#/d' -e '/^ *$/d' "${1-$root/cnf/central.mvn}" |
        while IFS=: read -r group artifact extension classifier version; do
            [ -n "$version" ] || { version=$extension && extension=jar && classifier=; }
            echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId>"
            echo "<version>$version</version><type>$extension</type><classifier>$classifier</classifier>"
            echo '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>'
        done
    echo '</dependencies></project>'
}

# show_fetching: reads Maven's lines and shows a counter, every line kept for an error message
show_fetching() {
    local line count=0 last=0
    while :; do
        if IFS= read -r -t 2 line; then
            echo "$line" >>"$cache/fetch.log"
            case $line in *Downloaded*) count=$((count + 1)) ;; esac
        elif [ $? -le 128 ]; then
            break
        fi
        if [ $((SECONDS - last)) -ge 2 ]; then
            last=$SECONDS
            if [ -t 2 ]; then
                printf '\r  %d files, %d s ' "$count" "$SECONDS" >&2
            else
                echo "  $count files, $SECONDS s" >&2
            fi
        fi
    done
    [ -t 2 ] && printf '\r\033[K' >&2
    echo "$count" >"$cache/fetch.count"
}

fetch_libraries() {
    mkdir -p "$cache"
    libraries_present && return
    need_maven
    echo "fetching the libraries of cnf/central.mvn with Maven ..." >&2
    write_pom >"$cache/pom.xml"
    rm -f "$cache/fetch.log" "$cache/classpath"
    SECONDS=0
    if ! JAVA_HOME=$java_home mvn -B -C -f "$cache/pom.xml" dependency:build-classpath \
        -Dmdep.outputFile="$cache/classpath" -Dmdep.pathSeparator='|' 2>&1 </dev/null |
        show_fetching || [ ! -f "$cache/classpath" ]; then
        sed -n 's/.*\[ERROR\] *//p' "$cache/fetch.log" | head -n 3 >&2
        echo "galois: Maven could not fetch the libraries (all of its output: cnf/cache/fetch.log): check network and Maven settings" >&2
        exit 1
    fi
    tr '|' '\n' <"$cache/classpath" >"$cache/libraries"
    echo >>"$cache/libraries"
    sed -i.bak '/^$/d' "$cache/libraries" && rm -f "$cache/libraries.bak"
    cp "$root/cnf/central.mvn" "$cache/central.mvn"
    echo "fetched $(cat "$cache/fetch.count") new files in $SECONDS s" >&2
}

# fetch_list FOLDER/NAME WHAT: sets $libraries to the jars of FOLDER/NAME.mvn, which only one command needs
fetch_list() {
    local name=${1##*/}
    local list=$root/$1.mvn folder=$cache/$name cp=$cache/$name/classpath
    if ! cmp -s "$list" "$folder/$name.mvn" || [ ! -f "$cp" ] || ! all_present "$cp"; then
        need_maven
        echo "fetching $2 with Maven ..." >&2
        mkdir -p "$folder"
        write_pom "$list" >"$folder/pom.xml"
        if ! JAVA_HOME=$java_home mvn -B -q -C -f "$folder/pom.xml" dependency:build-classpath \
            -Dmdep.outputFile="$cp" -Dmdep.pathSeparator=: >"$folder/fetch.log" 2>&1 </dev/null; then
            sed -n 's/.*\[ERROR\] *//p' "$folder/fetch.log" | head -n 3 >&2
            fail "Maven could not fetch $2 (its output: cnf/cache/$name/fetch.log): check network and Maven settings"
        fi
        cp "$list" "$folder/$name.mvn"
    fi
    libraries=$(cat "$cp")
}

all_present() {
    local IFS=: jar
    for jar in $(cat "$1"); do
        [ -f "$jar" ] || return 1
    done
}

# prepare_driver: sets $driver_path to the class path of the build tool
prepare_driver() {
    local jar name
    fetch_libraries
    library biz.aQute.bnd
    driver_path=$cache/driver:$jar
    junit_path=$cache/driver
    for name in junit-platform-launcher junit-platform-engine junit-platform-commons junit-jupiter-api \
        junit-jupiter-engine junit-jupiter-params opentest4j apiguardian-api; do
        library $name
        junit_path=$junit_path:$jar
    done
    if [ ! -f "$cache/driver.ok" ] ||
        [ -n "$(find "$root/cnf/tool" "$cache/libraries" -newer "$cache/driver.ok" -print -quit)" ]; then
        need_compiler
        rm -rf "$cache/driver"
        mkdir -p "$cache/driver"
        touch "$cache/driver.start"
        "$java_home/bin/javac" --release 17 -proc:none -Xlint:all,-path,-options,-classfile -Werror \
            -cp "$driver_path:$junit_path" -d "$cache/driver" "$root"/cnf/tool/*.java >&2 || exit 1
        mv "$cache/driver.start" "$cache/driver.ok"
    fi
}

# driver GOAL NAME...: brings things up to date; everything it says goes to standard error
driver() {
    local maven
    prepare_driver
    need_compiler
    library biz.aQute.bnd
    maven=${jar%/biz/aQute/bnd/*}
    (cd "$root" && GALOIS_M2=$maven "$java" -XX:+UseSerialGC -Xshare:auto \
        -cp "$driver_path:$junit_path" galois.tool.Driver "$@" >&2)
}

# up_to_date NAME: whether the runtime NAME needs no build; no JVM is started to find out
up_to_date() {
    local run=$cache/run/$1 line projects=()
    [ -f "$run.ok" ] && [ -f "$run.run" ] && [ -f "$run.jvm" ] || return 1
    while IFS= read -r line; do
        case $line in bundle=* | classpath=*) [ -f "${line#*=}" ] || return 1 ;; esac
    done <"$run.run"
    while IFS= read -r line; do
        [ -d "$root/$line" ] || return 1
        projects+=("$root/$line")
    done <"$run.projects"
    [ -z "$(find "$root/cnf/build.bnd" "$root/cnf/central.mvn" "$root/cnf/tool" \
        "$root/$2" -newer "$run.ok" -print -quit)" ] &&
        [ -z "$(find "${projects[@]}" -mindepth 1 \
            \( -name test -o -name bin -o -name bin_test -o -name generated \) -prune -o \
            -newer "$run.ok" -print -quit)" ]
}

# build_runtime NAME RUN-FILE
build_runtime() {
    up_to_date "$1" "$2" && return
    mkdir -p "$cache/run"
    touch "$cache/run/$1.start"
    driver build "$2" || exit 1
    mv "$cache/run/$1.start" "$cache/run/$1.ok"
}

# tell_terminal: Java cannot tell whether standard output and standard error are terminals
tell_terminal() {
    local size
    unset GALOIS_STDOUT GALOIS_STDERR GALOIS_ROWS GALOIS_COLUMNS
    if [ -t 1 ]; then
        export GALOIS_STDOUT=terminal
        size=$(stty size 2>/dev/null </dev/tty) && export GALOIS_ROWS=${size% *} GALOIS_COLUMNS=${size#* }
    fi
    [ ! -t 2 ] || export GALOIS_STDERR=terminal
}

# run_in_framework NAME ARG...: the command is a service that a bundle of runtimes/NAME.bndrun registers
run_in_framework() {
    local name=$1
    shift
    [ -f "$root/runtimes/$name.bndrun" ] || fail "runtimes/$name.bndrun does not exist: this version has no \"$name\""
    find_java
    build_runtime "$name" "runtimes/$name.bndrun"
    modern_flags "$java_feature"
    tell_terminal
    local timing=
    case " $* " in *" --timing "*) timing=--timing ;; esac
    exec "$java" ${java_flags[@]+"${java_flags[@]}"} "@$cache/run/$name.jvm" --main "$name" $timing -- "$@"
}

do_build() {
    find_java
    driver build "$@"
}
