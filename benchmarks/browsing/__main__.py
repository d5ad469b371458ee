"""`python -m benchmarks.browsing [ARCHIVE [SMALL [PAGES]]]`, PAGES a pattern of names."""

import sys

from benchmarks.browsing import main

if __name__ == "__main__":
    main(*sys.argv[1:4])
