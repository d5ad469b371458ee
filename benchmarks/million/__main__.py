"""`python -m benchmarks.million PATH [ARTICLES]`."""

import sys
from pathlib import Path

from benchmarks.million import build

if __name__ == "__main__":
    seconds = build(Path(sys.argv[1]), *map(int, sys.argv[2:3] or ["1000000"]))
    print(f"{sys.argv[1]}: {Path(sys.argv[1]).stat().st_size / 2**30:.2f} GiB, made in {seconds:.0f} s")
