"""What stands around a ticket, so that nobody looks elsewhere: people, clocks, notes. S68, S90."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from protocols.investigation.state import Investigation
from protocols.kernel.event import Event
from protocols.people.people import Contact
from protocols.ticket import Ticket
from protocols.time.targets import Target
from protocols.timeline.events import NoteAdded
from protocols.triage.events import NoteAltered
from templates.clock.facts import due_name, due_next, found, is_late, next_at
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.relations.earlier import ENDED
from templates.timeline.facts import TimelineLine

MOST_NOTES, MOST_CONTACTS, MOST_CLOCKS, MOST_ALIKE = 5, 4, 6, 3


@dataclass(frozen=True, slots=True)
class DueLine(Value):
    """A clock that runs beside the one that binds."""

    name: str
    due_at: datetime
    is_late: bool


def around(scene: Scene, alike: Sequence[Ticket], history: Iterable[Event]) -> Facts:
    """Return who belongs to the account, what its level gives, and what else runs, is noted."""
    return {
        "alike": alike_words(alike),
        "clocks_beside": tuple(_clocks(scene)),
        "at_account": _contacts(scene.ticket),
        "level_gives": level_words(scene),
        "notes": notes(scene.ticket, history),
        "ours": _ours(scene),
    }


def _contacts(ticket: Ticket) -> str:
    """Return who of the account may be asked, and how they are called."""
    account = ticket.account
    if account is None:
        return ""
    people = [_contact(each) for each in account.contacts[:MOST_CONTACTS]]
    more = len(account.contacts) - len(people)
    people += [f"{more} more"] if more > 0 else []
    if account.vendor_contact is not None:
        people.append(f"{_contact(account.vendor_contact)} at the vendor they pay through")
    return ", ".join(people)


def _contact(contact: Contact) -> str:
    phone = f" {contact.phone}" if contact.phone else ""
    return f"{contact.name}{' (security)' if contact.security else ''}{phone}"


def _ours(scene: Scene) -> str:
    """Return who of us the account has: its CSM and its sponsor."""
    account = scene.ticket.account
    if account is None:
        return ""
    parts = (("CSM", account.csm), ("executive sponsor", account.sponsor))
    return ", ".join(f"{scene.name(key)} ({part})" for part, key in parts if key)


def level_words(scene: Scene) -> str:
    """Return what an account's program level gives on this ticket, met or not. Source: S118."""
    rules = scene.ctx.policy.special_targets
    given = {rule.name for rule in rules if rule.program_levels}
    words = (
        f"{target.measure.value.lower()} in {target.figure} ({target.source})"
        for target in found(scene)
        if target.applies and target.whose in given
    )
    return ", ".join(dict.fromkeys(words))


def _clocks(scene: Scene) -> Iterator[DueLine]:
    """Yield the clocks that run beside the one that binds, the earliest of each, in order."""
    binds, now = due_next(scene), scene.ctx.now
    runs = [(next_at(each, now) or now, each) for each in found(scene) if each.runs]
    first: dict[object, tuple[datetime, Target]] = {}
    for at, target in sorted(runs, key=itemgetter(0)):
        first.setdefault(target.measure, (at, target))
    for at, target in tuple(first.values())[:MOST_CLOCKS]:
        if binds is None or target.measure is not binds.measure:
            yield DueLine(due_name(target, now), at, is_late(target, now))


def alike_words(tickets: Sequence[Ticket]) -> str:
    """Return tickets of others with the same words, and how they ended. Source: S68."""
    return ", ".join(
        f"{each.reference} {each.account.name if each.account is not None else 'no account'} "
        f"({ENDED[each.status]})"
        for each in tickets[:MOST_ALIKE]
    )


def notes(ticket: Ticket, history: Iterable[Event]) -> tuple[TimelineLine, ...]:
    """Return the last findings and notes as they read now; what was deleted is not among them."""
    lines = [
        TimelineLine(one.found_at, f'{one.found_by.name}: "{one.text}"')
        for one in ticket.of(Investigation).findings
    ]
    lines += (
        TimelineLine(note.written_at or note.at, f'{note.author or note.by.name}: "{note.text}"')
        for note in _standing(history)
    )
    return tuple(sorted(lines, key=lambda line: line.at)[-MOST_NOTES:])


def _standing(history: Iterable[Event]) -> list[NoteAdded]:
    """Return the notes as they were altered last."""
    found_notes: list[NoteAdded] = []
    for event in history:
        if isinstance(event, NoteAdded):
            found_notes.append(event)
        elif isinstance(event, NoteAltered):
            found_notes = [_altered(note, event) for note in found_notes]
    return [note for note in found_notes if note.text]


def _altered(note: NoteAdded, event: NoteAltered) -> NoteAdded:
    is_it = note.link == event.link if event.link and note.link else note.text == event.was
    return replace(note, text=event.text) if is_it else note
