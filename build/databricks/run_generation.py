"""Runs the product's program, a self-contained binary that lies in a volume, as the task of a job.

  run_generation.py --program /Volumes/c/s/program [--secret-scope SCOPE] [--env NAME=VALUE ...] -- run --training-sheet-id ID

The binary is copied to local disk first: files of a volume cannot be relied on to be executable. Credentials reach it through its environment alone; the service
principal's are read from the secret scope, and what is in the environment already stays as it is.
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile

# What .NET calls the processors that serverless compute has.
RUNTIMES = {"x86_64": "linux-x64", "amd64": "linux-x64", "aarch64": "linux-arm64", "arm64": "linux-arm64"}
SECRETS = {"DATABRICKS_CLIENT_ID": "client-id", "DATABRICKS_CLIENT_SECRET": "client-secret"}


def parse(argv):
    parser = argparse.ArgumentParser(description="Runs the program of a volume.")
    parser.add_argument("--program", required=True, help="the directory that holds linux-x64/mirion-generate")
    parser.add_argument("--secret-scope", help="the scope that holds client-id and client-secret")
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE", help="a variable of the program")
    parser.add_argument("arguments", nargs="*", help="the program's own arguments, after --")
    return parser.parse_args(argv)


def fetch(directory, target):
    """Copies the binary for the processor at hand to `target`, a directory on local disk."""
    machine = platform.machine().lower()
    if machine not in RUNTIMES:
        raise SystemExit(f"There is no program for the processor {machine}.")
    source = os.path.join(directory, RUNTIMES[machine], "mirion-generate")
    if not os.path.isfile(source):
        raise SystemExit(f"There is no {source}. Publish it: build/databricks/publish.sh, with --arm64 for linux-arm64.")
    binary = os.path.join(target, "mirion-generate")
    shutil.copyfile(source, binary)
    os.chmod(binary, 0o700)
    return binary


def secrets(scope):
    """The service principal's credentials, from the workspace that this runs in."""
    # pylint: disable=import-error,import-outside-toplevel
    try:
        from databricks.sdk.runtime import dbutils
    except ImportError:
        try:
            from pyspark.dbutils import DBUtils
            from pyspark.sql import SparkSession
        except ImportError as missing:
            raise SystemExit("Secrets can be read on a workspace's compute alone; elsewhere set DATABRICKS_TOKEN.") from missing
        dbutils = DBUtils(SparkSession.builder.getOrCreate())
    return {name: dbutils.secrets.get(scope, key) for name, key in SECRETS.items()}


def environment(options, scratch):
    variables = dict(os.environ)
    for pair in options.env:
        name, equals, value = pair.partition("=")
        if not equals:
            raise SystemExit(f"--env takes NAME=VALUE, not {name}.")
        variables[name] = value
    # Whoever set a credential by hand meant it; two ways to sign in would be refused.
    if options.secret_scope and "DATABRICKS_TOKEN" not in variables and "DATABRICKS_CLIENT_SECRET" not in variables:
        variables.update(secrets(options.secret_scope))
    # A single file unpacks its native libraries when it starts; the home directory may not be writable.
    variables["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = os.path.join(scratch, "unpacked")
    return variables


def run(command, variables, directory):
    """Starts the program, passes its output on as it comes, and answers with its exit code."""
    process = subprocess.Popen(command, env=variables, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    # A run that is cancelled is told so, and has some seconds to put away what is done.
    def pass_on(number, _frame):
        process.send_signal(number)

    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, pass_on)
    except ValueError:
        pass  # Not the main thread, where a host has its own signals: there is nothing to pass on then.

    for line in process.stdout:
        sys.stdout.write(line.decode("utf-8", errors="replace"))
        sys.stdout.flush()
    return process.wait()


def main(argv):
    options = parse(argv)
    with tempfile.TemporaryDirectory(prefix="mirion-") as scratch:
        binary = fetch(options.program, scratch)
        code = run([binary, *options.arguments], environment(options, scratch), scratch)
    # A task succeeds when its script ends quietly; leaving by sys.exit(0) is reported as a failure on some runtimes.
    if code != 0:
        raise SystemExit(code if code > 0 else 128 - code)


if __name__ == "__main__":
    main(sys.argv[1:])
