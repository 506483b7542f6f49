"""An account's own calendar counts for its tickets, else that of the team of the opening.

Source: S117, D13.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from bot.commands.doctor import of_people
from bot.engine.facts import Facts
from bot.engine.tickets import TICKETS
from bot.files.account_table import parse_table, table_of
from bot.files.directory import DirectoryFileRefused, need_calendars
from bot.files.policy import DEFAULT_POLICY
from protocols.people.directory import Directory
from protocols.people.people import ENGINE
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused
from store.db import Database
from tests.contract.ports.asking import ROUTINE
from tests.kit.rules_incident import people, policy
from tests.unit.handlers.desk_in_memory import OPENED_AT, InMemoryDesk
from tests.unit.handlers.slack_side import Slack
from tests.unit.handlers.test_open_ticket import routine_form

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
BERLIN = {
    "name": "Berlin desk",
    "zone": "Europe/Berlin",
    "holidays": "DE-BE",
    "hours": {day: ["09:00-12:30", "13:30-18:00"] for day in WEEKDAYS},
}
DAY_OF_UNITY = date(2026, 10, 3)


LISBON = {**BERLIN, "name": "Lisbon desk", "zone": "Europe/Lisbon", "holidays": "PT"}
TO_BERLIN = {"calendar": "berlin"}


def with_berlin(**more: Any) -> Policy:
    values = yaml.safe_load(DEFAULT_POLICY.read_text(encoding="utf-8"))
    return Policy.from_mapping(
        {**values, "calendars": {"berlin": BERLIN, "lisbon": LISBON}, **more}
    )


def world(calendar: str) -> Directory:
    accounts = (
        replace(each, calendar=calendar) if each.key == "acme" else each
        for each in people().accounts
    )
    return replace(people(), accounts=tuple(accounts))


def asked(calendar: str, **more: Any) -> Any:
    desk = InMemoryDesk(directory=world(calendar))
    desk.policy = with_berlin(**more)
    slack = Slack(desk)
    slack.submit("csm-one", routine_form(slack))
    return desk, slack


def why(slack: Slack) -> str:
    return slack.slash("csm-one", "/ticket", "why BW-1001 utc").text


def test_why_names_the_accounts_calendar_and_counts_in_it() -> None:
    _, slack = asked("berlin")
    said = why(slack)
    assert "Berlin desk, Mon-Fri 09:00-12:30 and 13:30-18:00 (Europe/Berlin)" in said
    assert "New York desk" not in said
    _, at_home = asked("")
    assert "New York desk, Mon-Fri 09:00-17:00 (America/New_York)" in why(at_home)


def test_a_ticket_keeps_the_calendar_that_its_account_had() -> None:
    desk, slack = asked("berlin")
    desk.directory = world("")
    assert "Berlin desk" in why(slack)


def test_the_holidays_of_the_country_are_closed_and_those_of_the_desk_are_not() -> None:
    facts = Facts(with_berlin(), world("berlin"))
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    berlin = facts.context(now, ENGINE, facts.policy, account_key="acme").calendar
    thanksgiving = date(2026, 11, 26)
    assert (berlin.opens_on(DAY_OF_UNITY), berlin.opens_on(thanksgiving)) == (False, True)
    desk = facts.context(now, ENGINE, facts.policy, account_key="birch").calendar
    assert (desk.name, desk.opens_on(thanksgiving)) == ("New York desk", False)


@pytest.mark.parametrize(("own", "said"), [("", "Berlin desk"), ("lisbon", "Lisbon desk")])
def test_a_teams_calendar_counts_where_the_account_has_none_of_its_own(own: str, said: str) -> None:
    _, slack = asked(own, teams={"technical-support": TO_BERLIN})
    assert said in why(slack)


def test_a_ticket_keeps_the_calendar_of_the_team_of_its_opening() -> None:
    _, slack = asked("", teams={"technical-support": TO_BERLIN})
    slack.slash("csm-one", "/ticket", "change BW-1001 commission_payment")
    assert "Berlin desk" in why(slack)


@pytest.mark.parametrize(("own", "said"), [("", "Berlin desk"), ("lisbon", "Lisbon desk")])
def test_what_is_due_is_counted_in_it_from_the_opening_on(
    migrated_sqlite_url: str, own: str, said: str
) -> None:
    database = Database(migrated_sqlite_url)
    facts = Facts(with_berlin(teams={"technical-support": TO_BERLIN}), world(own))
    with database.write() as conn:
        begun = TICKETS.begin(conn, facts, ROUTINE, ENGINE, OPENED_AT)
    database.dispose()
    assert begun.ctx.calendar.name == said


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ({"Channel Finance": TO_BERLIN}, "such as channel-finance"),
        ({"channel-finance": {"calendar": "gotham"}}, 'no calendar "gotham". Known: berlin'),
        ({"channel-finance": {}}, "calendar"),
    ],
)
def test_a_row_of_a_team_is_refused_with_a_sentence(teams: Any, said: str) -> None:
    with pytest.raises(EntryRefused, match=re.escape(said)):
        with_berlin(teams=teams)


TABLE = """key,name,kind,time_zone,calendar,period_closes
quince,Quince,customer,UTC,{calendar},{closes}
"""


def test_a_table_of_accounts_names_calendar_and_period_closes_and_reads_back() -> None:
    file = TABLE.format(calendar="berlin", closes="2026-12-28..2027-01-08; 2027-03-31")
    read = parse_table(file.encode(), "more.csv", ())
    [quince] = read.directory.accounts
    assert quince.calendar == "berlin"
    assert [str(each.last) for each in quince.period_closes] == ["2027-01-08", "2027-03-31"]
    again = parse_table(table_of([quince]).encode(), "more.csv", ()).directory.accounts
    assert again == (quince,)
    assert need_calendars(read, with_berlin()) is read


@pytest.mark.parametrize(
    ("calendar", "closes", "why"),
    [
        (
            "gotham",
            "",
            'more.csv line 2: accounts.quince.calendar: The policy has no calendar "goth',
        ),
        (
            "",
            "tomorrow",
            "more.csv line 2: accounts.quince.period_closes.0.from: 'tomorrow' is no da",
        ),
        ("", "2027-01-08..2026-12-28", "period_closes.0: A period close ends on the day"),
    ],
)
def test_a_calendar_that_nobody_has_and_days_that_are_none_are_refused_by_line(
    calendar: str, closes: str, why: str
) -> None:
    file = TABLE.format(calendar=calendar, closes=closes).encode()
    with pytest.raises(DirectoryFileRefused) as refused:
        need_calendars(parse_table(file, "more.csv", ()), with_berlin())
    assert why in str(refused.value)


def test_doctor_names_an_account_whose_calendar_is_gone() -> None:
    said = list(of_people(Facts(policy(), world("berlin"))))
    assert (
        'Acme has the calendar "berlin", which the policy does not have: its clocks run in the '
        "hours of the New York desk." in said
    )
