"""What people of the desk may change of an account, and what a change says. Source: M25.

A file wins for the accounts that it names; whoever would change one of those is told the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields

from protocols.directory.contact_lines import contact_line
from protocols.directory.refusals import AccountMoved, AccountOfFile, AccountWrong
from protocols.kernel.context import Context
from protocols.kernel.refusals import NotAllowed
from protocols.people.directory import Account, AccountContact, RecordLink
from protocols.rights.guards import names_on_duty, need_staff

EDITORS = ("cs-manager",)
"""Duties that change every account; its own CSM changes theirs."""
ADDERS = ("cs-manager", "csm")
"""Duties that add an account."""
_NOT_TOLD = ("key",)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of an account that was changed: as words, from what to what."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AccountChange:
    """An account before and after; `before` is None for one that is new."""

    before: Account | None
    after: Account

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Return what differs, in the order in which an account has it."""
        return tuple(_differences(self.before, self.after))


def mark(account: Account | None) -> str:
    """Return the mark by which a form knows whether an account was changed since it opened."""
    return hashlib.sha256(repr(account).encode()).hexdigest()[:12]


def may_change(account: Account | None, ctx: Context) -> bool:
    """Say whether the actor may change an account, or add one."""
    if not ctx.has_rota:
        return True
    if account is None:
        return ctx.actor.holds(*ADDERS)
    is_own = account.csm is not None and ctx.same(account.csm, ctx.by.key)
    return is_own or ctx.actor.holds(*EDITORS)


def need_changeable(account: Account | None, file: str, ctx: Context) -> None:
    """Refuse whoever may not change an account, and what a file says.

    Args:
        account: As it is kept; None for one that is to be added.
        file: The file that names it; empty when people of the desk do.
        ctx: What is known.

    Raises:
        Outside: The actor is not one of us.
        NotAllowed: They have no right to it.
        AccountOfFile: A file names it.
    """
    need_staff(ctx)
    if not may_change(account, ctx):
        duties = "cs-manager or csm" if account is None else "cs-manager, or this account's CSM"
        raise NotAllowed(duties=duties, people=names_on_duty(ctx, *EDITORS))
    if account is not None and file:
        raise AccountOfFile(account=account.name, file=file)


def need_unmoved(before: Account | None, shown: str) -> None:
    """Refuse a form whose account somebody changed since it was opened, or added.

    Args:
        before: As it is kept.
        shown: The mark of the account that the form showed; empty for one that is new.

    Raises:
        AccountMoved: Somebody changed it.
        AccountWrong: The form was for a new one, and there is one.
    """
    if before is None or mark(before) == shown:
        return
    if shown:
        raise AccountMoved(account=before.name)
    why = f"{before.name} has the key {before.key} already. Write another name."
    raise AccountWrong({"name": why})


def _differences(before: Account | None, after: Account) -> Iterator[Difference]:
    for each in fields(after):
        was = getattr(before, each.name) if before is not None else each.default
        now = getattr(after, each.name)
        if was != now and each.name not in _NOT_TOLD:
            yield Difference(each.name, _said(was), _said(now))


def _said(value: object) -> str:
    """Return a value in words; nothing for what is absent."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, AccountContact):
        return contact_line(value)
    if isinstance(value, RecordLink):
        return f"{value.name} {value.url}"
    if isinstance(value, tuple):
        return "\n".join(map(_said, value))
    return str(value) if isinstance(value, str) else ""
