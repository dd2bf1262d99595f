#!/usr/bin/env bash
# Measures every row of the benchmark table, ours beside the peers, and writes benchmarks/RESULTS.md; see docs/performance.md.
#   build/bench.sh [--quick] [--only ROW ...]     --quick: few items, once each, into artifacts/benchmarks; --only: these rows, the others' results stay
# Takes under half an hour on two cores that have nothing else to do. LangChain.js is installed into a cache folder when node is there, and left out when not.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

for project in benchmarks src/Cli src/Api tests/Simulation; do
  [ ! -d "$project" ] || dotnet build "$project" -c Release -v q -nologo
done

peer="${XDG_CACHE_HOME:-$HOME/.cache}/mirion-generation/langchain"
langchain=()
if command -v npm >/dev/null; then
  mkdir -p "$peer"
  if ! cmp -s benchmarks/Peers/langchain/package-lock.json "$peer/package-lock.json" || [ ! -d "$peer/node_modules" ]; then
    cp benchmarks/Peers/langchain/package*.json "$peer"
    npm ci --prefix "$peer" --no-audit --no-fund --loglevel error
  fi
  cp benchmarks/Peers/langchain/batch.mjs "$peer"
  langchain=(--langchain "$peer")
else
  echo "npm is not there: LangChain.js is left out." >&2
fi

commit=$(git rev-parse --short HEAD)
git diff --quiet HEAD -- src || commit="$commit with changes"
exec benchmarks/bin/Release/net10.0/Mirion.Generation.Benchmarks run "${langchain[@]}" --commit "$commit" "$@"
