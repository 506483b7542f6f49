"""Two tickets belong together, and both say the same of it. Source: S67, S68."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.kernel.command import Command
from protocols.kernel.posting import Post, posts
from protocols.kernel.refusals import AlreadyDone, NotAllowed, UnknownTicket
from protocols.queue.queued import queued
from protocols.relations.events import HearLink, LinkTickets, OfTwo, Relation, UnlinkTickets
from protocols.relations.refusals import ItIsTheSame, OfAnotherAccount
from protocols.relations.state import Other, Relations
from protocols.rights.refusals import Confidential
from protocols.scales import Category, Impact, Severity, Signal
from templates.queue.words import reasons
from tests.kit.rules_incident import REF, Incident, actor

OTHER = "BW-1002"
LOW: dict[str, Any] = {
    "impacts": frozenset(),
    "signal": None,
    "severity": Severity.MEDIUM,
    "category": Category.COMMISSION_PAYMENT,
}


def opened(reference: str, account: str | None = "acme", **form: Any) -> Incident:
    return Incident.open(**{**LOW, "reference": reference, "account_key": account, **form})


@cache
def _opened(reference: str, account: str) -> Incident:
    return opened(reference, account)


class Two:
    """Two tickets, and what each posts to the other."""

    def __init__(self, account: str = "acme", **other: Any) -> None:
        there = opened(OTHER, account, **other) if other else _opened(OTHER, account)
        self.tickets = {REF: _opened(REF, "acme").copied(), OTHER: there.copied()}
        self.posted: deque[Post] = deque()

    def asks(self, person: str, command: Command) -> None:
        """Let a person ask one thing of one of them."""
        on = self.tickets[command.reference]
        named = self.tickets.get(command.other) if isinstance(command, OfTwo) else None
        beside = {Other: Other(named.ticket if named is not None else None)}
        on.ctx = replace(on.ctx, beside=beside)
        on.by(person, command)
        ctx = replace(on.ctx, actor=actor(person))
        for found in posts(on.last, on.ticket, ctx):
            self.posted.extend(found)

    def hears(self, target: str = "") -> None:
        """Decide the oldest post to one of them, or to whoever has one."""
        post = next(each for each in self.posted if target in ("", each.command.reference))
        self.posted.remove(post)
        self.tickets[post.command.reference].by(post.actor, post.command)

    def said(self, on: str) -> Relation | None:
        other = OTHER if on == REF else REF
        link = self.tickets[on].ticket.of(Relations).link(other)
        return link.relation if link is not None else None


def test_what_is_said_on_one_stands_on_the_other_as_seen_from_there() -> None:
    two = Two()
    two.asks("csm-one", LinkTickets(REF, OTHER, Relation.DUPLICATE_OF))
    assert two.said(OTHER) is None
    two.hears()
    assert (two.said(REF), two.said(OTHER)) == (Relation.DUPLICATE_OF, Relation.DUPLICATED_BY)
    two.asks("csm-one", UnlinkTickets(OTHER, REF))
    two.hears()
    assert (two.said(REF), two.said(OTHER)) == (None, None)
    assert not two.tickets[REF].ticket.of(Relations).standing


def test_nothing_of_a_link_is_told_to_an_account() -> None:
    two = Two()
    before = len(two.tickets[REF].effects)
    two.asks("csm-one", LinkTickets(REF, OTHER, Relation.RELATED))
    two.hears()
    assert two.tickets[REF].effects[before:] == []
    assert two.tickets[OTHER].last_effects == ()


def test_a_duplicate_is_of_the_same_account_and_a_problem_is_anybodys() -> None:
    two = Two("birch")
    refused = _refused(two, LinkTickets(REF, OTHER, Relation.DUPLICATE_OF))
    assert isinstance(refused, OfAnotherAccount)
    two.asks("csm-one", LinkTickets(REF, OTHER, Relation.SAME_PROBLEM_AS))
    two.hears()
    assert two.said(OTHER) is Relation.PROBLEM_OF


def test_who_may_not_sort_one_or_read_the_other_links_nothing() -> None:
    two = Two()
    link = LinkTickets(REF, OTHER, Relation.RELATED)
    assert isinstance(_refused(two, link, "engineer-one"), NotAllowed)
    secret = Two(signal=Signal.UNUSUAL_LOGIN, impacts=frozenset({Impact.SECURITY_INCIDENT}))
    assert isinstance(_refused(secret, link, "support-two"), Confidential)


def test_a_ticket_is_not_linked_to_itself_to_nobody_or_twice() -> None:
    two = Two()
    assert isinstance(_refused(two, LinkTickets(REF, REF, Relation.RELATED)), ItIsTheSame)
    assert isinstance(_refused(two, LinkTickets(REF, "BW-9", Relation.RELATED)), UnknownTicket)
    assert isinstance(_refused(two, UnlinkTickets(REF, OTHER)), AlreadyDone)
    two.asks("csm-one", LinkTickets(REF, OTHER, Relation.RELATED))
    assert isinstance(_refused(two, LinkTickets(REF, OTHER, Relation.RELATED)), AlreadyDone)


def test_what_was_heard_is_heard_once() -> None:
    two = Two()
    heard = HearLink(OTHER, REF, Relation.RELATED, 1)
    two.tickets[OTHER].by("csm-one", heard)
    assert two.tickets[OTHER].last
    two.tickets[OTHER].by("csm-one", heard)
    assert two.tickets[OTHER].last == ()


SAYS = st.tuples(st.sampled_from((REF, OTHER)), st.sampled_from((*Relation, None)))
HEARS = st.sampled_from((REF, OTHER))


@given(st.lists(st.one_of(SAYS, HEARS), max_size=12))
def test_whatever_is_said_on_both_at_once_both_say_the_same_in_the_end(
    acts: list[tuple[str, Relation | None] | str],
) -> None:
    two = Two()
    for act in acts:
        if isinstance(act, str):
            if any(post.command.reference == act for post in two.posted):
                two.hears(act)
            continue
        on, relation = act
        other = OTHER if on == REF else REF
        if two.said(on) is not relation:
            two.asks(
                "csm-one",
                UnlinkTickets(on, other) if relation is None else LinkTickets(on, other, relation),
            )
    while two.posted:
        two.hears()
    seen = two.said(OTHER)
    assert two.said(REF) == (None if seen is None else seen.from_there)


def _refused(two: Two, command: Command, person: str = "csm-one") -> Exception:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - which one is what the tests say
        two.asks(person, command)
    return raised.value


def test_a_line_of_a_queue_says_which_tickets_belong_to_it() -> None:
    two = Two()
    two.asks("csm-one", LinkTickets(REF, OTHER, Relation.SAME_PROBLEM_AS))
    two.hears()
    for on, other in ((REF, OTHER), (OTHER, REF)):
        one = two.tickets[on]
        entry = queued(one.ticket, one.ctx.policy, one.ctx.calendar)
        assert entry is not None
        assert f"Same problem as {other}" in reasons(entry, one.now)
