# ./galois bench: programs on the class path of galois.bench, without the framework. What measures them is
# fetched and compiled at the first use: it is no part of GALOIS.

# bench_name ARG...: sets $name to the bench that the arguments name; a result file must be writable before
# minutes are spent
bench_name() {
    name=
    while [ $# -gt 0 ]; do
        case $1 in
        --json)
            [ -d "$(dirname "$2")" ] && [ ! -d "$2" ] || fail "--json: cannot write \"$2\"; its folder must exist"
            shift ;;
        -*) ;;
        *) name=$1 ;;
        esac
        shift
    done
    case $name in
    kernel | sql | compile) ;;
    *) fail "there is no bench \"$name\": the benches are kernel, sql and compile" ;;
    esac
}

# fetch_bench_libraries: sets $bench_path to the jars of galois.bench/bench.mvn
fetch_bench_libraries() {
    local list=$root/galois.bench/bench.mvn cp=$cache/bench/classpath
    if ! cmp -s "$list" "$cache/bench/bench.mvn" || [ ! -f "$cp" ] || ! all_present "$cp"; then
        need_maven
        echo "fetching what benches need with Maven ..." >&2
        mkdir -p "$cache/bench"
        write_pom "$list" >"$cache/bench/pom.xml"
        if ! JAVA_HOME=$java_home mvn -B -q -C -f "$cache/bench/pom.xml" dependency:build-classpath \
            -Dmdep.outputFile="$cp" -Dmdep.pathSeparator=: >"$cache/bench/fetch.log" 2>&1 </dev/null; then
            sed -n 's/.*\[ERROR\] *//p' "$cache/bench/fetch.log" | head -n 3 >&2
            fail "Maven could not fetch what benches need (its output: cnf/cache/bench/fetch.log): check network and Maven settings"
        fi
        cp "$list" "$cache/bench/bench.mvn"
    fi
    bench_path=$(cat "$cp")
}

all_present() {
    local IFS=: jar
    for jar in $(cat "$1"); do
        [ -f "$jar" ] || return 1
    done
}

# compile_bench CLASS-PATH: compiles galois.bench/jmh when a source or what it is built against has changed
compile_bench() {
    local classes=$cache/bench/classes stamp=$cache/bench/classes.ok
    [ -f "$stamp" ] && [ -z "$(find "$root/galois.bench/jmh" "$root/galois.bench/bin" "$cache/bench/classpath" \
        -newer "$stamp" -print -quit)" ] && return
    rm -rf "$classes"
    mkdir -p "$classes"
    touch "$cache/bench/classes.start"
    "$java_home/bin/javac" --release 17 -Xlint:none -nowarn -cp "$1" -d "$classes" \
        -processor org.openjdk.jmh.generators.BenchmarkProcessor \
        "$root"/galois.bench/jmh/galois/bench/*.java >&2 || exit 1
    mv "$cache/bench/classes.start" "$stamp"
}

do_bench() {
    local name cp commit
    bench_name "$@"
    find_java
    driver classpath galois.bench || exit 1
    fetch_bench_libraries
    cp=$(paste -sd : "$cache/cp/galois.bench.cp"):$bench_path
    compile_bench "$cp"
    commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
    modern_flags "$java_feature"
    exec "$java" ${java_flags[@]+"${java_flags[@]}"} -Dgalois.workspace="$root" -Dgalois.commit="$commit" \
        -Dlogback.configurationFile="$root/galois.bench/logback.xml" \
        -cp "$cache/bench/classes:$cp" galois.bench.Main "$@"
}
