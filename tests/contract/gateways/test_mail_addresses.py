"""Each address of a mail stands by itself, at a real server: refused, put off, written oddly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from aiosmtpd.controller import Controller

from bot.gateways.addressees import BEYOND_ASCII, NO_ADDRESS
from bot.gateways.mail import MailGateway
from bot.gateways.outcomes import NotSent, Outcome, Refused, Taken
from tests.contract.gateways.test_mail_gateway import LETTER, SENDER, Inbox
from tests.kit.ports import free_port

ONE, TWO, BEYOND = "director@acme.example", "ap@acme.example", "müller@acme.example"
BOTH = [ONE, TWO]


class Office:
    """A running server, which takes letters beyond ASCII or not, and a gateway to it."""

    def __init__(self, *, utf8: bool = False) -> None:
        self.inbox = Inbox()
        self.server = Controller(
            self.inbox, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=utf8
        )
        self.server.start()
        url = f"smtp://127.0.0.1:{self.server.port}"
        self._gateway = MailGateway(url, sender=SENDER, vendor="Northwind")

    def send(self, to: list[str], **more: object) -> Outcome:
        return self._gateway.send({**LETTER, "to": to, **more}, key="k1", deadline_s=10)

    @property
    def had(self) -> list[list[str]]:
        return self.inbox.recipients


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.server.stop()


@pytest.fixture
def worldly() -> Iterator[Office]:
    made = Office(utf8=True)
    yield made
    made.server.stop()


def said_of(outcome: Outcome) -> tuple[object, object]:
    assert isinstance(outcome, Taken)
    return outcome.result.get("refused", {}), outcome.result.get("put_off", {})


@pytest.mark.parametrize(
    ("answer", "refused", "put_off"),
    [
        ("550 no such person", {TWO: "550 no such person"}, {}),
        ("451 come again", {}, {TWO: "451 come again"}),
        ("452 mailbox full", {}, {TWO: "452 mailbox full"}),
    ],
)
def test_what_the_server_says_of_an_address_is_said_of_that_address_alone(
    office: Office, answer: str, refused: object, put_off: object
) -> None:
    office.inbox.refuse = {TWO: answer}
    assert said_of(office.send(BOTH)) == (refused, put_off)
    assert office.had == [[ONE]]


def test_an_address_that_answered_is_not_written_to_again(office: Office) -> None:
    assert said_of(office.send(BOTH, answered=[ONE])) == ({}, {})
    assert office.had == [[TWO]]
    assert office.inbox.mails[0]["To"] == f"{ONE}, {TWO}"


def test_one_refused_and_one_put_off_is_tried_again(office: Office) -> None:
    office.inbox.refuse = {ONE: "550 no such person", TWO: "451 come again"}
    assert isinstance(office.send(BOTH), NotSent)


def test_no_reason_of_a_mail_nobody_took_names_an_address(office: Office) -> None:
    office.inbox.refuse = {each: f"550 <{each}> is unknown" for each in BOTH}
    refused = office.send(BOTH)
    assert refused == Refused("the mail server refused every address: 550")


@pytest.mark.parametrize("none", ["nobody", "a@b.example\r\nBcc: c@d.example", "a b@acme.example"])
def test_an_address_that_is_none_does_not_deny_the_others(office: Office, none: str) -> None:
    assert said_of(office.send([none, ONE])) == ({none: NO_ADDRESS}, {})
    assert office.had == [[ONE]]
    assert office.inbox.mails[0]["To"] == ONE
    assert office.inbox.mails[0]["Bcc"] is None


def test_an_address_that_the_server_cannot_take_does_not_deny_the_others(office: Office) -> None:
    refused, put_off = said_of(office.send([BEYOND, ONE]))
    assert (refused, put_off) == ({}, {BEYOND: "it is written to by itself"})
    assert office.send([BEYOND, ONE], answered=[ONE]) == Refused(
        f"the mail server refused every address: {BEYOND_ASCII}"
    )
    assert office.had == [[ONE]]


def test_an_address_beyond_ascii_has_a_mail_of_its_own_where_the_server_takes_it(
    worldly: Office,
) -> None:
    _, put_off = said_of(worldly.send([BEYOND, ONE]))
    assert put_off == {BEYOND: "it is written to by itself"}
    assert said_of(worldly.send([BEYOND, ONE], answered=[ONE])) == ({}, {})
    assert worldly.had == [[ONE], [BEYOND]]
    plain, beyond = worldly.inbox.mails
    assert plain["To"] == ONE
    assert plain["Message-ID"] == beyond["Message-ID"]


def test_where_no_plain_address_is_taken_the_other_is_written_to_at_once(worldly: Office) -> None:
    worldly.inbox.refuse = {ONE: "550 no such person"}
    assert said_of(worldly.send([ONE, BEYOND])) == ({ONE: "550 no such person"}, {})
    assert worldly.had == [[BEYOND]]


def test_a_domain_beyond_ascii_is_written_as_the_name_service_has_it(office: Office) -> None:
    assert said_of(office.send(["ap@bücher.example"])) == ({}, {})
    assert office.had == [["ap@xn--bcher-kva.example"]]


def test_answers_go_nowhere_rather_than_keep_a_mail_back(office: Office) -> None:
    assert isinstance(office.send([ONE], reply_to=BEYOND), Taken)
    assert office.inbox.mails[0]["Reply-To"] is None


def test_a_mail_says_when_it_was_first_sent(office: Office) -> None:
    first = datetime(2026, 11, 23, 15, 2, tzinfo=UTC)
    office.send([ONE], date=first)
    assert parsedate_to_datetime(office.inbox.mails[0]["Date"]) == first


def test_each_mail_has_a_date(office: Office) -> None:
    office.send([ONE])
    assert parsedate_to_datetime(office.inbox.mails[0]["Date"]).tzinfo is not None
