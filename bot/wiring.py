"""The composition root: every part is made here, once, and nothing else makes them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot import ids, ledger, slack_app
from bot.clock import BusinessClock, MachineClock
from bot.courier import Courier, CourierPace, Reports
from bot.delivery import Deliverer, PlainDelivery, SlackDelivery
from bot.desk import BotDesk
from bot.desk_record import record_start
from bot.directory_file import load_directory
from bot.drill_clock import DrillClock, Offset
from bot.engine import Engine
from bot.facts import Facts
from bot.gateways.brakes import Brakes
from bot.gateways.mail import MailGateway
from bot.gateways.pager import PagerGateway
from bot.gateways.slack import SlackGateway
from bot.gateways.statuspage import StatusPageGateway
from bot.guard import Guard, ReplayMemory
from bot.interactive import Interactive
from bot.lifeline import Lifeline
from bot.metrics import Registry
from bot.outgoing import Roads
from bot.policy_file import load_policy
from bot.references import PeopleByMail
from bot.server import WebServer
from bot.settings import Settings
from bot.slack_door import SlackDoor
from bot.slack_reader import SlackReader
from bot.standing import Ask, Standing
from bot.swapping import Swapping
from bot.ticker import Ticker
from bot.watchers import add_gauges, readiness
from bot.web import application
from handlers.registry import register_all
from handlers.slack_events import is_an_echo
from protocols.directory import Directory
from protocols.people import ENGINE
from store.db import CommitPoint, Database
from store.schema import migrate
from templates import render
from templates.presenters import Links

_log = logging.getLogger(__name__)

READER_CONNECTIONS = 4
GESTURE_CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Parts:
    """What does the work, in the order in which it was made."""

    database: Database
    facts: Facts
    clock: BusinessClock
    machine: MachineClock
    engine: Engine
    courier: Courier
    ticker: Ticker
    reader: SlackReader
    desk: BotDesk


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that runs, with its doors."""

    settings: Settings
    parts: Parts
    lifeline: Lifeline | None
    interactive: Interactive
    web: WebServer
    socket: SocketModeHandler | None
    door: SlackDoor | None
    gateways: tuple[SlackGateway, ...]

    def start(self) -> None:
        """Start in an order in which nothing is asked for before it is there."""
        self.parts.reader.recall()
        parts = self.parts
        team_id = parts.facts.known.identity.team_id
        record_start(parts.database, parts.facts, parts.clock.now(), team_id)
        render.warm()
        ledger.warm()
        parts.facts.context(parts.clock.now(), ENGINE, parts.facts.policy)
        self.parts.reader.start()
        self.parts.courier.start()
        self.parts.ticker.start()
        if self.lifeline is not None:
            self.lifeline.start()
        self.web.start()
        if self.socket is not None:
            self.socket.connect()  # type: ignore[no-untyped-call]

    def stop(self) -> bool:
        """Stop taking work at once, let what runs end; say whether all of it was recorded."""
        if self.socket is not None:
            self.socket.close()  # type: ignore[no-untyped-call]
        self.web.stop()
        self.parts.ticker.stop()
        if self.lifeline is not None:
            self.lifeline.stop()
        self.parts.reader.stop()
        self.interactive.stop()
        drained = self.parts.courier.stop(timeout_s=9.0)
        self.parts.desk.close()
        if self.door is not None:
            self.door.close()
        for gateway in self.gateways:
            gateway.close()
        self.parts.database.dispose()
        return drained


def make_database(
    settings: Settings, at_commit: Callable[[CommitPoint], None] | None = None
) -> Database:
    """Open the database and bring it up to date."""
    url = settings.database.url.get_secret_value()
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    database = Database(url, at_commit=at_commit)
    migrate(database)
    return database


def make_facts(settings: Settings) -> Facts:
    """Read policy and directory.

    Raises:
        PolicyFileRefused: The policy is wrong; the sentence names line and reason.
        DirectoryFileRefused: The directory is wrong; likewise.
    """
    policy = load_policy(settings.desk.policy)
    if settings.desk.directory is None:
        _log.warning(
            "No directory (BRIDGEWATCH_DIRECTORY): every full member may open tickets and take "
            "roles, and nobody is asked by duty."
        )
        directory = Directory()
    else:
        directory = load_directory(settings.desk.directory)
    has_hook = settings.status_page.url is not None
    return Facts(policy, directory, drill=settings.desk.drill, status_hook=has_hook)


def make(
    settings: Settings,
    *,
    pace: CourierPace | None = None,
    at_commit: Callable[[CommitPoint], None] | None = None,
) -> Program:
    """Make the whole program from its settings; nothing runs yet.

    Args:
        settings: What the environment says.
        pace: How fast the courier is; its usual pace when left out.
        at_commit: See ``store.db.Database``.

    Raises:
        PolicyFileRefused: The policy is wrong.
        DirectoryFileRefused: The directory is wrong.
        DatabaseRefused: The database cannot be used.
    """
    core = _core(settings, at_commit)
    _say_what_is_missing(settings)
    token = settings.slack.bot_token.get_secret_value() if settings.slack.bot_token else ""
    # One gateway each, so that no one's connections wait for another's.
    sender, asker, answerer = (
        SlackGateway(token, api_url=settings.slack.api_url, connections=connections)
        for connections in (CourierPace().workers, READER_CONNECTIONS, GESTURE_CONNECTIONS)
    )
    interactive = Interactive(answerer, core.machine)
    parts = _parts(settings, core, sender, asker, interactive, pace)
    metrics = Registry()
    door, socket = _ways_in(settings, parts, metrics)
    add_gauges(metrics, parts.database, parts.machine, parts.clock)
    front = application(
        metrics=metrics,
        readiness=readiness(parts.database, parts.facts, parts.courier),
        slack=door,
        drill=_drill_clock(core, parts) if settings.desk.drill else None,
    )
    return Program(
        settings,
        parts,
        _lifeline(settings, parts),
        interactive,
        WebServer(front, settings.web.host, settings.web.port),
        socket,
        door,
        (sender, asker, answerer),
    )


@dataclass(frozen=True, slots=True)
class _Core:
    """What every other part rests on."""

    machine: MachineClock
    facts: Facts
    database: Database
    offset: Offset
    clock: BusinessClock


def _core(settings: Settings, at_commit: Callable[[CommitPoint], None] | None) -> _Core:
    machine = MachineClock()
    facts = make_facts(settings)
    database = make_database(settings, at_commit)
    offset = Offset(database, machine)
    clock = BusinessClock(machine, offset if settings.desk.drill else lambda: 0.0)
    return _Core(machine, facts, database, offset, clock)


def _parts(
    settings: Settings,
    core: _Core,
    sender: SlackGateway,
    asker: SlackGateway,
    interactive: Interactive,
    pace: CourierPace | None,
) -> Parts:
    machine, facts, database, clock = core.machine, core.facts, core.database, core.clock
    # The engine tells parts that are made after it.
    calls = _Calls()
    engine = Engine(
        database,
        facts,
        clock=clock,
        machine=machine,
        links=lambda: calls.desk.current_links(),  # noqa: PLW0108 - made below
        roads=Roads(mail=settings.mail.url is not None, pager=settings.pager.url is not None),
        committed=calls.committed,
        changed=lambda ticket: calls.desk.changed(ticket),  # noqa: PLW0108 - made below
    )
    brakes = Brakes(sender, machine)
    calls.courier = courier = Courier(
        database,
        _deliverers(settings, brakes, facts, Standing(database, facts, clock.now).ask),
        brakes=brakes,
        clock=machine,
        business_now=clock.now,
        owner=ids.unique_id(),
        reports=Reports(settled=engine.settled, died=engine.died, withheld=engine.withheld),
        pace=pace,
        gives_way=lambda: calls.ticker.has_a_crowd,
    )
    calls.ticker = ticker = Ticker(
        database, engine, clock=clock, machine=machine, ticked=courier.notify
    )
    reader = SlackReader(asker, database, facts, machine, learned=calls.committed)
    calls.desk = desk = BotDesk(
        database=database,
        engine=engine,
        facts=facts,
        clock=clock,
        interactive=interactive,
        reader=reader,
        swapping=Swapping(database, facts, clock, calls.committed),
        links=Links(
            call_url=settings.desk.call_url,
            pager_name="the pager" if settings.pager.url is not None else None,
        ),
        command_prefix=settings.slack.command_prefix,
    )
    return Parts(database, facts, clock, machine, engine, courier, ticker, reader, desk)


def _say_what_is_missing(settings: Settings) -> None:
    """Say at start which roads out are not there: silence would be taken for a promise."""
    if settings.mail.url is None:
        _log.warning("No mail server (SMTP_URL): no mail leaves.")
    if settings.pager.url is None:
        _log.warning("No pager (BRIDGEWATCH_PAGER_URL): nobody is woken.")
    if settings.status_page.url is None:
        _log.warning(
            "No status page (BRIDGEWATCH_STATUSPAGE_URL): a person puts released texts up."
        )


def _lifeline(settings: Settings, parts: Parts) -> Lifeline | None:
    if settings.mail.url is None:
        return None
    return Lifeline(
        parts.database,
        clock=parts.clock,
        down_since=lambda: parts.courier.slack_down_since,
        now=parts.machine.now,
        mail_after=parts.facts.policy.slack_down.mail_after,
        mail_of=parts.facts.mail_of,
        refusal=lambda: parts.courier.slack_refusal,
        lose=parts.engine.lost,
        wake=parts.courier.notify,
    )


def _drill_clock(core: _Core, parts: Parts) -> DrillClock:
    return DrillClock(
        core.database,
        clock=core.clock,
        machine=core.machine,
        offset=core.offset,
        tick=parts.ticker.tick,
        in_flight=lambda: parts.courier.in_flight,
        wake=parts.courier.notify,
    )


class _Calls:
    """The calls that go from the engine to parts that are made after it."""

    courier: Courier
    ticker: Ticker
    desk: BotDesk

    def committed(self) -> None:
        """Wake whoever carries out what was just committed; a tick does it once, at its end."""
        if self.ticker.is_deciding_here:
            return
        self.courier.notify()
        self.ticker.nudge()


def _deliverers(settings: Settings, brakes: Brakes, facts: Facts, ask: Ask) -> dict[str, Deliverer]:
    people = PeopleByMail(brakes, facts.mail_of, id_of=facts.slack_id)
    slack = SlackDelivery(
        brakes, people, bot_user=lambda: facts.known.identity.bot_user or None, ask=ask
    )
    found: dict[str, Deliverer] = {"slack": slack}
    mail_url = settings.mail.url
    if mail_url is not None:
        found["mail"] = PlainDelivery(
            MailGateway(
                mail_url.get_secret_value(),
                sender=settings.mail.sender,
                vendor=facts.policy.vendor_name,
            ),
            ask=ask,
        )
    if settings.pager.url is not None:
        found["pager"] = PlainDelivery(PagerGateway(settings.pager.url.get_secret_value()))
    page_url = settings.status_page.url
    if page_url is not None:
        found["status"] = PlainDelivery(StatusPageGateway(page_url.get_secret_value()), ask=ask)
    return found


def _ways_in(
    settings: Settings, parts: Parts, metrics: Registry
) -> tuple[SlackDoor | None, SocketModeHandler | None]:
    secret = settings.slack.signing_secret
    token = settings.slack.bot_token
    app = slack_app.make_app(
        token.get_secret_value() if token is not None else "",
        lambda: parts.facts.known.identity,
        secret.get_secret_value() if secret is not None else None,
    )
    register_all(app, parts.desk)
    if settings.slack.app_token is not None:
        app_token = settings.slack.app_token.get_secret_value()
        return None, slack_app.make_socket(app, app_token, settings.slack.api_url)
    if secret is None:
        return None, None
    door = SlackDoor(
        app=app,
        guard=Guard(secret.get_secret_value()),
        replays=ReplayMemory(),
        machine=parts.machine,
        metrics=metrics,
        is_an_echo=is_an_echo,
    )
    return door, None
