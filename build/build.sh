#!/usr/bin/env bash
# What a change must pass: locked restore, build without a warning, format, every test, one line of coverage.
# One configuration throughout, the one a plain `dotnet test` builds: Debug.
set -euo pipefail
cd "$(dirname "$0")/.."
solution=Mirion.Generation.sln
export SNAPSHOOTER_STRICT_MODE=on DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet restore "$solution" --locked-mode
dotnet build "$solution" --no-restore
dotnet format "$solution" --verify-no-changes --no-restore
rm -rf tests/*/TestResults
dotnet test "$solution" --no-build
build/coverage.sh
