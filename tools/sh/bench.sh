# ./galois bench: a program on the class path of the bundle galois.bench, without the framework.

do_bench() {
    find_java
    [ -d "$root/galois.bench" ] || fail "this version has no benches: the folder galois.bench is missing"
    driver classpath galois.bench || exit 1
    modern_flags "$java_feature"
    exec "$java" ${java_flags[@]+"${java_flags[@]}"} -Dgalois.workspace="$root" \
        -cp "$(paste -sd : "$cache/cp/galois.bench.cp")" galois.bench.Main "$@"
}
