"""`python -m bench`: every figure, as a table."""

import json
import subprocess
import sys

MODULES = ("bench.pipeline", "bench.recognition_speed")


def main() -> None:
    """Run each measurement in a process of its own, so that peaks of memory are its own."""
    sys.stdout.write(f"{'figure':<18}{'rows':>9}{'ours':>9}{'x floor':>9}{'x peer':>9}{'MB':>8}\n")
    for module in MODULES:
        done = subprocess.run(
            [sys.executable, "-m", module, "--json", *sys.argv[1:]],
            check=True,
            capture_output=True,
            text=True,
        )
        for line in done.stdout.splitlines():
            found = json.loads(line)
            sys.stdout.write(
                f"{found['name']:<18}{found['rows']:>9}{found['ours']:>9}"
                f"{found['ratio_floor']:>9}{found['ratio_peer']:>9}{found['peak_rss_mb']:>8}\n"
            )


if __name__ == "__main__":
    main()
