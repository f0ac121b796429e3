# ./galois resolve: rewrites -runbundles of the run files from -runrequires.

do_resolve() {
    find_java
    driver resolve "$@"
}
