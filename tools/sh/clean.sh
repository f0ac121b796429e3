# ./galois clean: removes what a build made; fetched libraries stay in Maven's local repository.

do_clean() {
    rm -rf "$root/cnf/cache" "$root"/*/bin "$root"/*/bin_test "$root"/*/generated
}
