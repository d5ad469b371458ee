"""A Python program whose wall clock begins at another moment and goes on from there.

    python -m tests.clockwork 2026-03-18T12:00:00+04:00 -m scrapy crawl report

The clock that timeouts and delays go by (`time.monotonic`) is the machine's.
"""

from __future__ import annotations

import datetime as dt
import runpy
import sys

import time_machine


def main() -> None:
    moment, _, module, *arguments = sys.argv[1:]
    sys.argv = [module, *arguments]
    with time_machine.travel(dt.datetime.fromisoformat(moment), tick=True):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
