# ./galois check: the whole gate, cheap steps first.

. "$root/tools/sh/fmt.sh"
. "$root/tools/sh/test.sh"

# step NAME COMMAND...: one line with the time; what the command prints only matters when it fails
step() {
    local name=$1 begin=$SECONDS log=$cache/check.log
    shift
    printf '%-10s ' "$name"
    if "$@" >"$log" 2>&1; then
        echo "ok ($((SECONDS - begin)) s)"
        return 0
    fi
    echo "FAILED ($((SECONDS - begin)) s)"
    sed 's/^/  /' "$log"
    steps_failed=$((steps_failed + 1))
    return 1
}

check_format() {
    local differ
    differ=$( (formatter --dry-run --set-exit-if-changed) 2>&1) && return
    echo "$differ"
    echo "not formatted: run ./galois fmt"
    return 1
}

# tracked FILE-PATTERN...: what belongs to the repository, new files included
tracked() {
    if git -C "$root" rev-parse --git-dir >/dev/null 2>&1; then
        (cd "$root" && git ls-files --cached --others --exclude-standard -- "$@") |
            while IFS= read -r file; do [ -f "$root/$file" ] && echo "$file"; done
    else
        (cd "$root" && find . -type f -not -path './cnf/cache/*' -not -path '*/generated/*' -not -path '*/bin*/*' \
            \( -name '*.java' -o -name '*.bnd*' -o -name '*.md' -o -name '*.sh' -o -name '*.txt' \) | sed 's|^\./||')
    fi
}

check_tidy() {
    tracked '*.java' '*.bnd' '*.bndrun' '*.md' '*.sh' '*.txt' '*.mvn' '*.sql' galois .ci/run >"$cache/tidy.files"
    (cd "$root" && "$java" -XX:TieredStopAtLevel=1 tools/Tidy.java $(cat "$cache/tidy.files"))
}

check_layers() {
    (cd "$root" && "$java" -XX:TieredStopAtLevel=1 tools/Layers.java cnf/layers.txt)
}

do_check() {
    local steps_failed=0
    find_java
    mkdir -p "$cache"
    fetch_libraries
    step format check_format
    step tidy check_tidy
    if step build driver build; then
        step layers check_layers
        step runfiles driver verify
    fi
    do_test
}
