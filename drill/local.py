"""The local Slack for tests: runs in a thread on free ports, and reads as prose.

with LocalSlack(Path("app.yaml")) as slack:
    slack.request_url = bot.url
    csm = slack.person("csm-one")
    csm.command("/ticket", "Duplicate payments")
    csm.view.fill({"Account": "Acme"}).submit()
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from drill.faults import Fault
from drill.people import Person
from drill.posting import tell
from drill.record import Delivery
from drill.running import RunningSlack
from drill.world import Channel

Wire = dict[str, Any]


class LocalSlack(RunningSlack):
    """A running local Slack, and all that a test may do with it."""

    # -- where things are -------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        """The Web API's address, ending in ``/api/``."""
        return self.space.api_url

    @property
    def base_url(self) -> str:
        """The address of everything else: control API, sinks, page."""
        return self.core.base_url

    @property
    def smtp_url(self) -> str:
        """Where mail is taken."""
        return f"smtp://127.0.0.1:{self.space.mail.port}"

    @property
    def pager_url(self) -> str:
        """Where pages are taken."""
        return f"{self.base_url}/sink/pager"

    @property
    def status_url(self) -> str:
        """Where status posts are taken."""
        return f"{self.base_url}/sink/statuspage"

    @property
    def bot_token(self) -> str:
        """The token the bot must use."""
        return self.core.settings.bot_token

    @property
    def app_token(self) -> str:
        """The token Socket Mode asks for."""
        return self.core.settings.app_token

    @property
    def signing_secret(self) -> str:
        """The secret requests are signed with."""
        return self.core.settings.signing_secret

    @property
    def request_url(self) -> str:
        """Where the bot takes Slack's requests."""
        return self.core.settings.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        clock = f"{url.removesuffix('/slack/events')}/drill/clock"
        self.core.settings = replace(self.core.settings, request_url=url, app_clock_url=clock)

    # -- people and what happened -----------------------------------------------------------

    def person(self, who: str) -> Person:
        """Return a person to act as, by seed key, handle, name, e-mail or id."""
        return Person(self, self.core.world.person(who).id)

    def deliveries(self, kind: str | None = None, name: str | None = None) -> list[Delivery]:
        """Return what was delivered to the bot so far."""
        return [
            delivery
            for delivery in list(self.core.record.deliveries)
            if (kind is None or delivery.kind == kind) and (name is None or delivery.name == name)
        ]

    @property
    def mails(self) -> list[Wire]:
        """Every mail that left."""
        return list(self.core.mails)

    @property
    def pages(self) -> list[Wire]:
        """Every page that left."""
        return list(self.core.pages)

    @property
    def status_posts(self) -> list[Wire]:
        """Every status post that left."""
        return list(self.core.status_posts)

    def channel(self, name: str) -> Channel:
        """Return a channel by name or id, whoever is in it."""
        return self.ask(lambda: self.core.world.channel_named(name))

    @property
    def channel_names(self) -> list[str]:
        """The names of all channels, private and archived ones too."""
        return self.ask(
            lambda: [c.name for c in self.core.world.channels.values() if c.kind == "channel"]
        )

    # -- weather ----------------------------------------------------------------------------

    def fault(self, method: str, kind: str, **more: Any) -> Fault:
        """Let calls of a method go wrong; see ``drill.faults.Fault``."""
        rule = Fault(method=method, kind=kind, **more)
        self.core.faults.rules.append(rule)
        return rule

    def clear_faults(self) -> None:
        """Drop all fault rules."""
        self.core.faults.rules.clear()

    def lacks(self, *names: str) -> None:
        """Refuse these kinds and fields as an older Slack does; none of them: take all again."""
        self.ask(lambda: self.core.faults.lack(names))

    def down(self) -> None:
        """Take Slack down: API connections refused, sockets dropped."""
        self.run(self.space.set_down(down=True))

    def up(self) -> None:
        """Bring Slack back."""
        self.run(self.space.set_down(down=False))

    def rates(self, *, on: bool = True, commercial: bool = False) -> None:
        """Enforce rate limits, or not."""
        self.core.rates.on = on
        self.core.rates.commercial = commercial

    def latency(self, milliseconds: int) -> None:
        """Let each API call take this long at least."""
        self.core.latency_ms = milliseconds

    def mishap(self, kind: str, name: str = "", count: int = 1) -> None:
        """Let event deliveries go wrong: duplicate, two_ids, lost, reversed."""
        self.ask(lambda: self.space.events.mishap(kind, name, count))

    def retry_events(self) -> int:
        """Make every waiting event attempt at once."""
        return self.ask(self.space.events.retry_now)

    def tells_again(self, channel: str, ts: str) -> None:
        """Send the event of a message once more, under another id."""

        def again() -> None:
            found = self.core.world.channel_named(channel)
            tell(self.core, found, found.messages[ts])

        self.ask(again)

    def forget_events(self) -> None:
        """Give up every event that waits for another attempt, as Slack does in the end."""
        self.ask(self.space.events.forget)

    def pending_events(self) -> int:
        """Return how many events wait for another attempt."""
        return self.ask(lambda: len(self.space.events.pending))

    def forge(self, kind: str, body: bytes = b"command=%2Fticket&text=forged") -> int:
        """Send the bot a request with a bad signature; return the status it answers."""
        form = "application/x-www-form-urlencoded"
        return self.run(self.space.inbound.post(body, form, forgery=kind)).status

    def challenge(self) -> bool:
        """Ask the bot to prove its Request URL; tell whether it gave the challenge back."""
        asked = {"type": "url_verification", "token": "t", "challenge": "prove-it"}
        body = json.dumps(asked).encode()
        ack = self.run(self.space.inbound.post(body, "application/json"))
        return ack.status == 200 and b"prove-it" in ack.body

    def expired_triggers_read_as_arguments(self) -> None:
        """Refuse a late trigger in the older form: ``invalid_arguments`` and a message."""
        self.core.expired_as_arguments = True

    def sockets(self) -> int:
        """Return how many Socket Mode connections are open."""
        return self.ask(lambda: len(self.space.hub.lines))

    def disconnect(self, reason: str = "refresh_requested") -> int:
        """Send every socket a disconnect frame."""
        return self.run(self.space.hub.disconnect(reason))

    def drop_sockets(self) -> int:
        """Close every socket without a word."""
        return self.run(self.space.hub.drop())

    def share(self, channel: str, team_id: str = "T0ACME0001", *, shared: bool = True) -> None:
        """Share a channel with another organisation, or end that."""
        self.ask(lambda: self.space.talking.share(channel, team_id, shared=shared))

    def set_kind(self, who: str, kind: str) -> None:
        """Change an account: deactivated, guest, ..."""
        self.ask(lambda: self.space.talking.set_kind(who, kind))

    def populate(self, count: int) -> None:
        """Have so many more people in the workspace, listed before everybody else."""
        self.ask(lambda: self.space.talking.populate(count))

    def adopt_clock(self, now: datetime) -> None:
        """Take over the bot's business time for message timestamps."""
        self.ask(lambda: self.core.clock.adopt(now))

    def reset(self) -> None:
        """Go back to the seed."""

        def start_over() -> None:
            self.space.events.forget()
            self.core.reset()

        self.ask(start_over)
