"""Three tickets: one goes on on another, and the words of a problem answer another account's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from protocols.closure.events import RecordAnswer, Resolve
from protocols.kernel.command import Command
from protocols.opening.events import OpenTicket
from protocols.relations.events import LinkTickets, MergeTickets, Relation
from protocols.scales import Category, NoticedBy, Severity
from protocols.updates.approval import hash_of
from protocols.updates.events import ReleaseText
from protocols.updates.state import Updates
from tests.kit.bot import RunningBot
from tests.kit.incident import TEAM

OPENED = {"problem": "acme", "merged": "acme", "other": "birch"}


@dataclass
class PlayedProblem:
    """A problem that people work on through a bot; its stages may be run again from the first one.

    Attributes:
        bot: Where it happens.
        references: Of its tickets, by what they are to it.
    """

    bot: RunningBot
    references: dict[str, str] = field(default_factory=dict)

    def play(self) -> None:
        """Merge, link, resolve and release; let everybody be told, and hear the other's word."""
        for name, account in OPENED.items():
            self.references[name] = self._asks("csm-one", _opening(name, account), name)
        self.bot.settle()
        problem, merged, other = self.references.values()
        self._asks("csm-one", MergeTickets(merged, problem), "merge")
        self._asks("csm-one", LinkTickets(other, problem, Relation.SAME_PROBLEM_AS), "link")
        self.bot.settle()
        done = Resolve(problem, "The export of October was made anew.", "Open the export.")
        self._asks("csm-one", done, "resolve")
        self.bot.settle()
        waiting = self.bot.ticket(problem).of(Updates).waiting_drafts()
        for draft in waiting:
            release = ReleaseText(problem, draft.number, hash_of(draft))
            self._asks("cs-manager-one", release, "release")
        self.bot.settle()
        solved = RecordAnswer(other, "Partner Admin One", "16:10", "all is well", True)
        self._asks("csm-one", solved, "answer")
        self.bot.walk_to(self.bot.ticket(problem).opened_at + timedelta(hours=2))
        self.bot.settle()

    def _asks(self, person: str, command: Command, name: str) -> str:
        seen = self.bot.does(person, command, delivery=f"problem/{name}")
        return seen.ticket.reference


def _opening(name: str, account: str) -> OpenTicket:
    return OpenTicket(
        "", TEAM, f"The export is empty: {name}", account, NoticedBy.US, Severity.MEDIUM,
        Category.TECHNICAL_PRODUCT,
    )  # fmt: skip
