# ./galois clean: removes what a build made; fetched libraries stay in Maven's local repository.

do_clean() {
    local entry
    for entry in "$cache"/*; do
        case ${entry##*/} in
        central.mvn | libraries) ;; # where Maven put the libraries is still true
        *) rm -rf "$entry" ;;
        esac
    done
    rm -rf "$root"/*/bin "$root"/*/bin_test "$root"/*/generated
}
