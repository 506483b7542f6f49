"""`bridgewatch doctor`: what would keep the bot from its work, in sentences. Source: M13."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.clock import MachineClock
from bot.commands import Commands
from bot.commands.asked_first import asked_first
from bot.databases import open_database
from bot.engine.directories import after_start
from bot.engine.facts import Facts
from bot.files.lines import FileRefused
from bot.gateways.outcomes import Taken
from bot.gateways.slack import SlackGateway
from bot.settings import Settings
from bot.slack.asking import SlackDidNotSay
from bot.slack.manifest import declared, load
from bot.slack.reader import SlackReader
from bot.slack.tokens import refused_app_token, refused_bot_token, why
from bot.wiring import make_facts
from protocols.people.channels import team_key
from protocols.people.coverage import gaps
from protocols.people.directory import Account, Team
from protocols.people.people import ROLE_DUTIES
from protocols.policy.policy import Policy
from protocols.routing.teams import slug, teams_of
from protocols.time.durations import Duration, DurationKind
from store.db import Database
from store.read import workload as queries
from store.read.verification import verify

SKEW_MOST_S = 60.0
HISTORY = frozenset({"channels:history", "groups:history"})
"""The scopes by which what was missed is read."""
ACCOUNTS_NAMED = 5


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("doctor", help="check settings, Slack, directory and database")
    parser.set_defaults(command=examine)


def examine(settings: Settings, chosen: argparse.Namespace) -> int:
    """Print each finding; 0 when everything is well."""
    del chosen
    settings.check_to_run()
    facts = make_facts(settings)
    database = open_database(settings)
    findings = [*who_is_who(database, facts)]
    findings += [*_slack(settings, facts, database), *_socket(settings), *of_people(facts)]
    findings += [*_journal(database), *_roads(settings)]
    notes = [*asked_first(database, facts, MachineClock().now())]
    database.dispose()
    for note in notes:
        print(note)
    for finding in findings:
        print(f"- {finding}")
    print("Everything is well." if not findings else _count(len(findings)))
    return 0 if not findings else 1


def who_is_who(database: Database, facts: Facts) -> Iterator[str]:
    """Have the facts say who is who as it will be after a start, or yield why that is refused."""
    with database.read() as conn:
        try:
            after = after_start(conn, facts.file)
        except FileRefused as refused:
            yield str(refused)
            return
    facts.take(after)


def _count(found: int) -> str:
    return "1 finding." if found == 1 else f"{found} findings."


def _slack(settings: Settings, facts: Facts, database: Database) -> Iterator[str]:
    token = settings.slack.bot_token
    gateway = SlackGateway(
        token.get_secret_value() if token else "", api_url=settings.slack.api_url
    )
    try:
        answer = gateway.call("auth.test", {}, deadline_s=8.0)
        if not isinstance(answer, Taken):
            yield refused_bot_token(answer) or f"Slack cannot be asked: {why(answer)}."
            return
        granted = {scope.strip() for scope in str(answer.result.get("scopes", "")).split(",")}
        missing = sorted(declared(load()).scopes - granted)
        if missing:
            yield f"The app lacks {', '.join(missing)}: install it again from app.yaml."
        if HISTORY.intersection(missing):
            yield (
                "Without the scopes of history nothing is read afterwards of what an account "
                "writes while the bot does not run or Slack's events do not reach it."
            )
        yield from _skew(answer.result.get("date"))
        reader = SlackReader(gateway, database, facts, MachineClock())
        try:
            reader.read()
        except SlackDidNotSay as silence:
            yield f"Slack did not say who is who: {silence}."
    finally:
        gateway.close()


def _socket(settings: Settings) -> Iterator[str]:
    """Say whether Slack would let us open a socket; none is opened."""
    token = settings.slack.app_token
    if token is None:
        return
    gateway = SlackGateway(token.get_secret_value(), api_url=settings.slack.api_url)
    answer = gateway.call("apps.connections.open", {}, deadline_s=8.0)
    gateway.close()
    if (refused := refused_app_token(answer)) is not None:
        yield refused
    elif not isinstance(answer, Taken):
        yield f"Slack gives no address for its socket: {why(answer)}."


def _skew(date: object) -> Iterator[str]:
    if not isinstance(date, str):
        return
    theirs: datetime = parsedate_to_datetime(date)
    skew_s = abs((MachineClock().now() - theirs).total_seconds())
    if skew_s > SKEW_MOST_S:
        yield f"This machine's clock differs from Slack's by {skew_s:.0f} s: use a time service."


def _without_calendar(facts: Facts) -> Iterator[str]:
    """Name accounts whose calendar the policy does not have: it was changed since."""
    policy = facts.policy
    for each in facts.directory.accounts:
        if each.active and each.calendar and each.calendar not in policy.calendars:
            yield (
                f'{each.name} has the calendar "{each.calendar}", which the policy does not have: '
                f"its clocks run in the hours of the {policy.calendar.name}."
            )


def of_people(facts: Facts) -> Iterator[str]:
    """Return what is amiss with people, duties and the accounts' channels."""
    unknown = sorted(
        person.name for person in facts.directory.people if person.key in facts.unreachable
    )
    if unknown:
        yield f"Slack does not know {', '.join(unknown)} by their mail address: they are skipped."
    duties = {duty for wanted in ROLE_DUTIES.values() for duty in wanted[:2]}
    if facts.directory.people and not facts.directory.holders("escalation-manager"):
        yield "Nobody has the duty escalation-manager: the CS manager is asked in their place."
    for duty in sorted(duties | {"cs-manager", "engineering-lead", "legal", "finance"}):
        if facts.directory.people and not facts.directory.holders(duty):
            yield f"Nobody has the duty {duty}."
    yield from _whose_people_left(facts)
    yield from _without_calendar(facts)
    yield from _without_team(facts)
    yield from uncovered(facts, MachineClock().now().date())
    if not facts.known.complete:
        return
    for account in facts.directory.accounts:
        if account.active and account.shared_channel:
            yield from _channel(facts, account)
    for team in facts.directory.teams:
        yield from _team(facts, team)


def _whose_people_left(facts: Facts) -> Iterator[str]:
    """Yield who of ours is named for accounts and has left, or cannot be reached. Source: M25."""
    gone = defaultdict[str, list[str]](list)
    for account in facts.directory.accounts:
        if not account.active:
            continue
        for key in {account.csm, account.executive_sponsor} - {None}:
            if facts.directory.person(str(key)) is None or key in facts.unreachable:
                gone[str(key)].append(account.name)
    for key, names in sorted(gone.items()):
        known = facts.directory.person(key)
        what = (
            f"{known.name} cannot be reached" if known else f"{key} is no longer in the directory"
        )
        more = f" and {len(names) - ACCOUNTS_NAMED} more" if len(names) > ACCOUNTS_NAMED else ""
        named = ", ".join(names[:ACCOUNTS_NAMED])
        yield f"{what}, and is CSM or sponsor of {named}{more}: name another there."


def _without_team(facts: Facts) -> Iterator[str]:
    """Yield which teams of the policy nobody is of, and where their cards stand. M26, S65."""
    known = {slug(team.name) for team in facts.directory.teams}
    default = facts.policy.routing.default_team
    where = f"with {default}" if slug(default) in known else "nowhere"
    for name in teams_of(facts.policy):
        if known and slug(name) not in known:
            yield (
                f"{name} has tickets by the policy and is not in the directory: their cards stand "
                f"{where}, and nobody is of that team. Name the team in the directory."
            )


def _team(facts: Facts, team: Team) -> Iterator[str]:
    """Yield why no card of a team's tickets stands in a channel of its own. Source: M26."""
    if team.channel is None:
        yield f"{team.name} has no channel: no card of its tickets is posted anywhere."
        return
    channel = facts.known.channels.get(team_key(team.channel))
    if channel is None:
        yield f"The bot is not in {team.channel}, the channel of {team.name}: no card stands there."
    elif channel.is_ext_shared or channel.outside_count:
        yield (
            f"#{channel.name} of {team.name} is read from outside: no word of ours goes there. "
            "Give the team a channel of its own."
        )


def uncovered(facts: Facts, day: date) -> Iterator[str]:
    """Yield which targets that run day and night nobody's duty covers, and when. Source: D3."""
    if not facts.directory.people:
        return
    for duty, targets in round_the_clock(facts.policy).items():
        if not facts.directory.holders(duty):
            continue  # said above: nobody has it at all
        bare = gaps(facts.directory, duty, day)
        if bare:
            hours = ", ".join(f"{a:%H:%M} to {b:%H:%M}" for a, b in bare)
            yield (
                f"{targets} run day and night, and nobody has the duty {duty} from {hours} UTC: "
                "give somebody these hours."
            )


def round_the_clock(policy: Policy) -> Mapping[str, str]:
    """Return, by the duty that answers for them, the targets that run day and night. D3."""
    fast = [
        f"a reply to Severity {severity.label} ({rule.reply.target})"
        for severity, rule in policy.severities.items()
        if rule.reply.target.kind is DurationKind.ELAPSED
    ]
    tier2 = f"Tier 2 ({_span(policy.tier2.acknowledge)} and {_span(policy.tier2.triage)})"
    return {
        "csm": ", ".join((tier2, *fast)),
        "engineering-lead": f"Tier 3 (a call within {_span(policy.tier3.call)})",
        "cs-manager": "Tier 3 and 4 (a second person for what the account reads)",
        "commander": f"Tier 4 (a commander within {_span(policy.tier4.commander)})",
    }


def _span(length: timedelta) -> str:
    return str(Duration(DurationKind.ELAPSED, length // timedelta(seconds=1)))


def _channel(facts: Facts, account: Account) -> Iterator[str]:
    name = (account.shared_channel or "").lstrip("#")
    channel = facts.known.channels.get(account.key)
    if channel is None:
        yield (
            f"#{name} of {account.name} is not a shared channel of its own that the bot is in: "
            "its words go by mail."
        )
    elif channel.outside_count and not facts.has_speaker(account.key):
        yield (
            f"Nobody from outside in #{name} is a named contact of {account.name}: no one there "
            "can confirm or re-open. Name their address, or their Slack user, among its contacts."
        )


def _journal(database: Database) -> Iterator[str]:
    now = MachineClock().now()
    with database.read() as conn:
        report = verify(conn)
        work = queries.work(conn, now=now, business_now=now)
    if not report.sound:
        names = ", ".join(sorted({each.chain for each in report.flaws}))
        yield f"Records that do not check out: {names}. `bridgewatch verify` says why."
    if work.dead_rows:
        what = "delivery was" if work.dead_rows == 1 else "deliveries were"
        yield f"{work.dead_rows} {what} refused for good: bridgewatch outbox list."


def _roads(settings: Settings) -> Iterator[str]:
    if settings.mail.url is None:
        yield "SMTP_URL is not set: no mail leaves."
    if settings.pager.url is None:
        yield "BRIDGEWATCH_PAGER_URL is not set: nobody is woken, by phone or otherwise."
