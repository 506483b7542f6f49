r"""The notation: how lines of words are read as items.

A rendered template is lines. ``key: rest`` starts an item, a line that starts with two spaces goes
on with the item above, and ``\\n`` is a line break inside one field. Text from outside is masked
before it gets here, so no line, mark or bracket can come from it.

Items of messages: ``text``, ``header``, ``section``, ``fields``, ``context``, ``divider``,
``actions``, ``confirm``, ``visible``, ``table``, ``folded`` and its ``end``. Of modals also
``view``, ``frame``, ``metadata``, ``input``, ``alert``. Buttons:
``[Label](action_id value)``, ``[Label*](...)`` primary, ``[Label~](...)`` danger,
``[Label](action_id -> address)`` and ``[Label](action_id value -> address)`` with an address to
open, an overflow
``(… Label(action_id value) | Label(action_id value))`` whose options carry ``action_id|value``,
and a menu of more ``(▾ Placeholder: Label(action_id value) | Label(action_id value))``.
``confirm: action_id | title | text | yes | no`` stands below its button, and so does
``visible: action_id | U0A U0B``, who is shown it. A section may have one
button beside it: a line ``btn: [Label](action_id value)``. An input has lines ``placeholder:``,
``hint:``, ``initial:`` and ``opt: value :: Label | description``, ``opt*:`` when it is chosen.

``folded: Title | subtitle`` folds the items down to its ``end:``; ``table: Caption | rows a page``
has a line ``head: Label | Label`` and lines ``row: cell | cell``; ``alert: level | text``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from templates.kit.errors import TemplateBroken

KEYS = frozenset(
    {
        "text", "header", "section", "fields", "context", "divider", "actions", "confirm",
        "visible", "table", "folded", "end", "view", "frame", "metadata", "input", "alert",
    }
)  # fmt: skip


_BUTTON = re.compile(r"\[([^\]]+?)([*~]?)\]\(([\w.:-]+)(?: (-> )?([^)]*))?\)")
_MENU = re.compile(r"\((?:…|▾ ([^:]+):) (.+)\)$")
_CHOICE = re.compile(r"([^(|]+)\(([\w.:-]+)(?: ([^)]*))?\)")
_OPTION = re.compile(r"opt(\*?): ([\w.:+-]+) :: (.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a surface: its key, the rest of its line, and the lines below it."""

    key: str
    rest: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A button as written: label, style, action, and its value or address."""

    label: str
    style: str
    action: str
    value: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    label: str
    action: str
    value: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """What may be chosen at the end of a line of buttons.

    Attributes:
        placeholder: What stands on it; empty for an overflow, which shows three points.
    """

    choices: tuple[Choice, ...] = ()
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as written: every row as long as the head."""

    caption: str
    page_size: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an input."""

    value: str
    label: str
    description: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a modal. ``field_id`` is its block_id; what follows ":" in it is a version."""

    label: str
    kind: str
    field_id: str
    action: str
    flags: frozenset[str]
    settings: dict[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()


def read(name: str, source: str) -> list[Item]:
    """Read rendered lines as items.

    Raises:
        TemplateBroken: A line belongs to no item, or its key is unknown.
    """
    items: list[Item] = []
    key, rest, below = "", "", []
    for line in source.split("\n"):
        if not line.strip():
            continue
        if line.startswith("  "):
            if not key:
                raise TemplateBroken(name, f"the line {line.strip()!r} continues nothing")
            below.append(line[2:])
            continue
        if key:
            items.append(Item(key, rest, tuple(below)))
        key, _, rest = line.partition(":")
        rest, below = rest.strip(" "), []
        if key not in KEYS:
            raise TemplateBroken(name, f"no item is called {key[:40]!r}")
    if key:
        items.append(Item(key, rest, tuple(below)))
    return items


def buttons(name: str, line: str) -> tuple[list[Button], Menu]:
    """Read one line of buttons and its menu, if it has one.

    Raises:
        TemplateBroken: Something on the line is neither.
    """
    menu = Menu()
    shown = _MENU.search(line)
    if shown:
        line = line[: shown.start()]
        choices = tuple(_choice(name, part.strip()) for part in shown[2].split(" | "))
        menu = Menu(choices, shown[1] or "")
    found = [
        Button(match[1], match[2], match[3], *_value(match[4] is not None, match[5] or ""))
        for match in _BUTTON.finditer(line)
    ]
    if _BUTTON.sub("", line).strip():
        raise TemplateBroken(name, f"{line!r} holds something that is not a button")
    return found, menu


def _choice(name: str, part: str) -> Choice:
    match = _CHOICE.fullmatch(part)
    if match is None:
        raise TemplateBroken(name, f"{part!r} is not a line of a menu")
    return Choice(match[1].strip(), match[2], *_value(False, match[3] or ""))


def _value(is_address: bool, words: str) -> tuple[str, str]:
    """Return the value of a button and the address that it opens, either of them empty."""
    if is_address:
        return "", words
    value, _, address = words.partition(" -> ")
    return value, address


def parts(line: str) -> list[str]:
    """Split one line at its bars."""
    return [part.strip(" ") for part in line.split(" | ")]


def read_table(name: str, item: Item) -> Table:
    """Read a table: its caption and rows a page, and the lines ``head:`` and ``row:`` below.

    Raises:
        TemplateBroken: It has no head, or a row is longer or shorter than that.
    """
    caption, *size = parts(item.rest)
    lines = [(key, _cells(rest)) for key, _, rest in (line.partition(":") for line in item.below)]
    if not lines or [key for key, _ in lines] != ["head", *["row"] * (len(lines) - 1)]:
        raise TemplateBroken(name, "a table has one head, and rows below it")
    (_, head), *rows = lines
    if any(len(cells) != len(head) for _, cells in rows):
        raise TemplateBroken(name, "a row of the table is not as long as its head")
    page_size = int(size[0]) if size and size[0].isascii() and size[0].isdigit() else 0
    if not page_size:
        raise TemplateBroken(name, "a table says how many rows are a page")
    return Table(caption, page_size, head, tuple(cells for _, cells in rows))


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of one line; an empty one is kept."""
    return tuple(cell.strip(" ") for cell in line.split("|"))


def read_input(name: str, item: Item) -> Input:
    """Read an input: ``Label :: kind id=field [action=id] [flag ...]`` and the lines below.

    Raises:
        TemplateBroken: It has no kind or no id.
    """
    label, _, words = item.rest.partition(" :: ")
    kind, _, rest = words.partition(" ")
    named: dict[str, str] = {}
    flags: set[str] = set()
    for word in rest.split():
        key, equals, value = word.partition("=")
        if equals:
            named[key] = value
        else:
            flags.add(key)
    if not kind or "id" not in named:
        raise TemplateBroken(name, f"the input {label!r} needs a kind and an id")
    field_id = named.pop("id")
    action = named.pop("action", "value")
    options: list[Option] = []
    for line in item.below:
        match = _OPTION.match(line)
        if match:
            text, _, description = match[3].partition(" | ")
            options.append(Option(match[2], text, description, bool(match[1])))
            continue
        key, _, value = line.partition(":")
        named[key] = value.strip(" ")
    return Input(label, kind, field_id, action, frozenset(flags), named, tuple(options))
