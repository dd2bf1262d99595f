#!/usr/bin/env bash
# Prints one line: which part of the lines under src the tests ran, over all test projects together.
#   build/coverage.sh [FOLDER]     FOLDER holds the coverage.cobertura.xml files; tests/ by default
# Each project reports on every assembly it loads, so a line counts as covered when any project ran it.
set -euo pipefail
cd "$(dirname "$0")/.."

find "${1:-tests}" -name coverage.cobertura.xml -print0 | xargs -0 -r awk '
  function attribute(name) { return match($0, name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) : "" }
  /<source>/    { root = $0; gsub(/.*<source>|<\/source>.*/, "", root) }
  /<class /     { file = root attribute("filename") }
  /<line /      { line = file ":" attribute("number"); if (!(line in hit)) { lines++; hit[line] = 0 }; if (attribute("hits") > 0 && !hit[line]) { hit[line] = 1; covered++ } }
  END           { if (lines) printf "Line coverage: %.1f %% (%d of %d lines)\n", 100 * covered / lines, covered, lines }
' | grep . || echo "Line coverage: unknown, no coverage.cobertura.xml was written"
