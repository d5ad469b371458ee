"""Exit codes, of crawls and of commands."""

FINE = 0
CRASH = 1
"""An error of newscrawl's own, or an archive that another program keeps locked."""
USAGE = 2
"""What was asked for cannot be."""
DEGRADED = 3
"""Finished, but something failed or was found."""
BLOCKED = 4
"""The site cannot be reached, or refuses."""
DISK = 5
"""No room on the disk."""
LOCKED = 75
"""Another crawl is at it: try again later."""
STOPPED = 130
"""By a signal."""
