"""A notice reaches each account of its list once, whoever dies in between. Source: S23, D24."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from bot.courier.verdict import Verdict
from bot.engine import kinds, ledger
from bot.engine.standing import Releases
from protocols.notices.events import NoticeSent, OpenNotice, Reach
from protocols.notices.state import Notice, NoticeTelling
from protocols.outreach.events import AddImpacted
from protocols.outreach.state import OutreachTold
from protocols.scales import Impact, Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates
from protocols.withdrawals.events import RecallText
from store.db import CommitPoint
from store.outbox_rows import OutboxRow
from store.read import deliveries
from store.read.verification import verify
from tests.contract.posted.place import Killed, Place, ticks
from tests.kit.bot import RunningBot
from tests.kit.waiting import until

pytestmark = pytest.mark.slow
FIELDS = (("known", "Runs are delayed."), ("doing", "We check each of them."))
LISTED = ("elm", "fern")


def releases(place: Place, bot: RunningBot) -> int:
    """Write one more outreach and release it; return its number."""
    next_at = bot.now() + timedelta(minutes=45)
    bot.does("csm-two", DraftText(place.one, DraftKind.OUTREACH, FIELDS, next_at))
    draft = bot.ticket(place.one).of(Updates).drafts[-1]
    bot.does("cs-manager-one", ReleaseText(place.one, draft.number, hash_of(draft)))
    return draft.number


def lists(place: Place, bot: RunningBot) -> None:
    impacts = frozenset({Impact.PLATFORM_FAILING})
    bot.does("cs-manager-one", ChangeTier(place.one, Tier.SYSTEMIC, "in nine accounts", impacts))
    bot.does("cs-manager-one", AddImpacted(place.one, LISTED))


def notice(place: Place, bot: RunningBot) -> Notice:
    with bot.database.read() as conn:
        row = kinds.found(conn, f"{place.one}-N1")
        assert row is not None
        assert ledger.refolded(conn, row) == ledger.reread(row)
        assert verify(conn).sound
    found = kinds.read(row)
    assert isinstance(found, Notice)
    return found


def rows(place: Place, bot: RunningBot, number: int) -> dict[str, OutboxRow]:
    """Return what goes to accounts with a text, by account."""
    with bot.database.read() as conn:
        every = deliveries.of_ticket(conn, f"{place.one}-N1")
    begun = f"{place.one}-N1/{number}/"
    return {row.key.removeprefix(begun): row for row in every
            if row.key.startswith(begun) and row.reports}  # fmt: skip


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_at_any_commit_sends_each_text_to_each_account_once(
    place: Place, point: CommitPoint
) -> None:
    """The commits of a tick: the text comes to the notice, it goes out, the ticket hears of it."""
    left: list[int] = []

    def die(reached: CommitPoint) -> None:
        if reached == point and left:
            left[0] -= 1
            if left[0] == 0:
                raise Killed

    dying, other = place.bot(die), place.bot()
    lists(place, other)
    for turn in (1, 2, 3):
        number = releases(place, other)
        left.append(turn)
        with pytest.raises(Killed):
            ticks(dying)
        left.clear()
        ticks(other)
        telling = notice(place, other).of(NoticeTelling)
        assert [(way.number, way.send.account) for way in telling.ways[-2:]] == [
            (number, account) for account in LISTED
        ]
        assert set(rows(place, other, number)) == set(LISTED)
        assert other.ticket(place.one).of(OutreachTold).at(Reach.SENDING) == LISTED
    assert len([e for e in place.history(other, f"{place.one}-N1")
                if isinstance(e, NoticeSent)]) == 3  # fmt: skip


def test_two_replicas_tell_each_account_once_and_the_ticket_hears_of_each(place: Place) -> None:
    with RunningBot(place.slack.addresses, place.url) as one:
        one.wait_until_known()
        with RunningBot(place.slack.addresses, place.url) as other:
            other.wait_until_known()
            lists(place, one)
            number = releases(place, other)
            until(
                lambda: one.ticket(place.one).of(OutreachTold).at(Reach.TOLD) == LISTED,
                what="each account has the words",
            )
            one.settle()
    sent = rows(place, place.bot(), number)
    assert {row.state for row in sent.values()} == {"done"}
    mails = [mail for mail in place.slack.mails() if "Service notice" in mail["subject"]]
    assert sorted(mail["to"][0] for mail in mails) == [
        "controller.one@elm.example", "controller.one@fern.example",
    ]  # fmt: skip


def test_before_each_send_the_notice_and_the_release_it_rests_on_are_asked(place: Place) -> None:
    bot = place.bot()
    lists(place, bot)
    number = releases(place, bot)
    ticks(bot)
    row = rows(place, bot, number)["elm"]
    parts = bot.program.parts
    asked = Releases(bot.database, parts.facts, parts.clock.now)
    assert asked.ask(row) == Verdict()
    bot.does("cs-manager-one", RecallText(place.one, number))
    verdict = asked.ask(row)
    assert verdict.stop is not None, "the recall is not decided by the notice yet, and stops it"
    ticks(bot)
    assert asked.ask(row).stop == verdict.stop


def test_a_notice_that_is_opened_again_is_the_one_that_is_there(place: Place) -> None:
    bot = place.bot()
    lists(place, bot)
    number = releases(place, bot)
    ticks(bot)
    found = notice(place, bot)
    text = found.of(NoticeTelling).text_of(number)
    assert text is not None
    again = OpenNotice(found.reference, place.one, text, LISTED)
    assert bot.program.parts.engine.submit(again, bot.actor("cs-manager-one")).repeated


def test_two_tickers_decide_what_is_due_of_a_notice_once(place: Place) -> None:
    bots = [place.bot(), place.bot()]
    lists(place, bots[0])
    releases(place, bots[0])
    threads = [threading.Thread(target=ticks, args=(bot,)) for bot in bots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ticks(bots[0])
    assert len(notice(place, bots[0]).of(NoticeTelling).ways) == 2
