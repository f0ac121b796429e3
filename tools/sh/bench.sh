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

# compile_bench NAME FOLDER CLASS-PATH JAVAC-OPTION...: compiles galois.bench/FOLDER into cnf/cache/NAME/classes when a
# source or what it is built against has changed
compile_bench() {
    local name=$1 sources=$root/galois.bench/$2 path=$3 classes=$cache/$1/classes stamp=$cache/$1/classes.ok
    shift 3
    [ -f "$stamp" ] && [ -z "$(find "$sources" "$root/galois.bench/bin" "$cache/$name/classpath" \
        -newer "$stamp" -print -quit)" ] && return
    rm -rf "$classes"
    mkdir -p "$classes"
    touch "$cache/$name/classes.start"
    find "$sources" -name '*.java' | sort >"$cache/$name/sources"
    "$java_home/bin/javac" --release 17 -Xlint:none -nowarn -cp "$path" -d "$classes" "$@" \
        "@$cache/$name/sources" >&2 || exit 1
    [ ! -d "$sources/META-INF" ] || cp -r "$sources/META-INF" "$classes"
    mv "$cache/$name/classes.start" "$stamp"
}

# prepare_peers: sets $peers to what the JVMs of other systems need
prepare_peers() {
    local ours=$root/galois.bench/bin:$root/galois.batch/bin
    fetch_list galois.bench/peers "what the other systems need"
    compile_bench peers peers "$ours:$libraries" -proc:none
    peers=(-Dgalois.peers="$cache/peers/classes:$ours:$libraries")
}

do_bench() {
    local name cp commit peers=()
    bench_name "$@"
    find_java
    driver classpath galois.bench || exit 1
    fetch_list galois.bench/bench "what benches need"
    cp=$(paste -sd : "$cache/cp/galois.bench.cp"):$libraries
    compile_bench bench jmh "$cp" -processor org.openjdk.jmh.generators.BenchmarkProcessor
    case " $* " in *" --peers "*) prepare_peers ;; esac
    commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
    modern_flags "$java_feature"
    exec "$java" ${java_flags[@]+"${java_flags[@]}"} -Dgalois.workspace="$root" -Dgalois.commit="$commit" \
        ${peers[@]+"${peers[@]}"} \
        -Dlogback.configurationFile="$root/galois.bench/logback.xml" \
        -cp "$cache/bench/classes:$cp" galois.bench.Main "$@"
}
