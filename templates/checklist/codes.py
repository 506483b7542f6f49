"""ACH return codes as a list shows them, those of a ticket's words or those that are typed. S29."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from protocols.investigation.state import Investigation
from protocols.opening.events import Opening
from protocols.replies.state import Heard
from protocols.ticket import Ticket
from protocols.words.return_codes import RETURN_CODES, codes_in
from templates.kit.values import Value

MOST = 10
"""How many codes one list shows."""


@dataclass(frozen=True, slots=True)
class CodeLine(Value):
    """One code; without a meaning it is none of the table."""

    code: str
    meaning: str = ""
    window: str = ""
    kind: str = ""
    needs: str = ""
    is_checked: bool = True
    from_day: str = ""


def codes_of(ticket: Ticket) -> tuple[CodeLine, ...]:
    """Return the codes that stand in a ticket's words: its own, its findings, the account's."""
    opening = ticket.of(Opening)
    found = codes_in(
        opening.summary,
        opening.description,
        *(finding.text for finding in ticket.of(Investigation).findings),
        *(message.text for message in ticket.of(Heard).messages),
    )
    return code_lines(code for code in found if code in RETURN_CODES)


def code_lines(codes: Iterable[str]) -> tuple[CodeLine, ...]:
    """Return what is known of codes, so many as a list shows."""
    return tuple(map(_line, codes))[:MOST]


def _line(code: str) -> CodeLine:
    known = RETURN_CODES.get(code)
    if known is None:
        return CodeLine(code)
    from_day = f"{known.from_day:%d %b %Y}" if known.from_day is not None else ""
    return CodeLine(
        code, known.meaning, known.window, known.kind, known.needs, known.is_checked, from_day
    )
