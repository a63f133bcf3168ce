#!/bin/sh
# Line coverage of the hosted tests, per project. Fails when a test fails or a project is below its mark.
set -u
cd "$(dirname "$0")/.." || exit 1
results=out/coverage
rm -rf "$results"
${DOTNET:-dotnet} test tests/NoDeps.Tests -c Debug -nologo -v quiet --collect "XPlat Code Coverage" --results-directory "$results" \
    "$@" || exit 1
report=$(find "$results" -name coverage.cobertura.xml)
[ -f "$report" ] || { echo "coverage.sh: no report in $results" >&2; exit 1; }
# <package name="NoDeps.Formats" line-rate="0.9876" ...>, and in it a <line number="7" hits="3" ...> for each line of each method
# and once more for the class: the rate counts each once.
for mark in NoDeps.Primitives:95 NoDeps.Formats:95 NoDeps.Network:85 NoDeps.Platform:85; do
    name=${mark%:*}
    rate=$(grep -o "<package name=\"$name\" line-rate=\"[0-9.]*\"" "$report" | grep -o '[0-9.]*"$' | tr -d '"')
    [ -n "$rate" ] || { echo "coverage.sh: $name is not in the report" >&2; exit 1; }
    awk -v name="$name" -v rate="$rate" -v least="${mark#*:}" 'BEGIN {
        short = rate * 100 < least
        printf "%-18s %5.1f %% of lines, at least %d %%%s\n", name, rate * 100, least, short ? ": TOO FEW" : ""
        exit short
    }' || failed=1
done
exit ${failed:-0}
