# ./galois fmt: one format for all Java files, so that nobody discusses it.

# formatter FLAG...: google-java-format needs JDK 17 or later; prints the names of files that differ
formatter() {
    local jar files
    fetch_libraries
    library google-java-format
    cd "$root" || exit 1
    if git rev-parse --git-dir >/dev/null 2>&1; then
        files=$(git ls-files --cached --others --exclude-standard -- '*.java')
    else
        files=$(find . -name '*.java' -not -path '*/cache/*')
    fi
    # a file deleted but not yet committed is still listed
    echo "$files" | while IFS= read -r file; do [ -f "$file" ] && echo "$file"; done >"$cache/fmt.files"
    [ -s "$cache/fmt.files" ] || return 0
    "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$jar" --aosp --skip-reflowing-long-strings "$@" "@$cache/fmt.files"
}

do_fmt() {
    find_java
    formatter --replace
}
