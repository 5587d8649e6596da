"""The demonstration house's full year through its own doors, and the report of that year, as a person waits for them.

    fadu bench year [--year 2023]

Two commands, each with the start of its embedded PostgreSQL: `fadu demo --full --build-only` in an empty folder, then
`fadu report` in the same. Beside them the speed of the machine tells little, so both are seconds, not ratios.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _measure import watched

DATABASES = ("DATABASE_URL", "DATABASE_OWNER_URL", "FADU_DB_NAME")


def main() -> int:
    """Builds the house, then writes the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--year", type=int, default=2023)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fadu-bench-") as folder, watched():
        here = {name: value for name, value in os.environ.items() if name not in DATABASES} | {"FADU_HOME": folder}
        out = Path(folder) / "report.html"
        seconds("demo --full", here, "demo", "--full", "--build-only")
        seconds("report", here, "report", "--year", str(options.year), "--out", str(out))
        print(f"报告 {out.stat().st_size:,} 字节")
    return 0


def seconds(label: str, here: dict[str, str], *arguments: str) -> None:
    """Runs a command of the product and tells how long it took."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "fadu", *arguments], env=here, check=True, stdout=subprocess.DEVNULL)
    print(f"{label:<14} {time.perf_counter() - begin:8.1f} 秒")


if __name__ == "__main__":
    sys.exit(main())
