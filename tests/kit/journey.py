"""An incident played by gestures: a real bot, a local Slack, and what every audience heard.

Whatever left the house must be claimed by the test with ``hears``; what nobody claimed fails it.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, takewhile
from pathlib import Path
from typing import Any, TypeVar

from drill import payloads
from drill.errors import DrillRefusal
from drill.finding import find_button
from drill.interact import outcome
from drill.local import LocalSlack
from drill.people import Person
from drill.reading import Form, Outcome, Seen
from drill.walking import texts_of
from protocols.bridge.state import BridgeState
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.ticket import Ticket
from store.db import Database
from store.write import meta
from tests.kit.bot import DIRECTORY, ROOT, RunningBot
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import until

BRIDGE = "bw-1001-acme"
SHARED = "acme-support"
CUSTOMER = "ap.director.one@acme.example"
PROCESSOR = "duty@processor.example"
SPONSOR = "sponsor.one@vendor.example"
STATUS_PAGE = "status page"
HOUSE = "@vendor.example"

MONEY = "Business impact: money and records"
PLATFORM = "Business impact: platform and security"
PAYMENTS = "Business impact: payments and scope"
FUNDS = "Funds moved wrongly: duplicate, failed or misdirected"
CONFIRMED = "Is the wrong payment confirmed?"
YES = "Yes, we or the account have seen it"
REPORTED = "Reported, not yet confirmed"
THEY_TOLD = "The account told us"
WE_FOUND = "We found it"

KNOWN = "412 payments of your run of 23 November were submitted twice."
DOING = "We are separating the affected payments."

STARTS_AT = datetime(2026, 11, 23, 14, 2, 10, tzinfo=UTC)
"""A Monday morning in New York, before a week with a bank holiday."""

_BECAME = re.compile(r"✅ You told us on|BW-\d+ (?:has been open again since|is closed\. Reply in)")
_BARE = re.compile(r"BW-\d+: (?:solved|closed|open again)\.$")
_OUTWARD = ("chat.postMessage", "chat.update", "chat.postEphemeral")
_SHOWN_LIMIT_S = 30.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that reached an audience outside.

    Attributes:
        audience: A shared channel's name, an address, or the status page.
        words: All it says.
        kind: The API method, ``mail`` or ``post``.
    """

    audience: str
    words: str
    kind: str


class Journey:
    """An incident that people play by gestures.

    Args:
        slack: The local Slack.
        bot: The bot that runs against it.
        settings: Those of its settings that are not every test's.
    """

    def __init__(self, slack: LocalSlack, bot: RunningBot, settings: Mapping[str, Any]) -> None:
        self.slack = slack
        self.bot = bot
        self._settings = dict(settings)
        self._claimed: set[tuple[str, int]] = set()
        self._allowed_notices = 0

    def restarts(self, url: str) -> None:
        """End the bot as SIGTERM does, and start another on the same database."""
        self.bot.stop()
        self.bot = RunningBot(addresses_of(self.slack), url, **self._settings)
        self.bot.start()
        self.slack.request_url = self.bot.events_url
        self.bot.wait_until_known()

    # -- people's gestures -------------------------------------------------------------------

    def person(self, who: str) -> Person:
        """Return a person to act as."""
        return self.slack.person(who)

    def press(self, who: str, label: str, channel: str | None = BRIDGE, ts: str = "") -> Outcome:
        """Press a button that the person sees, or will see in a moment."""
        person = self.person(who)

        def pressed() -> Outcome | None:
            try:
                return person.press(label, channel=channel, ts=ts)
            except DrillRefusal as missing:
                if not any(each in str(missing) for each in ("sees no button", "is not in")):
                    raise
                return None

        outcome = until(pressed, _SHOWN_LIMIT_S, every_s=0.03, what=f"{who}: [{label}]")
        assert outcome is not None
        assert outcome.failure == "", outcome
        self.settle()
        return outcome

    def opens(self, who: str, label: str, channel: str | None = BRIDGE) -> Form:
        """Press a button that opens a form, and return the form."""
        person = self.person(who)
        before = self.view_id(who)
        self.press(who, label, channel)
        self.sees(lambda: self.view_id(who) not in ("", before), f"{who}: the form of [{label}]")
        return person.view

    def form(self, who: str, label: str, channel: str | None = BRIDGE, /, **fields: object) -> Form:
        """Press a button, fill its form by the fields' names, and submit it."""
        form = self.opens(who, label, channel)
        for name, value in fields.items():
            form.choose(name, value)
        return self.submits(who)

    def submits(self, who: str) -> Form:
        """Press the submit button of the form in front, and return the form."""
        form = self.person(who).view
        outcome = form.submit()
        assert outcome.failure == "", outcome
        self.settle()
        return form

    def types(self, who: str, command: str, text: str, channel: str | None = BRIDGE) -> str:
        """Type a command, and return what the person alone is shown for it; "" when nothing."""
        person = self.person(who)
        before = len(person.ephemerals)
        outcome = person.command(command, text, channel=channel)
        assert outcome.failure == "", outcome
        self.settle()
        return "\n".join(seen.words for seen in person.ephemerals[before:])

    def answered(self, who: str, act: Callable[[], object]) -> str:
        """Do something, and return what the person alone was shown for it."""
        person = self.person(who)
        before = len(person.ephemerals)
        act()
        self.sees(lambda: len(person.ephemerals) > before, f"{who} is answered")
        return "\n".join(seen.words for seen in person.ephemerals[before:])

    def view_id(self, who: str) -> str:
        """Return the id of the form in front of a person; empty when there is none."""
        person = self.person(who)
        return person.view.id if person.has_view else ""

    def closes_all(self, who: str) -> None:
        """Close every form in front of a person."""
        person = self.person(who)
        if person.has_view:
            person.view.close(everything=True)

    # -- the ways in -------------------------------------------------------------------------

    def reported(self, words: str = "Our bank shows the 23 Nov run twice.") -> Seen:
        """Have the customer write in the shared channel."""
        said = self.person("ap-director-one").say(SHARED, words)
        self.settle()
        return said

    def form_from_message(self, who: str = "csm-one", words: str = "Our run went twice.") -> Form:
        """Open the form from a message of the customer's."""
        said = self.reported(words)
        outcome = self.person(who).shortcut("Open ticket from message", on=said, channel=SHARED)
        assert outcome.failure == "", outcome
        self.sees(lambda: self.person(who).has_view, "the form")
        return self.person(who).view

    def form_from_command(self, who: str = "csm-one", text: str = "Payments sent twice") -> Form:
        """Open the form by typing."""
        before = self.view_id(who)
        outcome = self.person(who).command("/ticket", text)
        assert outcome.failure == "", outcome
        self.sees(lambda: self.view_id(who) not in ("", before), "the form")
        return self.person(who).view

    def fills(self, form: Form, **fields: object) -> Form:
        """Fill the opening form; each live field's answer is waited for."""
        order = ("account", "signal", "impact_platform", "impact_money", "impact_payments")
        for name in (*order, "confirmed", "noticed", *fields):
            if name in fields:
                self._choose(form, name, fields.pop(name))
        return form

    def _choose(self, form: Form, name: str, value: object) -> None:
        before = str(form.wire.get("hash", ""))
        found = self.sees(lambda: self._block(form, name), f"the field {name}")
        outcome = form.choose(found, value)
        assert outcome.failure == "", outcome
        if outcome.sent:
            self.sees(lambda: str(form.wire.get("hash", "")) != before, f"the form after {name}")

    @staticmethod
    def _block(form: Form, name: str) -> str:
        ids = [str(block.get("block_id", "")) for block in form.wire["blocks"]]
        return next((found for found in ids if found.partition(":")[0] == name), "")

    def opened(
        self,
        who: str = "csm-one",
        *,
        from_message: bool = True,
        settles: bool = True,
        **fields: object,
    ) -> Ticket:
        """Open a ticket; without fields a Tier 3 of Acme whose wrong payment is reported."""
        form = self.form_from_message(who) if from_message else self.form_from_command(who)
        chosen: dict[str, object] = {"impact_money": [FUNDS], "confirmed": REPORTED}
        if not from_message:
            chosen = {"account": "Acme", **chosen, "noticed": THEY_TOLD}
        chosen = {"summary": "Payments of 23 Nov sent twice", **(fields or chosen)}
        self.fills(form, **chosen)
        before = self.newest_reference()
        outcome = form.submit()
        assert outcome.failure == "", outcome
        assert not outcome.errors, outcome
        self.sees(lambda: self.newest_reference() != before, "the ticket")
        if settles:
            self.settle()
        self.closes_all(who)
        return self.bot.ticket(self.newest_reference())

    def takes_up(self) -> None:
        """Confirm the scope, bring everyone in, and have the three roles accepted."""
        scope = {"accounts": "Acme only", "since": "13:10 UTC", "how": "seen by the bank"}
        self.form("csm-one", "Scope confirmed", **scope)
        self.press("csm-one", "Bring them in now")
        for who in ("engineering-lead-one", "cs-manager-one"):
            self.press(who, "I am on it", None)
        for who in ("engineer-one", "csm-two", "support-one"):
            self.press(who, "Accept", None)

    def drafts(
        self, known: str = KNOWN, doing: str = DOING, *, who: str = "csm-two", opens: bool = True
    ) -> Form:
        """Write an update and press **Put in review**; return the form."""
        form = self.opens(who, "Draft update") if opens else self.person(who).view
        form.fill({"known": known, "doing": doing})
        return self.submits(who)

    def reads(self, who: str, words: str, channel: str | None = BRIDGE) -> Seen:
        """Return a message as it reads now, whatever becomes of it later."""
        person = self.person(who)
        found = self.sees(lambda: person.sees(channel, words), words)
        return Seen(copy.deepcopy(found.wire))

    def presses_old(
        self, who: str, message: Seen, label: str, channel: str | None = BRIDGE
    ) -> Outcome:
        """Press a button of a message as it looked when it was read."""
        space, user = self.slack.space, self.person(who).user
        found = find_button(message.wire["blocks"], label)
        assert found is not None, label
        block, element, option = found

        async def press() -> Outcome:
            world = space.slack.world
            place = world.channel_named(channel) if channel else world.direct((user.id,))
            action = {
                "type": element["type"], "action_id": element["action_id"],
                "block_id": block["block_id"], "action_ts": space.slack.clock.stamp(),
            }  # fmt: skip
            action |= {"selected_option": option} if option else {"value": element.get("value")}
            payload = payloads.message_action(
                space.slack, user, place, message.wire, action, values={}
            )
            ack = await space.acting.inbound.interactive(payload, element["action_id"], user.id)
            return Outcome.of(outcome(ack, ack.failure))

        pressed = self.slack.run(press())
        assert pressed.failure == "", pressed
        self.settle()
        return pressed

    def newest_reference(self) -> str:
        """Return the newest ticket's reference; empty while there is none."""
        references = (f"BW-{number}" for number in count(1001))
        with self.bot.program.parts.desk.gesture() as desk:
            return next(reversed(list(takewhile(desk.ticket, references))), "")

    @property
    def ticket(self) -> Ticket:
        """Return the first ticket as it stands."""
        return self.bot.ticket("BW-1001")

    def holder(self, role: str) -> str:
        """Return the key of whoever holds a role; empty when nobody does."""
        seat = self.ticket.of(Roles).seat(Role(role))
        return seat.holder.key if seat is not None and seat.holder is not None else ""

    def asked(self, role: str) -> str:
        """Return the key of whoever is asked to take a role; empty when nobody is."""
        seat = self.ticket.of(Roles).seat(Role(role))
        return seat.asked.key if seat is not None and seat.asked is not None else ""

    def is_done(self, kind: StepKind) -> bool:
        """Say whether a step of the first ticket is done."""
        step = self.ticket.of(Ladder).step(kind)
        return step is not None and step.state is StepState.DONE

    def status(self) -> Status:
        """Return where the first ticket stands."""
        return self.ticket.status

    def contact(self) -> str:
        """Return the key of the account's one contact."""
        return self.ticket.poc.key if self.ticket.poc is not None else ""

    def here(self) -> set[str]:
        """Return the keys of those in the bridge, as the desk knows them."""
        return {who.key for who in self.ticket.of(BridgeState).here}

    # -- time --------------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until nothing is on its way: no delivery to the bot, nothing due, nothing unsent."""
        for _ in range(3):
            self.slack.settle()
            self.bot.settle()
            if self.slack.ask(lambda: not self.slack.core.tasks) and self.bot.is_idle():
                return

    def minute(self, minute: float) -> None:
        """Walk to so many minutes after the first ticket was opened."""
        self.bot.walk_to(self.ticket.opened_at + timedelta(minutes=minute))
        self.settle()

    def walk_to(self, at: datetime) -> None:
        """Walk to an instant."""
        self.bot.walk_to(at)
        self.settle()

    def walk(self, **span: float) -> None:
        """Walk on for a span of time."""
        self.walk_to(self.bot.now() + timedelta(**span))

    # -- what is seen and heard --------------------------------------------------------------

    def sees(self, look: Callable[[], T | None], what: str) -> T:
        """Wait until something is seen."""

        def safely() -> T | None:
            try:
                return look()
            except DrillRefusal:
                return None

        found = until(safely, _SHOWN_LIMIT_S, every_s=0.01, what=what)
        assert found is not None
        return found

    def card(self, channel: str = BRIDGE) -> str:
        """Return the bridge's card as it reads now."""
        return self._posts(channel, "csm-one")[0].words

    def lines(self, channel: str = BRIDGE, who: str = "csm-one") -> list[str]:
        """Return the messages of a channel after its card, as one line each."""
        shown = [m for m in self._posts(channel, who) if not m.is_ephemeral]
        return [" / ".join(m.words.splitlines()) for m in shown[1:]]

    def _posts(self, channel: str, who: str) -> list[Seen]:
        """Return what somebody posted; who joined and which topic was set Slack says itself."""
        return [m for m in self.person(who).messages(channel) if not m.subtype]

    def has_line(self, words: str, channel: str = BRIDGE) -> bool:
        """Say whether the bridge was told something."""
        return any(words in line for line in self.lines(channel))

    def told(self, who: str) -> list[str]:
        """Return all that the desk told one person directly, oldest first."""
        return [m.words for m in self.person(who).dm() if not m.is_ephemeral]

    def outside(self) -> list[tuple[tuple[str, int], Heard]]:
        """Return all that reached anyone outside, with what names each."""
        found = []
        shared = self._shared_channels()
        for call in self.slack.calls(applied=True):
            if call.method in _OUTWARD and call.channel in shared and not _takes_buttons(call.args):
                words = "\n".join(_words_of(call.args))
                found.append((("slack", call.n), Heard(shared[call.channel], words, call.method)))
        for at, mail in enumerate(self.slack.mails):
            for address in mail["to"]:
                if not str(address).endswith(HOUSE):
                    words = f"{mail['subject']}\n{mail['text']}"
                    found.append(((f"mail {address}", at), Heard(str(address), words, "mail")))
        for at, post in enumerate(self.slack.status_posts):
            words = json.dumps(post, ensure_ascii=False)
            found.append((("status", at), Heard(STATUS_PAGE, words, "post")))
        return found

    def _shared_channels(self) -> dict[str, str]:
        def read() -> dict[str, str]:
            return {
                c.id: c.name for c in self.slack.core.world.channels.values() if c.is_ext_shared
            }

        return self.slack.ask(read)

    def hears(self, audience: str, *fragments: str) -> list[str]:
        """Claim all that an audience has heard since the last claim: exactly these, in order.

        Returns:
            The words of each.
        """
        self.settle()
        fresh = [
            (key, heard)
            for key, heard in self.outside()
            if key not in self._claimed and heard.audience == audience
        ]
        words = [heard.words for _key, heard in fresh]
        assert len(words) == len(fragments), f"{audience} heard {words}, expected {fragments}"
        for said, fragment in zip(words, fragments, strict=True):
            assert fragment in said, f"{audience} heard {said!r}, not {fragment!r}"
        self._claimed |= {key for key, _heard in fresh}
        return words

    def acme_was_acknowledged(self) -> None:
        """Claim what leaves at T+0 for a matter that Acme reported in its channel."""
        self.hears(SHARED, "We have your report.")
        self.hears(PROCESSOR, "priority matter")

    def unclaimed(self) -> list[Heard]:
        """Return what reached someone outside and no test said so."""
        return [heard for key, heard in self.outside() if key not in self._claimed]

    def allows_notice(self, who: str, words: str) -> None:
        """Allow one sentence that Slack itself shows a person; it must have been shown."""
        self.sees(lambda: any(words in told for told in self.person(who).notices), words)
        self._allowed_notices += 1

    def check(self) -> None:
        """Check that nothing was said that nobody expected, and that Slack covered for nobody."""
        self.settle()
        assert self.unclaimed() == []
        assert len(self.slack.notices) == self._allowed_notices, self.slack.notices


def _takes_buttons(args: Mapping[str, Any]) -> bool:
    """Say whether an edit only says what became of the account's own question, in its place."""
    words, said = _words_of(args), str(args.get("text", ""))
    is_end = any(map(_BECAME.match, words[1:])) or _BARE.match(said) is not None
    return "ts" in args and is_end


def _words_of(args: Mapping[str, Any]) -> list[str]:
    blocks = args.get("blocks") or []
    if isinstance(blocks, str):
        blocks = json.loads(blocks)
    return list(texts_of(blocks)) or [str(args.get("text", ""))]


def set_clock(url: str, at: datetime) -> None:
    """Have the desk's business time begin at an instant."""
    database = Database(url)
    try:
        with database.write() as conn:
            offset_s = (at - datetime.now(UTC)).total_seconds()
            meta.put(conn, meta.CLOCK_OFFSET_S, offset_s)
    finally:
        database.dispose()


@contextmanager
def journey(
    url: str,
    *,
    mode: str = "http",
    rates: bool = False,
    starts_at: datetime = STARTS_AT,
    directory: Path = DIRECTORY,
    world: str | Path = "acme",
    **more: str,
) -> Iterator[Journey]:
    """Run a local Slack and a bot against it, and check at the end that nothing went astray.

    Args:
        url: A migrated, empty database.
        mode: ``http`` or ``socket``.
        rates: Whether the local Slack enforces its rate limits.
        starts_at: Business time at the start.
        directory: Who is who.
        world: The workspace.
        more: Further settings; an empty one takes a setting away.
    """
    set_clock(url, starts_at)
    with LocalSlack(ROOT / "app.yaml", world=world, mode=mode, rates=rates) as slack:
        slack.adopt_clock(starts_at)
        found: dict[str, Any] = {
            "BRIDGEWATCH_DIRECTORY": str(directory),
            "BRIDGEWATCH_STATUSPAGE_URL": slack.status_url,
        }
        if mode == "socket":
            found["SLACK_APP_TOKEN"] = slack.app_token
        found |= more
        bot = RunningBot(addresses_of(slack), url, **found)
        played = Journey(slack, bot, found)
        bot.start()
        try:
            if mode == "http":
                slack.request_url = bot.events_url
            else:
                slack.wait_for(lambda: slack.sockets() >= 1, 10)
            bot.wait_until_known()
            yield played
            played.check()
        finally:
            played.bot.stop()
