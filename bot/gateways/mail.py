"""Mail over SMTP with a total deadline, sorted into the outcome classes."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from urllib.parse import unquote, urlsplit

from bot.clock import MachineClock
from bot.gateways.addressees import BEYOND_ASCII, Addressees, addressees_of, listed
from bot.gateways.connecting import Connector
from bot.gateways.letters import letter_of
from bot.gateways.outcomes import NotSent, Outcome, PutOff, Refused, Taken, Unknown, in_words
from bot.gateways.smtp_talk import Talk
from protocols.words.masking import masked_and_cut

_monotonic = MachineClock().monotonic
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_ACCEPTED = frozenset({250, 251, 252})
_MOST_OF_AN_ANSWER = 120
_PORTS = {"smtp": 25, "smtps": 465, "starttls": 587, "smtp+starttls": 587}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes.

    Attributes:
        host: server name.
        port: its port.
        encryption: "none", "tls" from the first byte, "starttls" demanded, or "offered", which
            takes STARTTLS when the server offers it.
        user: login name; empty for no login.
        password: its password.
    """

    host: str
    port: int
    encryption: str
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Show the server without its password."""
        return f"MailServer({self.host}:{self.port}, {self.encryption})"


def server_of(url: str) -> MailServer:
    """Read SMTP_URL: `smtp://user:password@host:port`, `smtps://...` or `starttls://...`.

    Raises:
        ValueError: The address names no server or an unknown scheme.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("SMTP_URL must look like smtp://user:password@host:port.")
    by_scheme = {"smtps": "tls", "smtp": "offered"}
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        encryption=by_scheme.get(parts.scheme, "starttls"),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


@cache
def trusted() -> ssl.SSLContext:
    """Return the certificates that the system trusts: read once, which takes a while."""
    return ssl.create_default_context()


class MailGateway:
    """Sends one mail per call over a fresh connection.

    Args:
        url: SMTP_URL.
        sender: the address mails come from.
        vendor: the vendor's name, for `{vendor} support`.
        trust: certificates to trust; the system's by default.
        connector: opens connections.
    """

    def __init__(
        self,
        url: str,
        *,
        sender: str,
        vendor: str,
        trust: ssl.SSLContext | None = None,
        connector: Connector | None = None,
    ) -> None:
        self._server = server_of(url)
        self._sender = sender
        self._vendor = vendor
        self._trust = trust or trusted()
        self._connector = connector or Connector()

    def send(self, payload: Mapping[str, object], *, key: str, deadline_s: float) -> Outcome:
        """Send one mail; a mail sent again carries the same Message-ID.

        Args:
            payload: see `letter_of`; "answered" names addresses that are not asked for again.
            key: the outbox key.
            deadline_s: the total time, from the look-up of the server's name on; nothing of this
                try is sent after it.

        Returns:
            Unknown once the whole text was handed over and no answer came; NotSent before that.
            Taken once one address has it: "refused" and "put_off" then name the others, and why.
        """
        until_s = _monotonic() + deadline_s
        try:
            everyone = addressees_of(payload)
            turns = self._turns(payload, everyone, key)
        except ValueError as refused:
            return Refused(str(refused))
        if not turns:
            why = "; ".join(f"{each!r}: {why}" for each, why in everyone.none.items())
            return Refused(why or "The mail is addressed to nobody.")
        post = _Posting(self._server, self._trust, self._connector, until_s)
        return post.deliver(turns, everyone.none, self._sender)

    def _turns(
        self, payload: Mapping[str, object], everyone: Addressees, key: str
    ) -> tuple[_Turn, ...]:
        """Return the mail for those who can be written to anywhere, and the one for the others.

        Raises:
            LetterRefused: It cannot be written.
        """
        left = everyone.without(frozenset(listed(payload.get("answered"))))
        return tuple(
            _Turn(
                letter_of(payload, key=key, sender=self._sender, vendor=self._vendor, utf8=utf8),
                {each: found.addr_spec for each, found in whom.items()},
                utf8,
            )
            for whom, utf8 in ((left.plain, False), (left.beyond, True))
            if whom
        )

    def close(self) -> None:
        """Do nothing: every mail has a connection of its own."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A mail and whom it is for; each address with what is said to the server."""

    letter: EmailMessage
    whom: Mapping[str, str]
    utf8: bool


class _Posting:
    """One conversation with a mail server, which remembers how far it came."""

    def __init__(
        self, server: MailServer, trust: ssl.SSLContext, connector: Connector, until_s: float
    ) -> None:
        self._server = server
        self._trust = trust
        self._connector = connector
        self._until_s = until_s
        self._talk: Talk | None = None
        self._refused: dict[str, str] = {}
        self._put_off: dict[str, str] = {}

    @property
    def _handed_over(self) -> bool:
        return self._talk is not None and self._talk.handed_over

    def deliver(self, turns: Sequence[_Turn], refused: Mapping[str, str], sender: str) -> Outcome:
        """Hold the conversation and say what came of it."""
        self._refused |= refused
        try:
            with contextlib.closing(self._connect()) as self._talk:
                return self._converse(self._talk, turns, sender)
        except smtplib.SMTPAuthenticationError as error:
            return Refused(
                f"the mail server refused the login ({error.smtp_code})", permanent=False
            )
        except smtplib.SMTPResponseException as error:
            return self._of_code(error.smtp_code, "the mail server")
        except smtplib.SMTPNotSupportedError as error:
            return Refused(f"the mail server cannot: {error}", permanent=False)
        except UnicodeError:
            return Refused("the sender's address has letters that this mail server cannot take")
        except (OSError, smtplib.SMTPException) as error:
            reason = f"the mail connection broke: {in_words(error)}"
            return Unknown(reason) if self._handed_over else NotSent(reason)

    def _converse(self, smtp: Talk, turns: Sequence[_Turn], sender: str) -> Outcome:
        """Hand the mail over in the first turn in which the server takes an address."""
        for number, turn in enumerate(turns):
            if turn.utf8 and not smtp.has_extn("smtputf8"):
                self._refused |= dict.fromkeys(turn.whom, BEYOND_ASCII)
                continue
            code, _ = smtp.mail(sender, ["SMTPUTF8"] if turn.utf8 else [])
            if code != 250:
                return self._of_code(code, "the mail server refused the sender")
            if not self._accepted(smtp, turn):
                smtp.rset()
                continue
            for later in turns[number + 1 :]:
                self._put_off |= dict.fromkeys(later.whom, "it is written to by itself")
            return self._hand_over(smtp, turn)
        if self._put_off:
            return PutOff(f"the mail server asks for another try later: {_said(self._put_off)}")
        return Refused(f"the mail server refused every address: {_said(self._refused)}")

    def _accepted(self, smtp: Talk, turn: _Turn) -> bool:
        """Ask for each address, and say whether the server takes the mail for any of them."""
        taken = False
        for each, spec in turn.whom.items():
            code, answer = smtp.rcpt(spec)
            why = masked_and_cut(f"{code} {answer.decode(errors='replace')}", _MOST_OF_AN_ANSWER)
            if code in _ACCEPTED:
                taken = True
            elif 500 <= code < 600:
                self._refused[each] = why
            else:
                self._put_off[each] = why
        return taken

    def _hand_over(self, smtp: Talk, turn: _Turn) -> Outcome:
        code, _ = smtp.hand_over(turn.letter.as_bytes())
        if code != 250:
            return self._of_code(code, "the mail server refused the text")
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.say_goodbye()
        result: dict[str, object] = {"message_id": str(turn.letter["Message-ID"])}
        if self._refused:
            result["refused"] = self._refused
        if self._put_off:
            result["put_off"] = self._put_off
        return Taken(result)

    def _of_code(self, code: int, who: str) -> Outcome:
        if 400 <= code < 500:
            return NotSent(f"{who} and asks for another try later ({code})")
        if 500 <= code < 600:
            return Refused(f"{who} ({code})")
        # Not an answer: half a line before the connection ended, or not SMTP at all.
        return Unknown(f"{who} ({code})") if self._handed_over else NotSent(f"{who} ({code})")

    def _connect(self) -> Talk:
        server = self._server
        raw = self._connector.open(server.host, server.port, until_s=self._until_s)
        try:
            if server.encryption == "tls":
                raw = self._trust.wrap_socket(raw, server_hostname=server.host)
            talk = Talk(raw, server.host, self._until_s)
            self._begin(talk)
        except BaseException:
            raw.close()
            raise
        return talk

    def _begin(self, talk: Talk) -> None:
        """Greet, encrypt as the settings say, and log in."""
        server = self._server
        try:
            talk.ehlo_or_helo_if_needed()
            offered = server.encryption == "offered" and talk.has_extn("starttls")
            demanded = server.encryption == "starttls" or offered
            if demanded:
                talk.starttls(context=self._trust)
                talk.ehlo()
            if server.user:
                self._check_private(encrypted=server.encryption == "tls" or demanded)
                talk.login(server.user, server.password)
        except BaseException:
            talk.close()
            raise

    def _check_private(self, *, encrypted: bool) -> None:
        # Whoever strips STARTTLS from the greeting would otherwise be handed the password.
        if not encrypted and self._server.host not in _THIS_MACHINE:
            raise smtplib.SMTPNotSupportedError("it offers no encryption for the login")


def _said(answers: Mapping[str, str]) -> str:
    """Return what was answered for some addresses, by code: a server's words may name them."""
    words = (why.partition(" ")[0] if why[:1].isdigit() else why for why in answers.values())
    return "; ".join(dict.fromkeys(words))
