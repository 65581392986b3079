# shellcheck shell=bash
# suite: what the suites share; sourced by them. A suite goes through its cases,
# prints what fails, and closes with `N passed, N failed`.
#   BUILD  build or build/sanitize: which programs are tested
#   CASE   only the case of this name, or those whose names begin with it and a -
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export BUILD=${BUILD:-build}
CASE=${CASE:-}
# a sanitizer's report must not look like one of our own exit statuses
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=print_stacktrace=1
passed=0 failed=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# pipeline.sh runs the programs in build/bin beside it. To test another build, a
# folder that looks like the project has a copy of the script beside those programs.
script=$PWD/pipeline.sh
if [ "$BUILD" != build ] && [ -e "$script" ]; then
    mkdir -p "$work/project/build" && cp "$script" "$work/project/" || exit 1
    ln -s "$PWD/$BUILD/bin" "$work/project/build/bin" && ln -s "$PWD/rules" "$PWD/stages" "$work/project/" || exit 1
    script=$work/project/pipeline.sh
fi

wanted() { # NAME: whether this case is asked for
    [[ -z $CASE || $1 == "$CASE" || $1 == "$CASE"-* ]]
}

passes() { # NAME
    passed=$((passed + 1))
}

fails() { # NAME WHY...
    failed=$((failed + 1))
    echo "FAILED $1: ${*:2}"
}

# Runs a command; the case passes if it succeeds, and its output is shown if not.
try() { # NAME COMMAND...
    if "${@:2}" >"$work/try.log" 2>&1; then
        passes "$1"
    else
        fails "$1" "${*:2}"
        head -n 40 "$work/try.log" | sed 's/^/    /'
    fi
}

pipeline() {
    timeout 300 "$script" "$@" </dev/null
}

same() { # FOLDER FOLDER: the runs in them are the same bytes
    diff -qr -x .work -x .lock "$1" "$2"
}

close_suite() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}
