#!/bin/sh
# Line coverage of the hosted tests, per project, by coverlet. Fails when a test fails or a project is below its mark. The lines
# that no test reached are in out/coverage/missed.txt. Release: the kernels' loops take several times as long in Debug.
set -u
cd "$(dirname "$0")/.." || exit 1
results=out/coverage
rm -rf "$results"
${DOTNET:-dotnet} test tests/NoDeps.Tests -c Release -nologo -v quiet --settings tools/coverage.runsettings \
    --collect "XPlat Code Coverage" --results-directory "$results" "$@" || exit 1
report=$(find "$results" -name coverage.cobertura.xml)
[ -f "$report" ] || { echo "coverage.sh: no report in $results" >&2; exit 1; }
# A line is in the report once for each class and once for each method that it belongs to; here it counts once, as reached if any
# of them was:
#   <package name="NoDeps.Formats" ...> <class name="..." filename="NoDeps.Formats/Zip.cs" ...> <line number="7" hits="1" ...>
awk -v missed="$results/missed.txt" -v marks="NoDeps.Primitives 95 NoDeps.Formats 95 NoDeps.Network 85 NoDeps.Platform 85" '
    function value(name) {
        return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    /<package / { project = value("name") }
    /<class / { file = value("filename") }
    /<line / {
        place = file ":" value("number")
        if (!(place in reached)) { places[++count] = place; owner[place] = project; reached[place] = 0 }
        if (value("hits") > 0) reached[place] = 1
    }
    END {
        for (i = 1; i <= count; i++) {
            lines[owner[places[i]]]++
            hits[owner[places[i]]] += reached[places[i]]
            if (!reached[places[i]]) print places[i] > missed
        }
        printf "%-18s %8s %8s %8s %6s\n", "project", "lines", "reached", "%", "mark"
        n = split(marks, mark)
        for (i = 1; i < n; i += 2) {
            project = mark[i]
            if (!lines[project]) { print project " is not in the report"; status = 1; continue }
            rate = 100 * hits[project] / lines[project]
            printf "%-18s %8d %8d %8.1f %6d%s\n", project, lines[project], hits[project], rate, mark[i + 1],
                rate < mark[i + 1] ? "  TOO LOW" : ""
            if (rate < mark[i + 1]) status = 1
        }
        exit status
    }' "$report"
