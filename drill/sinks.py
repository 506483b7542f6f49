"""Where mails, pages and status posts end: kept, with the time, and shown to nobody else."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from drill.core import Slack

Wire = dict[str, Any]

HANG_S = 120.0


class MailSink:
    """An SMTP server that keeps what it is given. It can refuse or hang by a fault on ``smtp``."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.port = 0
        self._server: asyncio.Server | None = None

    async def start(self, port: int) -> None:
        """Listen on the loopback; port 0 takes a free one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    def _protocol(self) -> asyncio.Protocol:
        protocol: asyncio.Protocol = SMTP(self, enable_SMTPUTF8=True, hostname="drill.example")
        return protocol

    def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail, or fail as a fault rule says."""
        del server, session
        raw = bytes(envelope.original_content or b"")
        mail = read_mail(raw)
        mail |= {"from": envelope.mail_from, "to": list(envelope.rcpt_tos), "at": self.slack.at()}
        fault = self.slack.faults.hit("smtp", {"to": mail["to"], "subject": mail["subject"]})
        if fault is not None and not fault.applies:
            if fault.kind == "hang":
                await self.slack.linger(HANG_S)
            permanent = fault.kind in ("500", "error")
            return "554 refused" if permanent else "451 try again later"
        self.slack.mails.append(mail)
        self.slack.touch()
        if fault is not None and fault.kind == "lost":
            await self.slack.linger(HANG_S)
        return "250 OK"


def read_mail(raw: bytes) -> Wire:
    """Return a mail's headers and texts."""
    parsed = message_from_bytes(raw, policy=policy.default)
    mail: Wire = {
        "subject": str(parsed.get("Subject", "")),
        "message_id": str(parsed.get("Message-ID", "")),
        "reply_to": str(parsed.get("Reply-To", "")),
        "headers": {key: str(value) for key, value in parsed.items()},
        "text": "",
        "html": "",
    }
    if isinstance(parsed, EmailMessage):
        for kind, name in (("plain", "text"), ("html", "html")):
            body = parsed.get_body(preferencelist=(kind,))
            if body is not None:
                mail[name] = str(body.get_content())
    return mail
