"""Accounts as a table, in CSV: one row an account, and one more for each further contact.

Source: design, Accounts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.files.directory import DirectoryFile, DirectoryFileRefused, digest_of, file_of
from bot.files.lines import FileRefused, Lined, content_of, decoded
from protocols.people.directory import Account, AccountContact
from protocols.policy.sections import EntryPath, EntryRefused

LARGEST_BYTES = 64_000_000
PLAIN = (
    "name", "kind", "program_level", "time_zone", "csm", "executive_sponsor", "shared_channel",
    "call_url", "intake", "calendar",
)  # fmt: skip
FLAGS = ("sox_relevant", "active")
PERSON = ("name", "email", "phone", "slack", "role", "security")
CONTACT, VENDOR = "contact_", "vendor_poc_"
COLUMNS = (
    "key", *PLAIN, *FLAGS, "tags", "records", "period_closes",
    *(before + name for before in (CONTACT, VENDOR) for name in PERSON),
)  # fmt: skip
"""Every column that a table may have; `key` it must have."""
Row = Mapping[str, str]
_FLAG = {"true": True, "false": False}


def load_table(path: Path, staff: Collection[str]) -> DirectoryFile:
    """Read a table of accounts; see `parse_table`."""
    return parse_table(content_of(path, LARGEST_BYTES), path.name, staff)


def parse_table(content: bytes, name: str, staff: Collection[str]) -> DirectoryFile:
    """Read the content of a table of accounts.

    Args:
        content: The table, with the names of its columns in its first line.
        name: What the file is called.
        staff: The keys of our people, whom it may name.

    Raises:
        DirectoryFileRefused: Everything that is wrong, a line each.
    """
    try:
        text = decoded(content, name, LARGEST_BYTES)
    except FileRefused as refused:
        raise DirectoryFileRefused(str(refused)) from refused
    reading = _TableReading(name)
    reading.read(text)
    lined = Lined(name, {"accounts": reading.accounts}, reading.lines)
    return file_of(lined, digest_of(content), staff, reading.wrong)


class RowRefused(EntryRefused):
    """A row of a table has not the form of one."""

    def __str__(self) -> str:
        """Return the sentence alone: the line says where."""
        return self.why


class _TableReading:
    """One reading of a table, row by row, with everything that is wrong with its form."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.accounts: dict[str, dict[str, object]] = {}
        self.lines: dict[EntryPath, int] = {}
        self.wrong: list[EntryRefused] = []
        self._first: dict[str, tuple[int, Row]] = {}

    def read(self, text: str) -> None:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            columns = self._columns(next(rows, []))
            for cells in rows:
                if any(cell.strip() for cell in cells):
                    self._row(rows.line_num, columns, cells)
        except csv.Error as broken:
            raise DirectoryFileRefused(
                f"{self.name} line {rows.line_num}: It is no table ({broken})."
            ) from broken

    def _columns(self, names: list[str]) -> list[str]:
        columns = [name.strip() for name in names]
        known = ", ".join(COLUMNS)
        for name in columns:
            if name not in COLUMNS:
                self._refuse(1, f'There is no column "{name}". Known: {known}.')
            elif columns.count(name) > 1:
                self._refuse(1, f'The column "{name}" stands here twice.')
        if "key" not in columns:
            self._refuse(1, "The column key is missing: it says which account a row is of.")
        return columns

    def _row(self, line: int, columns: list[str], cells: list[str]) -> None:
        if len(cells) != len(columns):
            why = f"It has {len(cells)} cells, and the first line names {len(columns)} columns."
            self._refuse(line, f"{why} Put quotes around a cell with a comma.")
            return
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
        row = {name: cell for name, cell in row.items() if cell}
        key = row.pop("key", "")
        if not key:
            self._refuse(line, "key: It is missing. Write one such as acme.")
        elif key in self._first:
            self._more(line, key, row)
        else:
            self._begin(line, key, row)

    def _begin(self, line: int, key: str, row: Row) -> None:
        self._first[key] = line, row
        self.lines["accounts", key] = line
        entry: dict[str, object] = {name: row[name] for name in PLAIN if name in row}
        entry |= {name: _FLAG.get(row[name], row[name]) for name in FLAGS if name in row}
        entry["tags"] = _several(row.get("tags", ""))
        entry["records"] = list(map(_record, _several(row.get("records", ""))))
        entry["period_closes"] = list(map(_close, _several(row.get("period_closes", ""))))
        entry["contacts"] = contacts = []
        if contact := _person(row, CONTACT):
            contacts.append(contact)
        if vendor := _person(row, VENDOR):
            entry["vendor_poc"] = vendor
        self.accounts[key] = entry

    def _more(self, line: int, key: str, row: Row) -> None:
        """Take a further contact of an account from a row that says nothing else of it anew."""
        first_line, first = self._first[key]
        for name, cell in row.items():
            if not name.startswith(CONTACT) and first.get(name) != cell:
                why = f"{key} stands on line {first_line} already, with another {name} there."
                self._refuse(line, f"{why} Leave it empty here, or write the same.")
                return
        contact = _person(row, CONTACT)
        if not contact:
            self._refuse(line, f"{key} stands on line {first_line} already. Leave this row out.")
            return
        contacts = self.accounts[key]["contacts"]
        if isinstance(contacts, list):
            self.lines["accounts", key, "contacts", len(contacts)] = line
            contacts.append(contact)

    def _refuse(self, line: int, why: str) -> None:
        path: EntryPath = ("line", line)
        self.lines[path] = line
        self.wrong.append(RowRefused(path, why))


def _person(row: Row, before: str) -> dict[str, object]:
    cells = {name: row[before + name] for name in PERSON if before + name in row}
    security = cells.get("security", "")
    return {**cells, "security": _FLAG.get(security, security)} if security else {**cells}


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _record(part: str) -> dict[str, str]:
    name, _, url = part.partition("=")
    return {"name": name.strip(), "url": url.strip()}


def _close(part: str) -> dict[str, object]:
    first, dots, until = part.partition("..")
    return {"from": _day(first), "until": _day(until if dots else first)}


def _day(text: str) -> object:
    """Return a day, or what stands there instead: the entry's check says what is wrong with it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return text.strip()


def table_of(accounts: Iterable[Account]) -> str:
    """Return accounts as a table that reads back as they are."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for account in accounts:
        writer.writerows(_rows(account))
    return out.getvalue()


def _rows(account: Account) -> Iterator[dict[str, str]]:
    first = _cells(account)
    for contact in account.contacts or (None,):
        yield first if contact is None else first | _person_cells(contact, CONTACT)
        first = {"key": account.key}


def _cells(account: Account) -> dict[str, str]:
    level, vendor = account.program_level, account.vendor_poc
    cells = {} if vendor is None else _person_cells(vendor, VENDOR)
    cells |= {name: getattr(account, name, None) or "" for name in PLAIN}
    return cells | {
        "key": account.key,
        "kind": account.kind.value,
        "program_level": level.value if level is not None else "",
        "time_zone": account.zone,
        "sox_relevant": str(account.sox_relevant).lower(),
        "active": str(account.active).lower(),
        "tags": "; ".join(account.tags),
        "records": "; ".join(f"{each.name}={each.url}" for each in account.records),
        "period_closes": "; ".join(f"{each.first}..{each.last}" for each in account.period_closes),
    }


def _person_cells(contact: AccountContact, before: str) -> dict[str, str]:
    cells = {before + name: str(getattr(contact, name)) for name in PERSON}
    return cells | {
        f"{before}role": contact.role.value,
        f"{before}security": str(contact.security).lower(),
    }
