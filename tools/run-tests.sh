#!/bin/sh
# Runs every test and adds up the runner's own counts; the last line is "N passed, M failed, K skipped". Exits non-zero when a
# test failed or a run did not take place. Four runs:
#   hosted           the primitives, formats, platform and network, compiled for .NET
#   hosted-scalar    the primitives and formats again, on a processor without vector instructions
#   end-to-end       out/nodeps as a user runs it
#   end-to-end-aot   a selection of these against out/aot/nodeps, which has no AVX-512
set -u
cd "$(dirname "$0")/.." || exit 1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0

run() { # NAME ENVIRONMENT PROJECT OPTION...
    name=$1 environment=$2 project=$3
    shift 3
    echo "== $name"
    env "$environment" ${DOTNET:-dotnet} test "$project" -c Release -nologo -v quiet --logger "console;verbosity=minimal" \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || status=1
    [ -f "$results/$name.trx" ] || { echo "$name did not run" >&2; status=1; }
}

run hosted DOTNET_NOLOGO=1 tests/NoDeps.Tests "$@"
run hosted-scalar DOTNET_EnableHWIntrinsic=0 tests/NoDeps.Tests --no-build \
    --filter "FullyQualifiedName~.Primitives.|FullyQualifiedName~.Compression.|FullyQualifiedName~.Formats."
# Where NativeAOT cannot link (it needs the C library's own objects) its tests are skipped.
if make --no-print-directory aot; then aot=1; else aot=0; echo "out/aot/nodeps could not be built: its tests are skipped" >&2; fi
run end-to-end DOTNET_NOLOGO=1 tests/NoDeps.EndToEnd.Tests "$@"
if [ "$aot" = 1 ]; then
    run end-to-end-aot "NODEPS_BINARY=$PWD/out/aot/nodeps" tests/NoDeps.EndToEnd.Tests --no-build \
        --filter "FullyQualifiedName!~Avx512&FullyQualifiedName!~SharedCases&($(printf '|FullyQualifiedName~.%sTests.' DataError \
            Describe Explain Gradcheck Inspect KernelForm ModelFile NetworkError Predict Verify | cut -c 2-))"
fi

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
