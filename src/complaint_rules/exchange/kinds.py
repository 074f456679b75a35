"""What a file is, by its first bytes: a workbook, a page or an archive is named as such, with what to do about it."""

from __future__ import annotations

from typing import BinaryIO, Final, NamedTuple, final

SNIFFED: Final = 4096
"""Bytes from the start of a file that tell what it is."""
CSV: Final = "save it as CSV UTF-8 (另存为 CSV UTF-8)"
"""What to do with a file that a spreadsheet can open."""

ZIP: Final = b"PK\x03\x04"
"""How every packed file begins, a workbook among them."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_WORKBOOKS: Final = (b"xl/", b"[Content_Types].xml", b"_rels/", b"docProps/", b"opendocument.spreadsheet")
_PAGES: Final = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style", b"<!--", b"mime-version:")
_ARCHIVES: Final = {b"\x1f\x8b": "a gzip archive", b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive"}
_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")


class Kind(NamedTuple):
    """What a file is, where it is no text in lines."""

    what: str
    """What it is, as a sentence says it."""
    hint: str
    """What to do about it."""
    workbook: bool = False
    """Whether a reader of workbooks can take it."""


def kind_of(start: bytes) -> Kind | None:
    """Say what a file is by its first bytes; None where it may be text in lines, as a register or JSON Lines is.

    >>> kind_of(b"%PDF-1.7").what, kind_of(b"id,received")
    ('it is a PDF file, not a table', None)
    """
    if start.startswith(ZIP):
        if any(mark in start for mark in _IN_WORKBOOKS):
            return Kind("it is an Excel workbook, not text", CSV, workbook=True)
        return Kind("it is a ZIP archive, not text", "unpack it first")
    if start.startswith(_OLE):
        return Kind("it is an Excel workbook of the old kind (.xls), not text", CSV, workbook=True)
    for mark, what in _ARCHIVES.items():
        if start.startswith(mark):
            return Kind(f"it is {what}, not text", "unpack it first")
    if start.startswith(b"%PDF"):
        return Kind("it is a PDF file, not a table", "ask for the register as CSV")
    if start.startswith(_BOMS) or _is_wide(start):
        return Kind("it is UTF-16, not UTF-8 or GB18030", CSV)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        hint = f"systems that export one call it .xls: open it in a spreadsheet and {CSV}"
        return Kind("it is a page of HTML or XML, not a table", hint)
    return None


def _is_wide(start: bytes) -> bool:
    """Say whether every other byte is zero, as in UTF-16 without a mark at its start."""
    head = start[: len(start) & ~1][:64]
    return len(head) >= 8 and (not any(head[::2]) or not any(head[1::2]))


def looks_like_json(start: bytes) -> bool:
    """Say whether a file that should be a table begins as JSON does.

    >>> looks_like_json(b'{"id": "a"}'), looks_like_json(b"id,received")
    (True, False)
    """
    return start.removeprefix(b"\xef\xbb\xbf").replace(b" ", b"").replace(b"\n", b"").startswith((b'{"', b"[{"))


@final
class Started:
    """A stream whose first bytes have been looked at: it reads from its start all the same.

    >>> import io
    >>> stream = Started(io.BytesIO(b"id,received"))
    >>> stream.start[:2], stream.readline(4), stream.read()
    (b'id', b'id,r', b'eceived')
    """

    __slots__ = ("_place", "_stream", "start")

    def __init__(self, stream: BinaryIO | Started) -> None:
        self._stream = stream
        self.start: bytes = stream.read(SNIFFED)
        self._place = 0

    def readline(self, size: int) -> bytes:
        """Give the next line, of at most `size` bytes."""
        end = self.start.find(b"\n", self._place, self._place + size)
        if end >= 0 or len(self.start) - self._place >= size:
            line = self.start[self._place : min(end + 1 if end >= 0 else len(self.start), self._place + size)]
            self._place += len(line)
            return line
        head, self._place = self.start[self._place :], len(self.start)
        return head + self._stream.readline(size - len(head))

    def read(self, size: int = -1) -> bytes:
        """Give what is left, at most `size` bytes of it."""
        head = self.start[self._place :] if size < 0 else self.start[self._place : self._place + size]
        self._place += len(head)
        return head + self._stream.read(-1 if size < 0 else size - len(head))
