"""`python -m newscrawl`, the same as `newscrawl`."""

from newscrawl.cli import main

main(prog_name="newscrawl")
