"""The mail gateway against a real SMTP server: words, headers, outcome classes, deadline."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from bot.gateways.letters import message_id_of
from bot.gateways.mail import MailGateway, server_of
from bot.gateways.outcomes import NotSent, Outcome, Refused, Taken, Unknown
from tests.kit.ports import free_port

SENDER = "support@vendor.example"
LETTER = {
    "to": "director@acme.example",
    "subject": "[BW-1001] Duplicate payment",
    "body": "We know what happened.\nNext update by 15:02.",
    "reply_to": "csm.one@vendor.example",
}


class Inbox:
    """An aiosmtpd handler that keeps mails and can refuse."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse_data = ""
        self.refuse: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuse_data:
            return self.refuse_data
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


class Post:
    """A running server and a gateway to it."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.server = Controller(self.inbox, hostname="127.0.0.1", port=free_port())
        self.server.start()
        url = f"smtp://127.0.0.1:{self.server.port}"
        self.gateway = MailGateway(url, sender=SENDER, vendor="Northwind")

    def send(self, *, key: str = "k1", deadline_s: float = 3.0, **more: object) -> Outcome:
        return self.gateway.send({**LETTER, **more}, key=key, deadline_s=deadline_s)


@pytest.fixture
def post() -> Iterator[Post]:
    running = Post()
    yield running
    running.server.stop()


def test_a_mail_comes_from_the_vendors_support_and_answers_go_to_a_person(post: Post) -> None:
    assert isinstance(post.send(), Taken)
    mail = post.inbox.mails[0]
    assert mail["From"] == f"Northwind support <{SENDER}>"
    assert mail["Reply-To"] == "csm.one@vendor.example"
    assert mail["Subject"] == "[BW-1001] Duplicate payment"
    assert mail.get_content().splitlines() == [
        "We know what happened.",
        "Next update by 15:02.",
    ]


def test_a_resend_carries_the_same_message_id(post: Post) -> None:
    post.send()
    post.send()
    post.send(key="k2")
    ids = [mail["Message-ID"] for mail in post.inbox.mails]
    assert ids[0] == ids[1] == message_id_of("k1", SENDER)
    assert ids[2] != ids[0]


def test_a_drill_is_marked_in_subject_header_and_text(post: Post) -> None:
    post.send(drill=True)
    mail = post.inbox.mails[0]
    assert mail["Subject"].startswith("DRILL ")
    assert mail["X-Bridgewatch-Drill"] == "yes"
    assert mail.get_content().startswith("DRILL - ")


def test_words_beyond_ascii_arrive_as_written(post: Post) -> None:
    post.send(subject="[BW-1001] Zahlung doppelt gebucht – Überblick", body="Größe: 5 €, 日本")
    mail = post.inbox.mails[0]
    assert mail["Subject"] == "[BW-1001] Zahlung doppelt gebucht – Überblick"
    assert mail.get_content().strip() == "Größe: 5 €, 日本"


def test_lines_that_begin_with_dots_arrive_as_written(post: Post) -> None:
    post.send(body="first\n.\n..two\n.three\n\nlast")
    lines = post.inbox.mails[0].get_content().splitlines()
    assert lines == ["first", ".", "..two", ".three", "", "last"]


def test_a_text_without_a_last_line_end_arrives_whole(post: Post) -> None:
    post.send(body="one line", html="<p>one line</p>")
    assert [part.get_content().strip() for part in post.inbox.mails[0].iter_parts()] == [
        "one line",
        "<p>one line</p>",
    ]


def test_a_line_break_in_a_header_is_refused_and_nothing_leaves(post: Post) -> None:
    outcome = post.send(subject="[BW-1001]\r\nBcc: everyone@acme.example")
    assert isinstance(outcome, Refused)
    assert post.inbox.mails == []


@pytest.mark.parametrize("to", ["", [], "nobody", "a@b.example\r\nBcc: c@d.example", 7])
def test_an_address_that_is_none_is_refused(post: Post, to: object) -> None:
    assert isinstance(post.send(to=to), Refused)
    assert post.inbox.mails == []


def test_one_refused_address_does_not_keep_the_mail_from_the_others(post: Post) -> None:
    post.inbox.refuse = {"gone@acme.example": "550 no such person"}
    outcome = post.send(cc=["gone@acme.example"])
    assert isinstance(outcome, Taken)
    assert outcome.result["refused"] == {"gone@acme.example": "550 no such person"}
    assert post.inbox.recipients == [["director@acme.example"]]


def test_a_mail_nobody_may_get_is_refused(post: Post) -> None:
    post.inbox.refuse = {"director@acme.example": "550 no such person"}
    assert isinstance(post.send(), Refused)


def test_a_full_mailbox_is_tried_again_later(post: Post) -> None:
    post.inbox.refuse = {"director@acme.example": "452 mailbox full"}
    assert isinstance(post.send(), NotSent)


@pytest.mark.parametrize(("answer", "kind"), [("554 no", Refused), ("451 later", NotSent)])
def test_a_refused_text_was_not_taken(post: Post, answer: str, kind: type[Outcome]) -> None:
    post.inbox.refuse_data = answer
    assert isinstance(post.send(), kind)


def test_a_server_that_is_not_there_got_nothing() -> None:
    gateway = MailGateway(f"smtp://127.0.0.1:{free_port()}", sender=SENDER, vendor="Northwind")
    assert isinstance(gateway.send(LETTER, key="k", deadline_s=2), NotSent)


class Rude:
    """A server that speaks SMTP until a word, and then does something rude."""

    def __init__(self, after: bytes, then: str) -> None:
        self._after = after
        self._then = then
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        peer, _ = self._listener.accept()
        with peer, peer.makefile("rb") as lines:
            if self._after == b"":
                self._be_rude(peer)
                return
            peer.sendall(b"220 hello\r\n")
            in_text = False
            for line in lines:
                word = line.strip().upper()
                if in_text and word != b".":
                    continue
                if word.startswith(self._after):
                    self._be_rude(peer)
                    return
                in_text = word == b"DATA"
                peer.sendall(b"354 go\r\n" if in_text else b"250 OK\r\n")

    def _be_rude(self, peer: socket.socket) -> None:
        while self._then == "drip" and not self._over.wait(0.05):
            try:
                peer.sendall(b"2")
            except OSError:
                return
        if self._then == "hang":
            self._over.wait(10)


@pytest.mark.parametrize("then", ["hang", "drip", "close"])
@pytest.mark.parametrize(
    ("after", "kind"), [(b"", NotSent), (b"RCPT", NotSent), (b"DATA", NotSent), (b".", Unknown)]
)
def test_once_the_text_is_handed_over_a_silent_server_leaves_the_outcome_unknown(
    after: bytes, kind: type[Outcome], then: str
) -> None:
    rude = Rude(after, then)
    gateway = MailGateway(f"smtp://127.0.0.1:{rude.port}", sender=SENDER, vendor="Northwind")
    began = time.monotonic()
    outcome = gateway.send(LETTER, key="k", deadline_s=0.5)
    rude.close()
    assert isinstance(outcome, kind)
    assert time.monotonic() - began < 2.0


def test_a_password_is_not_shown() -> None:
    server = server_of("smtps://desk:s%40fe@mail.example:465")
    assert (server.user, server.password, server.encryption) == ("desk", "s@fe", "tls")
    assert "s@fe" not in repr(server)


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", ""])
def test_an_address_that_names_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        server_of(url)


@pytest.mark.parametrize(("password", "kind"), [("right", Taken), ("wrong", Refused)])
def test_a_login_is_used_and_a_wrong_one_is_not_the_mails_fault(
    password: str, kind: type[Outcome]
) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, auth: Any) -> AuthResult:
        return AuthResult(success=auth.password == b"right", handled=False)

    inbox = Inbox()
    server = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=check,
        auth_require_tls=False,
    )
    server.start()
    gateway = MailGateway(
        f"smtp://desk:{password}@127.0.0.1:{server.port}", sender=SENDER, vendor="Northwind"
    )
    outcome = gateway.send(LETTER, key="k", deadline_s=3)
    server.stop()
    assert isinstance(outcome, kind)
    assert len(inbox.mails) == (kind is Taken)
    assert not (isinstance(outcome, Refused) and outcome.permanent)
