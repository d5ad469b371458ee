"""One crawl at a time for an archive, by a lock of the kernel that a killed process cannot leave behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.errors import AlreadyRunning, ReadOnlyArchive


@contextmanager
def alone(db: str | Path) -> Iterator[None]:
    """Hold the lock of the archive `db`, the file `<db>.lock` beside it, which stays there.

    Raises:
        AlreadyRunning: another crawl holds it.
        ReadOnlyArchive: the file cannot be made.
    """
    path = Path(f"{db}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ReadOnlyArchive(f"{path} cannot be made ({error.strerror}): name another folder") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise AlreadyRunning(f"another crawl fills {db} now: try again once it has ended") from error
    try:
        yield
    finally:
        os.close(descriptor)


def is_held(db: str | Path) -> bool | None:
    """Whether a crawl fills the archive `db` at this moment; None where the lock may not be looked at."""
    try:
        descriptor = os.open(f"{db}.lock", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
