#!/bin/bash
# packages: says which Debian packages are missing, and installs them as root.
# In: the purposes that are asked for (build, check, lint, cluster, fuzz, bench; none: all).
# Exit status: 0 everything is there; 1 something is missing still.
set -u

# package, what for, which purpose
list() {
    cat <<'LIST'
gcc             build  compiles the programs
g++             build  the library that ICU needs: libstdc++
libc6-dev       build  headers of the C library
make            build  builds what has changed
pkg-config      build  finds the libraries below
libicu-dev      build  encodings and properties of characters
libpcre2-dev    build  the patterns of the rules
libxml2-dev     build  writes tables.xml
liblzma-dev     build  libxml2 needs it
zlib1g-dev      build  libxml2 needs it
libyaml-dev     build  reads the rules
nettle-dev      build  SHA-256 of the input
libtidy-dev     build  reads web pages
poppler-utils   build  pdftotext: reads PDFs
libcmocka-dev   check  unit tests
libxml2-utils   check  xmllint: validates tables.xml
jq              check  reads datapackage.json
mandoc          check  reads the man pages
locales         check  a Chinese and a German locale to run under
clang-tidy      lint   static checks of the C code
clang-format    lint   layout of the C code
cppcheck        lint   static checks of the C code
shellcheck      lint   static checks of the scripts
mandoc          lint   checks the man pages
slurm-wlm       cluster  slurmctld, slurmd and the programs that submit jobs
munge           cluster  says to Slurm who submits them
clang           fuzz   compiles for libFuzzer
libclang-rt-dev fuzz   libFuzzer and the sanitizers of clang
icu-devtools    bench  uconv, the yardstick
time            bench  memory of each stage
LIST
}

missing() {
    list | while read -r package purpose what; do
        case " $* " in
        *" $purpose "*) ;;
        *) continue ;;
        esac
        if ! dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed'; then
            printf '%s\t%s\n' "$package" "$what"
        fi
    done | sort -u
}

[ $# -gt 0 ] || set -- build check lint cluster fuzz bench
wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0

echo "These Debian packages are missing:"
printf '%s\n' "$wanted" | expand -t 18 | sed 's/^/    /'
names=$(printf '%s\n' "$wanted" | cut -f 1 | tr '\n' ' ')
if [ "$(id -u)" -ne 0 ]; then
    echo "To install them, ask for (as root): apt-get install --no-install-recommends $names" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # one word per package
apt-get -q update && apt-get -q install -y --no-install-recommends $names </dev/null || exit 1
[ -z "$(missing "$@")" ] || { echo "tests/packages.sh: installed, but still missing: $(missing "$@" | cut -f 1)" >&2; exit 1; }
