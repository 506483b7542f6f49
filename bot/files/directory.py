"""The directory file: read with its lines, and turned into a directory. Source: F24, D29."""

from __future__ import annotations

from pathlib import Path

from bot.files.lines import FileRefused, Lined, parse_lined, read_lined
from protocols.people.directory import Directory
from protocols.policy.sections import EntryRefused


class DirectoryFileRefused(FileRefused):
    """The directory file cannot be used; the message names the line and the entry."""


def load_directory(path: Path) -> Directory:
    """Read a directory file.

    Args:
        path: the file.

    Returns:
        The directory.

    Raises:
        DirectoryFileRefused: the file or one of its entries is wrong; it names line and entry.
    """
    try:
        return _directory(read_lined(path))
    except FileRefused as refused:
        raise DirectoryFileRefused(str(refused)) from refused


def parse_directory(content: bytes, name: str = "directory.yaml") -> Directory:
    """Read the content of a directory file; see `load_directory`."""
    try:
        return _directory(parse_lined(content, name))
    except FileRefused as refused:
        raise DirectoryFileRefused(str(refused)) from refused


def _directory(lined: Lined) -> Directory:
    try:
        return Directory.from_mapping(lined.values)
    except EntryRefused as refused:
        raise DirectoryFileRefused(lined.sentence(refused)) from refused
