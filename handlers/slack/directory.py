"""``/account NAME``: an account's form for who may change it, its page for everybody else of us.

Source: M25; design, Accounts.
"""

from __future__ import annotations

import re

from handlers.kit import grammar, replies
from handlers.kit.acting import part
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash, Submission, View
from handlers.kit.journey import actor_of
from handlers.kit.ports import Answers, Desk, Glance
from handlers.kit.replies import Answer, Correct
from protocols.directory.contact_lines import ContactUnclear, contact_entries
from protocols.directory.edits import may_change, need_changeable
from protocols.directory.refusals import AccountWrong
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.people.directory import Account
from protocols.rights.guards import need_staff
from templates.directory.facts import (
    DEFAULT,
    NONE,
    change_lines,
    form_facts,
    near_accounts,
    new_account_facts,
    page_facts,
    shown_id,
)
from templates.directory.words import ACCOUNT_ADD, ACCOUNT_SHOW, VIEW_EDIT_ACCOUNT
from templates.kit import render

_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")
_KEY_MAX = 64


def account(desk: Desk, slash: Slash) -> Answer:
    """Answer ``/account``.

    Raises:
        Outside: The one who typed is not one of us.
    """
    ctx = desk.context(actor_of(desk, slash))
    need_staff(ctx)
    typed = " ".join(grammar.readable(slash.text).split())
    if typed.casefold() in ("", "help"):
        command = f"{desk.command_prefix}account"
        return replies.said(render.line("help_account", {"account_command": command}))
    found = ctx.directory.named(typed) or ctx.directory.account(typed.casefold())
    if found is not None:
        return _opened(desk, slash, found, ctx)
    near = near_accounts(ctx.directory.nearly(typed))
    may = may_change(None, ctx)
    facts: dict[str, object] = {"typed": typed, "near": near, "may": may}
    return replies.said(render.message("no_account_named", facts))


def _opened(desk: Answers, gesture: Gesture, found: Account, ctx: Context) -> Answer:
    """Open the form, or the page for whoever cannot change it."""
    file, may = desk.file_of_account(found.key), may_change(found, ctx)
    if file or not may:
        view = render.view("show_account", page_facts(found, ctx, file))
    else:
        view = render.view("edit_account", form_facts(found, ctx, desk.slack_id))
    return replies.show_view(desk, gesture, view)


def show(desk: Desk, press: Press) -> Answer:
    """Open the account of a button.

    Raises:
        OldButton: There is no such account.
    """
    ctx = desk.context(actor_of(desk, press))
    need_staff(ctx)
    found = ctx.directory.account(press.part(0))
    if found is None:
        raise OldButton()
    return _opened(desk, press, found, ctx)


def add(desk: Desk, press: Press) -> Answer:
    """Open the empty form for the name that was typed.

    Raises:
        Refused: They may not add accounts.
    """
    ctx = desk.context(actor_of(desk, press))
    need_changeable(None, "", ctx)
    return replies.show_view(
        desk, press, render.view("edit_account", new_account_facts(press.part(0), ctx))
    )


def save(desk: Desk, submission: Submission) -> Answer:
    """Change the account, or add it.

    Raises:
        Correct: Something that was written cannot be.
        Refused: The rules say no.
    """
    actor, shown = actor_of(desk, submission), part(submission, 1)
    key = part(submission, 0) or key_of(submission.view.text("name"))
    ctx = desk.context(actor)
    need_staff(ctx)
    entries = _entries(desk, submission.view, ctx.directory.account(key))
    try:
        change = desk.change_account(key, entries, shown, actor)
    except AccountWrong as wrong:
        raise Correct(**wrong.fields) from wrong
    ctx = desk.context(actor)
    facts = {
        "account": change.after.name,
        "active": change.after.active,
        "changes": change_lines(change.differences, ctx),
        "is_new": change.before is None,
    }
    return replies.updated(replies.reading(render.message("account_changed", facts), "Account"))


def key_of(name: str) -> str:
    """Return the key of a new account, from its name."""
    return _NOT_IN_KEYS.sub("-", name.casefold())[:_KEY_MAX].strip("-")


def _entries(desk: Glance, view: View, before: Account | None) -> dict[str, object]:
    """Return what stands in the form as a directory file has it."""
    entries: dict[str, object] = {
        "name": view.text("name").strip(),
        "kind": view.text("kind"),
        "program_level": _unless(NONE, view.text("program_level")),
        "time_zone": view.text("time_zone").strip(),
        "intake": _unless(DEFAULT, view.text("intake")),
        "shared_channel": view.text("shared_channel").strip() or None,
        "tags": [each.strip() for each in view.text("tags").split(",") if each.strip()],
        **_people(desk, view, before),
    }
    if "active" in view.values:
        entries["active"] = view.text("active") != "no"
    if "contacts" in view.values:
        entries["contacts"] = _contacts(view.text("contacts"))
    return entries


def _contacts(typed: str) -> list[dict[str, object]]:
    try:
        return contact_entries(typed)
    except ContactUnclear as unclear:
        raise Correct(contacts=str(unclear)) from unclear


def _people(desk: Glance, view: View, before: Account | None) -> dict[str, object]:
    """Return who of us it has; one whom Slack does not know stays where nobody was picked."""
    had = {
        "csm": before.csm if before is not None else None,
        "executive_sponsor": before.executive_sponsor if before is not None else None,
    }
    found: dict[str, object] = {}
    for entry, key in had.items():
        picked = view.text(entry)
        who = desk.who(picked) if picked else None
        if picked:
            found[entry] = who.key if who is not None else picked
        elif shown_id(key, desk.slack_id) or key is None:
            found[entry] = None
    return found


def _unless(nothing: str, chosen: str) -> str | None:
    return None if chosen == nothing else chosen


DOORS = Doors(
    presses={ACCOUNT_SHOW: show, ACCOUNT_ADD: add},
    submissions={VIEW_EDIT_ACCOUNT: save},
    slashes={"account": account},
)
