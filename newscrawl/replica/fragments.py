"""Pages as lists of fragments, of which the static ones are encoded and compressed once."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import groupby

import attrs

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"
_LEVEL = 1


class Static:
    """A fragment that many pages share; it is encoded at once and compressed when first asked for."""

    __slots__ = ("_packed", "raw")

    def __init__(self, text: str) -> None:
        self.raw = text.encode()
        self._packed: bytes | None = None

    @property
    def packed(self) -> bytes:
        """The fragment as deflate blocks that end at a byte and can stand between others."""
        if self._packed is None:
            packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
            self._packed = packer.compress(self.raw) + packer.flush(zlib.Z_FULL_FLUSH)
        return self._packed


Part = Static | str


@attrs.frozen
class Document:
    """A page ready to be sent, plain or compressed."""

    parts: tuple[Static | bytes, ...]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Document:
        """Encode the parts that are text."""
        joined: list[Static | bytes] = []
        for is_text, group in groupby(parts, key=lambda part: isinstance(part, str)):
            if is_text:
                joined.append("".join(part for part in group if isinstance(part, str)).encode())
            else:
                joined += (part for part in group if isinstance(part, Static))
        return cls(tuple(joined))

    def plain(self) -> bytes:
        """Return the whole page."""
        return b"".join(part if isinstance(part, bytes) else part.raw for part in self.parts)

    def packed(self, plain: bytes, checksum: int) -> bytes:
        """Return the page as one gzip member; the blocks of static fragments are reused."""
        pieces = [_GZIP_HEADER]
        # One packer serves all: a full flush ends at a byte, and nothing after it refers to what came before.
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        for part in self.parts:
            if isinstance(part, bytes):
                pieces += (packer.compress(part), packer.flush(zlib.Z_FULL_FLUSH))
            else:
                pieces.append(part.packed)
        # An empty final block, then the checksum and the size that end a gzip member.
        pieces += (
            b"\x03\x00",
            checksum.to_bytes(4, "little"),
            (len(plain) & 0xFFFFFFFF).to_bytes(4, "little"),
        )
        return b"".join(pieces)
