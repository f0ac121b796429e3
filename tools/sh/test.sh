# ./galois test: all unit tests, then the OSGi tests, on every JDK found.

# one JVM of tests; tests have limits of their own, this one is for a JVM that hangs as a whole
test_timeout_s=2700

# restrict NAME...: sorts the patterns into bundles (folders) and parts of class names
restrict() {
    local name
    bundles=() matches=() kinds="unit osgi" only= long=
    while [ $# -gt 0 ]; do
        case $1 in
        --unit) kinds=unit ;;
        --osgi) kinds=osgi ;;
        --jdk) only=$2 && shift ;;
        --long) long=-Dgalois.long=true && test_timeout_s=14400 ;;
        *) if [ -f "$root/$1/bnd.bnd" ]; then bundles+=("$1"); else matches+=("$1"); fi ;;
        esac
        shift
    done
    [ ${#bundles[@]} -eq 0 ] || [ ${#matches[@]} -gt 0 ] || [ "$kinds" != "unit osgi" ] || {
        kinds=unit
        for name in "${bundles[@]}"; do [ "$name" = galois.itest ] && kinds="unit osgi"; done
    }
}

# count RESULT-FILE: adds "passed failed skipped"; a JVM that left no result counts as one failure
count() {
    local p=0 f=1 s=0
    [ -f "$1" ] && read -r p f s <"$1"
    [ -f "$1" ] || echo "  FAILED: the test JVM ended before its summary, see $1.output"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

unit_tests() {
    local feature=$1 home=$2 result=cnf/cache/test/unit-$1.result file match lists=() args=()
    for file in "$cache"/test/*.cp; do
        [ -f "$file" ] || continue
        file=${file##*/} && file=${file%.cp}
        [ -d "$root/$file" ] || continue
        if [ ${#bundles[@]} -eq 0 ] || [[ " ${bundles[*]} " == *" $file "* ]]; then
            lists+=("cnf/cache/test/$file.cp")
        fi
    done
    [ ${#lists[@]} -gt 0 ] || return 0
    for match in ${matches[@]+"${matches[@]}"}; do args+=(-m "$match"); done
    rm -f "$root/$result"
    modern_flags "$feature"
    echo "unit tests on Java $feature"
    (cd "$root" && $limit "$home/bin/java" ${java_flags[@]+"${java_flags[@]}"} -ea:galois... -Xshare:auto -Xmx1g \
        ${long:+"$long" "-Dgalois.duckdb=$libraries"} -Dgalois.workspace="$root" -Dlogback.configurationFile="$root/cnf/logback-test.xml" \
        -Djava.util.logging.config.file=/dev/null \
        -cp "$junit_path" galois.tool.TestRunner "$result" ${args[@]+"${args[@]}"} "${lists[@]}") ||
        true
    count "$root/$result"
}

# osgi_tests FEATURE HOME: every run file of galois.itest, started by our own launcher
osgi_tests() {
    local feature=$1 home=$2 file name result reports names p f s
    for file in "$root"/galois.itest/*.bndrun; do
        [ -f "$file" ] || continue
        name=$(basename "$file" .bndrun)
        result=$cache/test/osgi-$name-$feature.result reports=$cache/test/osgi-$name-$feature
        rm -rf "$result" "$reports"
        mkdir -p "$reports"
        names=$(test_classes "$name")
        [ -z "${matches[*]-}" ] || [ -n "$names" ] || continue
        modern_flags "$feature"
        echo "OSGi tests on Java $feature"
        # the tester exits from a thread that its own stop waits for, hence the short limit
        (cd "$root" && $limit "$home/bin/java" "-Djava.io.tmpdir=$reports" ${java_flags[@]+"${java_flags[@]}"} "@$cache/run/$name.jvm" \
            --stop-timeout-ms 300 --set "tester.dir=$reports" --set "tester.names=$names" --set "galois.workspace=$root" \
            >"$result.output" 2>&1)
        "$java" -cp "$junit_path" galois.tool.TestReport "$result" "$reports"
        [ -f "$result" ] || tail -n 30 "$result.output"
        [ ! -f "$result" ] || read -r p f s <"$result"
        [ ! -f "$result" ] || printf '  %-28s %s passed%s%s\n' "$name" "$p" \
            "$([ "$f" = 0 ] || echo ", $f FAILED")" "$([ "$s" = 0 ] || echo ", $s skipped")"
        count "$result"
    done
}

# test_classes NAME: the OSGi test classes that the patterns restrict to, comma separated; empty for all
test_classes() {
    local match file found=
    for match in ${matches[@]+"${matches[@]}"}; do
        for file in $(cd "$root/galois.itest/src" && find . -name "*IT.java"); do
            file=${file#./} && file=${file%.java} && file=${file//\//.}
            case $file in *"$match"*) found=$found,$file ;; esac
        done
    done
    echo "${found#,}"
}

do_test() {
    local bundles matches kinds only long libraries limit passed=0 failed=${steps_failed:-0} skipped=0 line feature home
    restrict "$@"
    find_java
    find_jdks
    [ -z "$long" ] || fetch_list galois.itest/engines "DuckDB"
    limit=$(command -v timeout >/dev/null && echo "timeout $test_timeout_s")
    driver tests ${bundles[@]+"${bundles[@]}"} || { echo "0 passed, $((failed + 1)) failed" && exit 1; }
    while read -r feature home; do
        [ -n "$feature" ] || continue
        [ -z "$only" ] || [ "$only" = "$feature" ] || continue
        case $kinds in *unit*) unit_tests "$feature" "$home" </dev/null ;; esac
        case $kinds in *osgi*) osgi_tests "$feature" "$home" </dev/null ;; esac
    done <<<"${jdks:-$java_feature $java_home}"
    line="$passed passed, $failed failed"
    [ $skipped -eq 0 ] || line="$line, $skipped skipped"
    echo "$line"
    [ $failed -eq 0 ]
}
