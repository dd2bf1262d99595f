#!/usr/bin/env bash
# Serves the embedded workspace ./.workspace at http://127.0.0.1:5080, made and seeded with the sample on first use.
# Settings go after it, such as: build/run-local.sh --Workspace:Local:Path=/tmp/other
set -euo pipefail
cd "$(dirname "$0")/.."
exec dotnet run --project src/Api -- "$@"
