"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from newscrawl.errors import DiskFull, UsageError
from newscrawl.warc.writing import NO_ROOM, sync_folder


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that gets the name `path` once it is complete and on the disk; an earlier one goes then.

    Raises:
        DiskFull: there is no room for it.
        UsageError: it cannot be written there.
    """
    partial = partial_name(path)
    try:
        with partial.open("wb") as file:
            yield file
        take_name(partial, path)
    except OSError as error:
        raise named(error, path) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def partial_name(path: Path) -> Path:
    """The name of a file that is to become `path`, and of no other process's."""
    return path.with_name(f"{path.name}.{os.getpid()}.part")


def take_name(partial: Path, path: Path) -> None:
    """Give the complete file `partial` its name, once it is on the disk."""
    descriptor = os.open(partial, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    partial.replace(path)
    sync_folder(path.parent)


def named(error: OSError, path: Path | str) -> DiskFull | UsageError:
    """Why `path` cannot be written, in one line."""
    if error.errno in NO_ROOM:
        return DiskFull(f"{path}: {error.strerror}; free some room, or name another place")
    return UsageError(f"{path} cannot be written ({error.strerror}): name another place")
