"""Commands of resolution and closure."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.commands.base import Command
from protocols.normal_form import normal


@dataclass(frozen=True, slots=True)
class Resolve(Command):
    """Resolve the ticket and put the words for the account in review. Source: S98, S99."""

    done: str
    check: str
    asked_reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "done", normal(self.done))
        object.__setattr__(self, "check", normal(self.check))


@dataclass(frozen=True, slots=True)
class AnswerSolved(Command):
    """Someone at the account says whether it is solved. Source: S99, D7."""

    solved: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordAnswer(Command):
    """Record the account's answer given by phone. Source: D7."""

    speaker: str
    said_at: str
    words: str
    solved: bool


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    """Open a resolved ticket again, with a reason. Source: S100."""

    reason: str


@dataclass(frozen=True, slots=True)
class CloseUnconfirmed(Command):
    """Close a ticket that its account never confirmed, with a reason. Source: D7."""

    reason: str


@dataclass(frozen=True, slots=True)
class MarkOpenedInError(Command):
    """Take a ticket out of the figures; kind is wrong_account, duplicate or not_a_problem."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordRca(Command):
    """Record that the written analysis was delivered, and where it stands. Source: S53."""

    link: str
