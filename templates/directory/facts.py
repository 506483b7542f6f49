"""The facts of an account's form and of its page. Source: M25."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from protocols.directory.contact_lines import contact_line, contact_lines
from protocols.directory.edits import Difference, mark
from protocols.directory.missing import Missing, Part, Why
from protocols.intake.modes import Intake, intake_of
from protocols.kernel.context import Context
from protocols.people.directory import Account
from templates.directory.words import FIELDS
from templates.kit.scene import Facts
from templates.kit.values import Value

PEOPLE_SHOWN = 20
DEFAULT, NONE = "default", "none"
SlackId = Callable[[str], str | None]
_INTAKE = {
    Intake.ON: "open a ticket",
    Intake.NUDGE: "are left to us",
    Intake.OFF: "are left to us",
}


@dataclass(frozen=True, slots=True)
class ChangeLine(Value):
    """One thing of an account that was changed, as it is told."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NearAccount(Value):
    """An account whose name is near to one that nobody has."""

    key: str
    name: str


def near_accounts(found: Iterable[Account]) -> tuple[NearAccount, ...]:
    """Return accounts as they are offered."""
    return tuple(NearAccount(each.key, each.name) for each in found)


def new_account_facts(name: str, ctx: Context) -> Facts:
    """Return the facts of the empty form, for an account that is called so."""
    return {
        "account": name, "active": True, "channel": "", "contacts": "", "csm": "", "csm_id": "",
        "intake": DEFAULT, "is_new": True, "key": "", "kind": "customer", "level": NONE,
        "mark": "", "people_fit": True, "sponsor": "", "sponsor_id": "", "tags": "",
        "zone": ctx.policy.calendar.zone,
    }  # fmt: skip


def form_facts(account: Account, ctx: Context, slack_id: SlackId) -> Facts:
    """Return the facts of an account's form."""
    contacts = contact_lines(account.contacts)
    return {
        "account": account.name,
        "active": account.active,
        "channel": account.shared_channel or "",
        "contacts": contacts or "",
        "csm": name_of(account.csm, ctx),
        "csm_id": shown_id(account.csm, slack_id),
        "intake": account.intake or DEFAULT,
        "is_new": False,
        "key": account.key,
        "kind": account.kind.value,
        "level": account.program_level.value if account.program_level is not None else NONE,
        "mark": mark(account),
        "people_fit": contacts is not None,
        "sponsor": name_of(account.executive_sponsor, ctx),
        "sponsor_id": shown_id(account.executive_sponsor, slack_id),
        "tags": ", ".join(account.tags),
        "zone": account.zone,
    }


def page_facts(account: Account, ctx: Context, file: str) -> Facts:
    """Return the facts of an account's page, for who cannot change it here."""
    people = tuple(contact_line(each) for each in account.contacts)
    return {
        "account": account.name,
        "active": account.active,
        "channel": account.shared_channel or "",
        "csm": name_of(account.csm, ctx),
        "file": file,
        "intake": _INTAKE[intake_of(account)],
        "key": account.key,
        "kind": account.kind.value,
        "level": account.program_level.value if account.program_level is not None else "",
        "manager": ", ".join(each.name for each in ctx.on_duty("cs-manager")),
        "more": max(0, len(people) - PEOPLE_SHOWN),
        "people": people[:PEOPLE_SHOWN],
        "sponsor": name_of(account.executive_sponsor, ctx),
        "tags": ", ".join(account.tags),
        "zone": account.zone,
    }


def name_of(key: str | None, ctx: Context) -> str:
    """Return what somebody is called, their key when nobody has it; empty for nobody."""
    return ctx.who(key).name if key is not None else ""


def shown_id(key: str | None, slack_id: SlackId) -> str:
    """Return the Slack user that a field shows; empty when Slack does not know them."""
    return (slack_id(key) or "") if key is not None else ""


def change_lines(differences: Iterable[Difference], ctx: Context) -> tuple[ChangeLine, ...]:
    """Return what was changed, in words; people by their names."""
    return tuple(_line(each, ctx) for each in differences)


def _line(change: Difference, ctx: Context) -> ChangeLine:
    told = [change.before, change.after]
    if change.what in ("csm", "executive_sponsor"):
        told = [name_of(each, ctx) if each else "" for each in told]
    before, after = (each.replace("\n", " / ") for each in told)
    return ChangeLine(FIELDS.get(change.what, change.what), before, after)


@dataclass(frozen=True, slots=True)
class MissingLine(Value):
    """One of an account's people who is not there, as it is told."""

    account: str
    person: str
    part: str
    why: str


PARTS = {Part.CSM: "CSM", Part.SPONSOR: "executive sponsor", Part.CONTACT: "a contact"}
WHYS = {
    Why.LEFT: "has no active user in Slack any more",
    Why.UNLISTED: "is not in the directory any more",
    Why.UNKNOWN: "is not known to Slack, so nothing reaches them there",
}
LINES_SHOWN, BUTTONS_SHOWN = 15, 5


def missing_facts(found: Sequence[Missing]) -> Facts:
    """Return the facts of what is told of people who are not there."""
    lines = tuple(
        MissingLine(each.account_name, each.name, PARTS[each.part], WHYS[each.why])
        for each in found[:LINES_SHOWN]
    )
    accounts = {each.account: NearAccount(each.account, each.account_name) for each in found}
    return {
        "accounts": tuple(accounts.values())[:BUTTONS_SHOWN],
        "lines": lines,
        "more": len(found) - len(lines),
        "others": len(found) - 1,
    }
