"""Mails of the courier to several addresses at a real server: each has an answer of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.courier.mailing import PUT_OFF_FOR, MailDelivery
from bot.courier.verdict import Ask, Verdict, everything_stands
from bot.gateways.addressees import BEYOND_ASCII
from bot.gateways.mail import MailGateway
from bot.gateways.outcomes import Withheld
from store.db import Database
from store.outbox_rows import NewRow
from tests.contract.gateways.test_mail_addresses import BEYOND, BOTH, ONE, TWO, Office
from tests.contract.gateways.test_mail_gateway import LETTER, SENDER
from tests.contract.gateways.tiny_slack import TinySlack
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import QUICK, Desk, desk_on, row

PACE = replace(QUICK, deadline_s=8.0, back_off_most_s=0.1)


@contextmanager
def mailing(
    database: Database, slack: TinySlack, office: Office, ask: Ask = everything_stands
) -> Iterator[Desk]:
    """Run a courier whose mail goes to a real server."""
    with desk_on(database, slack, pace=PACE, started=False) as desk:
        url = f"smtp://127.0.0.1:{office.server.port}"
        mail = MailDelivery(MailGateway(url, sender=SENDER, vendor="Northwind"), ask=ask)
        desk.courier._deliverers = {**desk.courier._deliverers, "mail": mail}
        desk.courier.start()
        yield desk


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.server.stop()


def letter(to: list[str]) -> NewRow:
    return row("m", "send", {**LETTER, "to": to}, gateway="mail", reports=True)


def told(desk: Desk) -> list[object]:
    """Return what each report said of addresses that the mail did not reach."""
    return [result.get("refused", {}) for _, result in desk.told.settled]


def test_an_address_put_off_is_tried_again_by_itself_until_it_has_the_mail(
    database: Database, slack: TinySlack, office: Office
) -> None:
    office.inbox.refuse = {TWO: "451 come again"}
    with mailing(database, slack, office) as desk:
        desk.put(letter(BOTH))
        until(lambda: desk.row("m").attempts >= 3, 30, what="further tries")
        assert told(desk) == [{}]
        office.inbox.refuse = {}
        desk.wait_for("m")
    assert office.had == [[ONE], [TWO]]
    assert len({mail["Message-ID"] for mail in office.inbox.mails}) == 1
    assert len({mail["Date"] for mail in office.inbox.mails}) == 1


def test_an_address_refused_for_good_is_told_of_and_not_written_to_again(
    database: Database, slack: TinySlack, office: Office
) -> None:
    office.inbox.refuse = {TWO: "550 no such person"}
    with mailing(database, slack, office) as desk:
        desk.put(letter(BOTH))
        desk.wait_for("m")
        assert told(desk) == [{TWO: "550 no such person"}]
        assert desk.row("m").attempts == 1


def test_an_address_put_off_and_then_refused_is_told_of(
    database: Database, slack: TinySlack, office: Office
) -> None:
    office.inbox.refuse = {TWO: "451 come again"}
    with mailing(database, slack, office) as desk:
        desk.put(letter(BOTH))
        until(lambda: desk.row("m").attempts >= 2, 30, what="a second try")
        office.inbox.refuse = {TWO: "550 no such person"}
        desk.wait_for("m")
        assert told(desk)[0] == {}
        assert list(told(desk)[-1]) == [TWO]  # type: ignore[call-overload]
        assert desk.told.died == []


def test_an_address_that_is_put_off_for_half_an_hour_is_told_of(
    database: Database, slack: TinySlack, office: Office
) -> None:
    office.inbox.refuse = {TWO: "451 come again"}
    with mailing(database, slack, office) as desk:
        desk.put(letter(BOTH))
        until(lambda: desk.row("m").attempts >= 2, 30, what="a second try")
        desk.clock.wall_ahead_s = PUT_OFF_FOR.total_seconds() + 1
        desk.wait_for("m")
        assert told(desk)[-1] == {TWO: "451 come again"}
    assert office.had == [[ONE]]


@pytest.mark.parametrize("to", [[TWO], BOTH])
def test_a_mail_of_which_every_address_is_put_off_for_half_an_hour_is_told_of(
    database: Database, slack: TinySlack, office: Office, to: list[str]
) -> None:
    office.inbox.refuse = dict.fromkeys(BOTH, "451 come again")
    with mailing(database, slack, office) as desk:
        desk.put(letter(to))
        until(lambda: desk.row("m").attempts >= 2, 30, what="a second try")
        assert desk.told.died == []
        desk.clock.wall_ahead_s = PUT_OFF_FOR.total_seconds() + 1
        until(lambda: desk.told.died, 30, what="that it was given up")
    ((_row, error),) = desk.told.died
    assert error == "the mail server asks for another try later: 451 (for half an hour)"
    assert office.had == []


def test_a_mail_that_no_server_took_for_half_an_hour_is_tried_on(
    database: Database, slack: TinySlack
) -> None:
    office = Office()
    office.server.stop()
    with mailing(database, slack, office) as desk:
        desk.put(letter([ONE]))
        until(lambda: desk.row("m").attempts >= 2, 30, what="a second try")
        desk.clock.wall_ahead_s = PUT_OFF_FOR.total_seconds() + 1
        tried = desk.row("m").attempts
        until(lambda: desk.row("m").attempts > tried + 1, 30, what="further tries")
        assert desk.told.died == []


def test_an_address_that_the_server_cannot_take_is_told_of_and_the_others_have_the_mail(
    database: Database, slack: TinySlack, office: Office
) -> None:
    with mailing(database, slack, office) as desk:
        desk.put(letter([BEYOND, ONE]))
        desk.wait_for("m")
        refused = told(desk)[-1]
        assert isinstance(refused, dict)
        assert BEYOND_ASCII in refused[BEYOND]
    assert office.had == [[ONE]]


def test_words_that_may_not_leave_any_more_are_told_of_to_whom_they_did_not_go(
    database: Database, slack: TinySlack, office: Office
) -> None:
    stopped: list[bool] = []
    office.inbox.refuse = {TWO: "451 come again"}
    verdict = Verdict(Withheld("time_passed"))
    with mailing(database, slack, office, lambda _: verdict if stopped else Verdict()) as desk:
        desk.put(letter(BOTH))
        until(lambda: desk.row("m").attempts >= 2, 30, what="a second try")
        stopped.append(True)
        desk.wait_for("m")
        assert told(desk)[-1] == {TWO: "it may not leave any more (time_passed)"}
        assert desk.told.withheld == []
