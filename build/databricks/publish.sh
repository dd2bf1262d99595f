#!/usr/bin/env bash
# Publishes the program that the job runs, and deploys the job.
#
#   build/databricks/publish.sh [--target dev|prod] [--arm64] [--profile NAME] [--no-upload] [--var KEY=VALUE]...
#
# Makes artifacts/databricks/linux-x64/mirion-generate, a single file that needs no .NET where it runs (with --arm64 also the one for ARM), deploys the bundle beside this
# script, and copies the program into the bundle's volume. Without the Databricks CLI it stops after the first part, and says what is left to do.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
out="$root/artifacts/databricks"
target=dev
runtimes=(linux-x64)
upload=yes
profile=()
variables=()
while (($#)); do
  case "$1" in
    --target) target="${2:?--target takes a name}"; shift ;;
    --profile) profile=(--profile "${2:?--profile takes a name}"); shift ;;
    --var) variables+=(--var "${2:?--var takes KEY=VALUE}"); shift ;;
    --arm64) runtimes+=(linux-arm64) ;;
    --no-upload) upload=no ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "publish.sh: unknown argument $1; --help shows what there is." >&2; exit 2 ;;
  esac
  shift
done

for runtime in "${runtimes[@]}"; do
  echo "Publishing for $runtime ..."
  rm -rf "${out:?}/$runtime"
  # Apart from what a plain build makes and locks.
  dotnet publish "$root/src/Cli" --configuration Release --runtime "$runtime" --self-contained --output "$out/$runtime" --artifacts-path "$root/artifacts/publish" --nologo -v quiet \
    -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:EnableCompressionInSingleFile=true \
    -p:DebugType=none -p:LockFilesFolder="$root/artifacts/publish/locks"
  du -h "$out/$runtime/mirion-generate"
done

if [[ $upload == no ]]; then
  echo "Not uploaded, as asked."
  exit 0
fi
if ! command -v databricks > /dev/null; then
  echo "The Databricks CLI is not installed, so nothing was uploaded. Install it (docs.databricks.com/dev-tools/cli/install) and run this again, or" >&2
  echo "copy each $out/*/mirion-generate into the volume 'program', below the name of its directory, and deploy $here with 'databricks bundle deploy'." >&2
  exit 3
fi

cd "$here"
databricks bundle deploy --target "$target" "${profile[@]}" "${variables[@]}"
summary="$(databricks bundle summary --target "$target" "${profile[@]}" "${variables[@]}" --output json)"
read -r volume job < <(python3 -c '
import json, sys
resources = json.load(sys.stdin)["resources"]
volume = resources["volumes"]["program"]
print("/Volumes/{catalog_name}/{schema_name}/{name}".format(**volume), resources["jobs"]["generate"].get("id", ""))' <<< "$summary")
for runtime in "${runtimes[@]}"; do
  databricks fs mkdir "dbfs:$volume/$runtime" "${profile[@]}"
  databricks fs cp --overwrite "$out/$runtime/mirion-generate" "dbfs:$volume/$runtime/mirion-generate" "${profile[@]}"
done
echo "Deployed. Set Workspace:Databricks:JobId to $job"
