"""Every fact that is looked up for words that leave the house. Source: D15, D22.

It is the only place that calls a value ``LookedUp``: whatever stands here was typed by nobody for
this ticket, it comes from the directory, the policy, the ticket's own figures, or the account.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from protocols.account.events import AccountCard
from protocols.closure.state import Closure
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.people.people import Who
from protocols.routing.teams import team_of
from protocols.ticket import Ticket
from protocols.time.pauses import Pause
from protocols.time.targets import Target
from protocols.words.outward import LookedUp
from templates.kit.links import Links
from templates.kit.scene import NOBODY, Facts, Scene
from templates.kit.when import outward

_TIER = "Tier "
"""How the rules of tiers begin, and of the steps that a tier owes."""


def rule_words(target: Target) -> str:
    """Return ``Severity High: within 4 hours`` of the rule ``4 hours · Severity High``."""
    return f"{target.whose}: within {target.figures}"


def common(scene: Scene) -> Facts:
    """Return the facts that most outward surfaces share; nothing that one of us typed."""
    ticket, contact = scene.ticket, scene.contact
    key = contact.key if contact is not None else ""
    return {
        "us": LookedUp(scene.ctx.policy.vendor_name),
        "ref": LookedUp(ticket.reference),
        "account": LookedUp(scene.account),
        "zone": LookedUp(scene.zone),
        "now": scene.ctx.now,
        "severity": LookedUp(ticket.severity.label),
        "category": LookedUp(scene.ctx.policy.title_of(ticket.category)),
        "contact": person(scene, contact),
        "contact_email": email(scene, key),
        "contact_phone": phone(scene, key),
        "follow_url": _address(scene.links.follow_url(ticket.reference)),
        "status_url": _address(scene.links.status_url),
        "next_update_at": scene.next_at,
    }


def of_notice(ctx: Context, links: Links, reference: str, card: AccountCard) -> Facts:
    """Return the facts of a notice to one of many accounts: its zone, and its own contact."""
    csm = ctx.directory.person(card.csm) if card.csm is not None else None
    contact = csm.name if csm is not None else f"{ctx.policy.vendor_name} support"
    return {
        "us": LookedUp(ctx.policy.vendor_name),
        "ref": LookedUp(reference),
        "zone": LookedUp(card.zone),
        "now": ctx.now,
        "contact": LookedUp(contact),
        "contact_phone": LookedUp(csm.phone if csm is not None else ""),
        "follow_url": None,
        "status_url": _address(links.status_url),
    }


def of_press(ctx: Context, ticket: Ticket) -> Facts:
    """Return the facts of an answer to a press of the account: who faces it, and its zone."""
    zone = ticket.account.zone if ticket.account is not None else ctx.policy.calendar.zone
    return {
        "ref": LookedUp(ticket.reference),
        "zone": LookedUp(zone),
        "now": ctx.now,
        "contact": LookedUp(ctx.public_name(ticket.poc) or "Your contact"),
    }


def _address(found: str | None) -> LookedUp | None:
    return None if found is None else LookedUp(found)


def person(scene: Scene, who: Who | None) -> LookedUp:
    """Return one of us by the directory's name.

    The name that people give themselves in Slack is free text; whom the directory does not know
    is called our support.
    """
    if who is None:
        return LookedUp(NOBODY)
    return LookedUp(scene.ctx.public_name(who) or f"{scene.ctx.policy.vendor_name} support")


def someone(scene: Scene, who: Who | None) -> LookedUp:
    """Return one of us by the directory's name; empty for nobody, of whom nothing is claimed."""
    return LookedUp("") if who is None else person(scene, who)


def team(scene: Scene) -> LookedUp:
    """Return the team that has a ticket, as the policy calls it."""
    return LookedUp(team_of(scene.ticket, scene.ctx.policy))


def phone(scene: Scene, key: str) -> LookedUp:
    """Return a person's phone in the directory."""
    return LookedUp(scene.phone(key))


def email(scene: Scene, key: str) -> LookedUp:
    """Return a person's mail address in the directory."""
    return LookedUp(scene.email(key))


def rule(target: Target) -> LookedUp:
    """Return which rule of the policy sets a target, as its account reads it."""
    return LookedUp(": ".join(filter(None, (whose(target), f"within {target.figures}"))))


def whose(target: Target) -> LookedUp:
    """Return whose figure a target is; empty where a tier sets it: tiers stay with us. D30."""
    return LookedUp("" if target.whose.startswith(_TIER) else target.whose)


def figure(words: str) -> LookedUp:
    """Return a figure, a name or the hours of the policy."""
    return LookedUp(words)


def stops(scene: Scene, ended: Iterable[Pause]) -> LookedUp:
    """Return when a clock stood still, in the account's zone, as a sentence lists it."""
    now = scene.ctx.now
    listed = (
        f"{outward(each.from_at, scene.zone)} to {outward(each.until_at or now, scene.zone)}"
        for each in ended
    )
    return LookedUp(" and ".join(listed))


TEAMS = {
    "engineering-lead": "engineering",
    "finance": "finance",
    "cs-manager": "customer success",
}
"""The teams that an account reads of, by the duty that was called."""


def teams_called(scene: Scene) -> LookedUp:
    """Return the teams of those who were called, as a sentence lists them; empty for none."""
    called = {helper.duty for helper in scene.ticket.of(Helpers).helpers}
    teams = [name for duty, name in TEAMS.items() if duty in called]
    listed = " and ".join(filter(None, (", ".join(teams[:-1]), *teams[-1:])))
    return LookedUp(f"colleagues from {listed}" if teams else "")


def confirmed_by(scene: Scene) -> LookedUp:
    """Return who at the account confirmed; empty when only we say who it was.

    Who pressed is named by Slack. Who said it on the phone is what one of us typed, so they are
    named only when the account's own list of contacts has that name.
    """
    resolved = scene.ticket.of(Closure).resolution
    if resolved is None:
        return LookedUp("")
    if not resolved.by_phone:
        return LookedUp(resolved.confirmed_by)
    contacts = scene.ticket.account.contacts if scene.ticket.account is not None else ()
    said = resolved.confirmed_by.strip().casefold()
    names = (contact.name for contact in contacts if contact.name.casefold() == said)
    return LookedUp(next(names, ""))


def other_ticket(scene: Scene) -> LookedUp | None:
    """Return the ticket of the same account that this one repeats, None when none is named.

    It was looked up when the ticket was closed: that there is one, and that it is theirs.
    """
    named = scene.ticket.of(Closure).duplicate_of
    return LookedUp(named) if named else None


def confirmed_words(scene: Scene) -> LookedUp:
    """Return the account's own written words that it is solved; empty when it pressed or phoned.

    What was said on the phone is what one of us typed.
    """
    resolved = scene.ticket.of(Closure).resolution
    written = resolved.confirmed_words if resolved is not None and not resolved.by_phone else ""
    return LookedUp(written)


def days(scene: Scene, instants: Iterable[datetime]) -> LookedUp:
    """Return the days of some instants in the account's zone, as a sentence lists them."""
    zone = ZoneInfo(scene.zone)
    found = sorted({at.astimezone(zone).date() for at in instants})
    dates = " and ".join(f"{day.day} {day:%B %Y}" for day in found)
    return LookedUp(dates or "several days")
