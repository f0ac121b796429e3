# Reads the help files: they are what the user sees and, at the same time, the specification of the options.
# An option is a line "  --name VALUE   text", an argument a line "  [NAME...]   text" under "Arguments:".

# fail MESSAGE: a mistake of the user, in one line
fail() {
    echo "galois: $1" >&2
    exit 2
}

show_help() {
    if [ $# -gt 0 ]; then
        cat "$root/tools/help/$1.txt"
    else
        cat "$root/tools/help/help.txt"
    fi
}

check_command() {
    [ -f "$root/tools/help/$1.txt" ] && return
    local near
    near=$(nearest "$1")
    fail "unknown command \"$1\"${near:+ (did you mean \"$near\"?)}: ./galois help lists the commands"
}

# nearest WORD: the command that begins alike, or differs in the fewest places
nearest() {
    local file name
    for file in "$root"/tools/help/*.txt; do
        name=$(basename "$file" .txt)
        case $name in "$1"*) echo "$name" && return ;; esac
        case $1 in "$name"*) echo "$name" && return ;; esac
    done
    for file in "$root"/tools/help/*.txt; do
        name=$(basename "$file" .txt)
        [ "$(printf %s "$name" | fold -w1 | sort | tr -d '\n')" = \
            "$(printf %s "$1" | fold -w1 | sort | tr -d '\n')" ] && echo "$name" && return
    done
    for file in "$root"/tools/help/*.txt; do
        name=$(basename "$file" .txt)
        case $name in "${1:0:2}"*) echo "$name" && return ;; esac
    done
}

# value_of HELP OPTION: sets $kind to what must follow the option (empty: nothing); fails when unknown
value_of() {
    local line pattern='^  (-[a-z]|--[a-z][a-z-]*)( ([^ ]+))?(  .*)?$'
    while IFS= read -r line; do
        if [[ $line =~ $pattern && ${BASH_REMATCH[1]} = "$2" ]]; then
            kind=${BASH_REMATCH[3]}
            return 0
        fi
    done <"$1"
    return 1
}

# argument_of HELP: sets $argument to the argument line of the help file (empty: takes none)
argument_of() {
    local line section=
    argument=
    while IFS= read -r line; do
        case $line in
        [A-Z]*:) section=$line ;;
        "  "[A-Z[]*) [ "$section" = Arguments: ] && argument=${line#  } && argument=${argument%%  *} && return ;;
        esac
    done <"$1"
}

# check_value OPTION KIND VALUE
check_value() {
    case $2 in
    N | N'|'max)
        [[ $3 =~ ^[0-9]+$ ]] && [ "${#3}" -le 9 ] && return
        [ "$2" = 'N|max' ] && [ "$3" = max ] && return
        [ "$2" = N ] || fail "$1 needs a whole number or max, not \"$3\""
        fail "$1 needs a whole number of at most nine digits, not \"$3\"" ;;
    DURATION)
        [[ $3 =~ ^[0-9]+(ms|s|m|h)$ ]] || fail "$1 needs a time such as 500ms, 10s, 5m or 1h, not \"$3\"" ;;
    FILE.*)
        [ -f "$3" ] || fail "$1: there is no file \"$3\"; check the path" ;;
    DIR)
        [ -d "$3" ] || fail "$1: there is no folder \"$3\"; check the path" ;;
    *[a-z]'|'[a-z]*)
        case "|$2|" in *"|$3|"*) ;; *) fail "$1 must be one of $2, not \"$3\"" ;; esac ;;
    esac
}

# check_arguments COMMAND ARG...: refuses what the help file does not name, before anything is built
check_arguments() {
    local command=$1 help=$root/tools/help/$1.txt kind argument count=0
    shift
    argument_of "$help"
    while [ $# -gt 0 ]; do
        case $1 in
        -?*)
            value_of "$help" "$1" || fail "unknown option $1: ./galois help $command lists the options"
            if [ -n "$kind" ]; then
                [ $# -ge 2 ] || fail "option $1 needs a value ($kind): see ./galois help $command"
                check_value "$1" "$kind" "$2"
                shift
            fi ;;
        *)
            count=$((count + 1))
            case $argument in
            '') fail "surplus argument \"$1\": ./galois help $command shows what it takes" ;;
            *...*) ;;
            *) [ $count -eq 1 ] || fail "surplus argument \"$1\": ./galois help $command shows what it takes" ;;
            esac
            case $argument in *FILE.*) check_value "$command" FILE.x "$1" ;; esac
            [ "$command" != help ] || [ -f "$root/tools/help/$1.txt" ] || check_command "$1" ;;
        esac
        shift
    done
    case $argument in
    '' | '['*) ;;
    *) [ $count -gt 0 ] || fail "$argument is missing: ./galois help $command shows an example" ;;
    esac
}
