"""The composition root: every part is made here, once, and nothing else makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from slack_bolt import App
from starlette.types import ASGIApp

from bot import ids
from bot.background import make_lifeline, make_rounds
from bot.clock import BusinessClock, MachineClock
from bot.courier.claims import CourierPace, Reports
from bot.courier.courier import Courier
from bot.databases import make_database
from bot.deliverers import deliverers, say_what_is_missing
from bot.desk.desk import BotDesk
from bot.edges import Edges
from bot.engine.account_changing import AccountChanging
from bot.engine.directories import Directories
from bot.engine.drill_clock import DrillClock, Offset
from bot.engine.engine import Engine
from bot.engine.facts import Facts
from bot.engine.outgoing import Roads
from bot.engine.record_taking import RecordTaking
from bot.engine.standing import Releases
from bot.engine.swapping import Swapping
from bot.engine.ticker import Ticker
from bot.files.directory import load_file, need_calendars
from bot.files.policy import load_policy
from bot.gateways.brakes import Brakes
from bot.gateways.newer_blocks import PlainWhereRefused, RefusedKinds, SlackWay
from bot.gateways.slack import SlackGateway
from bot.listening import bolt_app, missed_reader, socket_to
from bot.program import Parts, Program
from bot.right_of_way import RightOfWay
from bot.settings import Settings
from bot.slack.interactive import SlackInteractive
from bot.slack.missed import MissedPace, MissedReader
from bot.slack.reader import SlackReader
from bot.slack.socket_mode import SlackSocket
from bot.web.front import application
from bot.web.guard import Guard, ReplayMemory
from bot.web.readiness import Trial, Watch
from bot.web.records_door import RECORDS, RecordsDoor
from bot.web.server import WebServer
from bot.web.slack_door import SlackDoor
from bot.web.watchers import add_gauges
from handlers.slack.messages import is_an_echo
from protocols.people.directory import Directory
from store.db import CommitPoint, Database
from store.writable import prove
from templates.kit.links import Links

READER_CONNECTIONS, GESTURE_CONNECTIONS = 4, 16
# One gateway each, so that no one's connections wait for another's.
CONNECTIONS = (CourierPace().workers, READER_CONNECTIONS, GESTURE_CONNECTIONS)


def make_facts(settings: Settings) -> Facts:
    """Read policy and directory.

    Raises:
        PolicyFileRefused: The policy is wrong; the sentence names line and reason.
        DirectoryFileRefused: The directory is wrong; likewise.
    """
    policy = load_policy(settings.desk.policy)
    named = settings.desk.directory
    file = need_calendars(load_file(named), policy) if named is not None else None
    return Facts(
        policy,
        file.directory if file is not None else Directory(),
        drill=settings.desk.drill,
        status_hook=settings.status_page.url is not None,
        has_mail=settings.mail.url is not None,
        file=file,
    )


def make(
    settings: Settings,
    *,
    pace: CourierPace | None = None,
    missed_pace: MissedPace | None = None,
    at_commit: Callable[[CommitPoint], None] | None = None,
    edges: Edges | None = None,
) -> Program:
    """Make the whole program from its settings; nothing runs yet.

    Args:
        settings: What the environment says.
        pace: How fast the courier is; its usual pace when left out.
        missed_pace: How often Slack is read for what nobody heard; as usual when left out.
        at_commit: See ``store.db.Database``.
        edges: What the program has of its machine; the real one when left out.

    Raises:
        PolicyFileRefused: The policy is wrong.
        DirectoryFileRefused: The directory is wrong.
        DatabaseRefused: The database cannot be used.
    """
    edges = edges or Edges()
    core = _core(settings, at_commit, edges)
    say_what_is_missing(settings)
    refused = RefusedKinds()
    sender, asker, answerer = _gateways(settings, core, refused)
    interactive = SlackInteractive(answerer, core.machine, pool_of=edges.threads)
    parts = _parts(settings, core, sender, asker, interactive, pace)
    metrics = CollectorRegistry()
    app = bolt_app(settings, parts)
    missed = missed_reader(asker, parts, app, missed_pace)
    door, socket, opener = _ways_in(settings, parts, metrics, edges, app, missed)
    watch = _watch(parts, socket, refused)
    lifeline = make_lifeline(settings, parts)
    front = _front(settings, core, parts, metrics, watch, door)
    return Program(
        settings,
        parts,
        lifeline,
        interactive,
        WebServer(front, settings.web.host, settings.web.port, metrics=metrics),
        socket,
        door,
        (sender, asker, answerer, *opener),
        watch,
        front,
        missed,
        make_rounds(settings, parts, lifeline),
    )


def _gateways(
    settings: Settings, core: _Core, refused: RefusedKinds
) -> Iterator[PlainWhereRefused]:
    for most in CONNECTIONS:
        yield PlainWhereRefused(core.edges.slack(settings, most), refused, core.machine)


@dataclass(frozen=True, slots=True)
class _Core:
    """What every other part rests on."""

    machine: MachineClock
    facts: Facts
    database: Database
    offset: Offset
    clock: BusinessClock
    edges: Edges
    way: RightOfWay


def _core(
    settings: Settings, at_commit: Callable[[CommitPoint], None] | None, edges: Edges
) -> _Core:
    machine = edges.machine
    facts = (edges.facts or make_facts)(settings)
    database = make_database(settings, at_commit)
    offset = Offset(database, machine)
    clock = BusinessClock(machine, offset if settings.desk.drill else lambda: 0.0)
    return _Core(machine, facts, database, offset, clock, edges, RightOfWay())


def _parts(
    settings: Settings,
    core: _Core,
    sender: SlackWay,
    asker: SlackWay,
    interactive: SlackInteractive,
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
    calls.courier = courier = _courier(settings, core, sender, engine, calls, pace)
    reader = SlackReader(
        asker, database, facts, machine, learned=calls.committed, wait=core.edges.patience
    )
    directories = Directories(database, facts, changed=reader.ask)
    calls.ticker = ticker = Ticker(
        database,
        engine,
        clock=clock,
        machine=machine,
        way=core.way,
        ticked=courier.notify,
        looking=directories.recall,
    )
    accounts = AccountChanging(database, facts, clock, directories)
    calls.desk = desk = _desk(settings, core, engine, reader, interactive, calls, accounts)
    return Parts(
        database, facts, directories, clock, machine, engine, courier, ticker, reader, desk
    )


def _desk(
    settings: Settings,
    core: _Core,
    engine: Engine,
    reader: SlackReader,
    interactive: SlackInteractive,
    calls: _Calls,
    accounts: AccountChanging,
) -> BotDesk:
    return BotDesk(
        database=core.database,
        engine=engine,
        facts=core.facts,
        clock=core.clock,
        machine=core.machine,
        interactive=interactive,
        reader=reader,
        swapping=Swapping(core.database, core.facts, core.clock, calls.committed),
        accounts=accounts,
        links=Links(
            call_url=settings.desk.call_url, pager_name="the pager" if settings.pager.url else None
        ),
        way=core.way,
        command_prefix=settings.slack.command_prefix,
        pool_of=core.edges.threads,
        patience_s=core.edges.patience_s,
        meeting_s=core.edges.meeting_s,
    )


def _front(
    settings: Settings,
    core: _Core,
    parts: Parts,
    metrics: CollectorRegistry,
    watch: Watch,
    door: SlackDoor | None,
) -> ASGIApp:
    add_gauges(metrics, parts.database, parts.machine, parts.clock)
    return application(
        metrics=metrics,
        readiness=watch,
        slack=door,
        drill=_drill_clock(core, parts) if settings.desk.drill else None,
        records=_records_door(settings, core, metrics),
    )


def _records_door(
    settings: Settings, core: _Core, metrics: CollectorRegistry
) -> RecordsDoor | None:
    key = settings.records.key
    if key is None:
        return None
    taking = RecordTaking(core.database, core.facts, core.clock)
    guard = Guard(key.get_secret_value(), RECORDS)
    return RecordsDoor(guard=guard, taking=taking, machine=core.machine, metrics=metrics)


def _courier(
    settings: Settings,
    core: _Core,
    sender: SlackWay,
    engine: Engine,
    calls: _Calls,
    pace: CourierPace | None,
) -> Courier:
    brakes = Brakes(sender, core.machine)
    return Courier(
        core.database,
        deliverers(
            settings,
            brakes,
            core.facts,
            core.edges.sending,
            Releases(core.database, core.facts, core.clock.now).ask,
        ),
        brakes=brakes,
        clock=core.machine,
        business_now=core.clock.now,
        owner=ids.unique_id(),
        reports=Reports(settled=engine.settled, died=engine.died, withheld=engine.withheld),
        way=core.way,
        pace=pace,
        gives_way=lambda: calls.ticker.has_a_crowd,
        pool_of=core.edges.threads,
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


def _ways_in(
    settings: Settings,
    parts: Parts,
    metrics: CollectorRegistry,
    edges: Edges,
    app: App,
    missed: MissedReader,
) -> tuple[SlackDoor | None, SlackSocket | None, tuple[SlackGateway, ...]]:
    """Make the way in that is set up, and the gateways that it alone uses."""
    secret = settings.slack.signing_secret
    if settings.slack.app_token is not None:
        app_token = settings.slack.app_token.get_secret_value()
        opener = SlackGateway(app_token, api_url=settings.slack.api_url, connections=1)
        return None, socket_to(settings, parts, app, opener, missed), (opener,)
    if secret is None:
        return None, None, ()
    door = SlackDoor(
        app=app,
        guard=Guard(secret.get_secret_value()),
        replays=ReplayMemory(),
        machine=parts.machine,
        metrics=metrics,
        is_an_echo=is_an_echo,
        pool_of=edges.threads,
    )
    return door, None, ()


def _watch(parts: Parts, socket: SlackSocket | None, refused: RefusedKinds) -> Watch:
    mark = ids.unique_id()
    trial = Trial(lambda: prove(parts.database, mark), parts.machine)
    return Watch(
        trial,
        parts.facts,
        parts.reader,
        socket,
        lambda: parts.courier.slack_down_since,
        lambda: parts.directories.trouble,
        lambda: refused.kinds,
    )
