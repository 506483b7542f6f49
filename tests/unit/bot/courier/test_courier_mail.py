"""Mails of the courier at a server that does not answer: taken once, twice at the very most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.courier.mailing import MailDelivery
from bot.gateways.letters import message_id_of
from bot.gateways.mail import MailGateway
from store.db import Database
from store.outbox_rows import NewRow
from tests.contract.gateways.post_office import PostOffice
from tests.contract.gateways.test_mail_gateway import LETTER, SENDER
from tests.contract.gateways.tiny_slack import TinySlack
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import QUICK, Desk, desk_on, row

PACE = replace(QUICK, deadline_s=0.5, settling_s=0.2)
MAIL_ID = message_id_of("m", SENDER)


@contextmanager
def post_office(stops_at: str, times: int = 1) -> Iterator[PostOffice]:
    made = PostOffice(stops_at, times=times)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def mailing(
    database: Database, slack: TinySlack, post: PostOffice, owner: str = "courier-1"
) -> Iterator[Desk]:
    """Run a courier whose mail goes to a real server."""
    with desk_on(database, slack, pace=PACE, owner=owner, started=False) as desk:
        url = f"smtp://127.0.0.1:{post.port}"
        gateway = MailGateway(url, sender=SENDER, vendor="Northwind")
        mail = MailDelivery(gateway)
        desk.courier._deliverers = {**desk.courier._deliverers, "mail": mail}
        desk.courier.start()
        yield desk


def letter() -> NewRow:
    return row("m", "send", LETTER, gateway="mail")


@pytest.mark.parametrize("stops_at", ["connect", "banner", "EHLO", "RCPT", "DATA"])
def test_a_mail_cut_before_it_was_handed_over_is_taken_once_of_two_couriers(
    database: Database, slack: TinySlack, stops_at: str
) -> None:
    with (
        post_office(stops_at) as post,
        mailing(database, slack, post, "one") as one,
        mailing(database, slack, post, "two"),
    ):
        one.put(letter())
        assert post.stopped.wait(10)
        until(lambda: one.row("m").attempts > 1, 30, what="a second try")
        post.go_on.set()
        one.wait_for("m")
        one.wait_until_empty()
    assert [each.message_id for each in post.taken] == [MAIL_ID]


def test_a_mail_whose_answer_was_lost_goes_out_once_more_with_the_same_id(
    database: Database, slack: TinySlack
) -> None:
    with post_office(".") as post, mailing(database, slack, post) as desk:
        desk.put(letter())
        desk.wait_for("m")
        post.go_on.set()
        until(lambda: post.ended == 2, 30, what="the end of both conversations")
        assert {each.message_id for each in post.taken} == {MAIL_ID}
        assert len(post.taken) == 2


def test_a_mail_whose_answer_was_lost_twice_is_left_to_a_person(
    database: Database, slack: TinySlack
) -> None:
    with post_office(".", times=9) as post, mailing(database, slack, post) as desk:
        desk.put(letter())
        found = desk.wait_for("m", "dead")
        assert (found.last_error or "").startswith("unknown: sent twice")
        assert [key for key, _ in desk.told.died] == ["m"]
        assert post.talks == 2


def test_a_mail_that_is_unsure_stays_so_while_the_server_is_away(
    database: Database, slack: TinySlack
) -> None:
    with post_office(".", times=1) as post, mailing(database, slack, post) as desk:
        desk.put(letter())
        until(lambda: (desk.row("m").last_error or "").startswith("unknown: "), 30)
        post.close()
        until(lambda: desk.row("m").attempts >= 4, 30, what="tries at a server that is gone")
        assert (desk.row("m").last_error or "").startswith("unknown: ")
