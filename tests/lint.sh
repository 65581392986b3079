#!/bin/bash
# lint: static checks of C sources, scripts and man pages. A file under a tool is
# a case; what a tool says is shown. Last line: `N passed, N failed`.
#   FLAGS  the compiler's flags, as the Makefile has them
set -u
shopt -s nullglob
cd "$(dirname "$0")/.." || exit 1
read -ra flags <<<"${FLAGS:--std=c17 -D_GNU_SOURCE}"
sources=(stages/*/*.c tests/*/*.c)
headers=(stages/*/*.h tests/*/*.h)
scripts=(tests/*.sh stages/*/*.sh .ci/run)
[ ! -e pipeline.sh ] || scripts+=(pipeline.sh)
# every program has a man page; one that is missing fails
pages=()
for folder in stages/*/; do
    name=$(basename "$folder")
    [ "$name" = lib ] || pages+=("stages/$name/$name.1")
done
logs=$(mktemp -d) || exit 1
trap 'rm -rf "$logs"' EXIT

# Runs a tool on one file, silent if it finds nothing.
look() { # TOOL FILE COMMAND...
    local log
    log=$logs/${2//\//+}.$1
    if "${@:3}" >"$log" 2>&1; then
        rm "$log"
        echo passed
    else
        echo "failed $log"
    fi
}

one() { # TOOL FILE
    case $1 in
    clang-format) look "$@" clang-format --dry-run -Werror "$2" ;;
    clang-tidy) look "$@" clang-tidy --quiet "$2" -- "${flags[@]}" ;;
    cppcheck)
        # returnDanglingLifetime: TRY hands up a fault, which never is the local
        # whose address the step was given
        look "$@" cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
            --suppress=missingIncludeSystem --suppress=returnDanglingLifetime --error-exitcode=1 -D_GNU_SOURCE "$2"
        ;;
    mandoc) look "$@" mandoc -T lint -W warning "$2" ;;
    # SC2317: cases are functions that `try` calls; SC2016: filters of jq stand in single quotes
    shellcheck) look "$@" shellcheck -x -P tests -e SC2317,SC2016 "$2" ;;
    esac
}

# the slow tool first; each job is one tool and one file
jobs_of() {
    printf 'clang-tidy %s\n' "${sources[@]}"
    printf 'cppcheck %s\n' "${sources[@]}"
    printf 'clang-format %s\n' "${sources[@]}" "${headers[@]}"
    printf 'shellcheck %s\n' "${scripts[@]}"
    [ ${#pages[@]} -eq 0 ] || printf 'mandoc %s\n' "${pages[@]}"
}

if [ $# -eq 2 ]; then # one of the jobs below
    logs=$LOGS
    trap - EXIT
    one "$1" "$2"
    exit
fi
export LOGS=$logs
results=$(jobs_of | xargs -P "$(nproc)" -L 1 "$0")
while read -r result log; do
    [ "$result" = failed ] || continue
    name=${log#"$logs"/}
    file=${name%.*}
    echo "FAILED ${name##*.}: ${file//+/\/}"
    [ "${name##*.}" != clang-format ] || { echo "    lay it out with: make format"; continue; }
    grep -v ' warnings\? \(and [0-9]* errors\? \)\?generated' "$log" | grep -v '^Suppressed\|^Use -header-filter' | head -n 60 | sed 's/^/    /'
done <<<"$results"
failed=$(grep -c '^failed' <<<"$results")
echo "$(grep -c '^passed' <<<"$results") passed, $failed failed"
[ "$failed" -eq 0 ]
