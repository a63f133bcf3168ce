#!/bin/sh
# Runs every test project and adds up the runner's own counts; the last line is "N passed, M failed, K skipped".
# Exits non-zero when a test failed or a project could not run.
set -u
cd "$(dirname "$0")/.." || exit 1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
for project in tests/NoDeps.Tests tests/NoDeps.EndToEnd.Tests; do
    name=$(basename "$project")
    ${DOTNET:-dotnet} test "$project" -c Release -nologo -v quiet --logger "console;verbosity=minimal" \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || status=1
    [ -f "$results/$name.trx" ] || { echo "$name did not run" >&2; status=1; }
done
# <Counters total="5" executed="5" passed="5" failed="0" ... notExecuted="0" .../>
sum() {
    cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" |
        grep -o '[0-9]*' | awk '{n += $1} END {print n + 0}'
}
total=$(sum total) passed=$(sum passed) failed=$(sum failed)
skipped=$((total - passed - failed))
[ "$total" -gt 0 ] || { echo "no test ran" >&2; status=1; }
[ "$failed" -eq 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
