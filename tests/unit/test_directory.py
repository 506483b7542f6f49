"""People, duties and accounts are found, and a wrong directory is refused by line.

Proves: F24.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.files.directory import DirectoryFileRefused, load_directory, parse_directory
from bot.files.written import written
from protocols.people.directory import ContactRole, DaysAway, Directory
from protocols.people.duties import NotOnDuty
from protocols.scales import ProgramLevel

EXAMPLE = Path(__file__).parents[2] / "directory.example.yaml"
DIRECTORY = load_directory(EXAMPLE)
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

SMALL = """\
teams:
  desk: {name: Desk}
people:
  day-one:
    name: Day One
    email: day.one@vendor.example
    teams: [desk]
    duties: [csm, {duty: support, hours: "09:00-17:00", zone: Europe/Berlin}]
  night-one:
    name: Night One
    email: Night.One@vendor.example
    duties:
      - {duty: support, hours: "17:00-01:00", zone: Europe/Berlin}
      - {duty: support, hours: "01:00-09:00", zone: Europe/Berlin}
accounts:
  acme:
    name: Acme
    kind: customer
    time_zone: America/New_York
    csm: day-one
"""


def small() -> Directory:
    return parse_directory(SMALL.encode())


def test_the_sample_world_has_nine_more_customers_to_be_impacted() -> None:
    customers = [each for each in DIRECTORY.accounts if each.kind == "customer"]
    assert len(customers) >= 9
    acme = DIRECTORY.account("acme")
    assert acme is not None
    assert (acme.zone, acme.sox_relevant, acme.csm) == ("America/New_York", True, "csm-one")
    assert acme.contacts[0].name == "AP Director One"


def test_a_partner_has_a_program_level() -> None:
    birch = DIRECTORY.account("birch")
    assert birch is not None
    assert birch.program_level is ProgramLevel.GOLD


@pytest.mark.parametrize(
    "duty",
    [
        "csm",
        "cs-manager",
        "engineering-lead",
        "engineer",
        "support",
        "legal",
        "compliance",
        "finance",
        "security",
        "commander",
        "payments-operations",
        "executive",
    ],
)
def test_the_sample_world_has_somebody_for(duty: str) -> None:
    assert DIRECTORY.holders(duty)


def test_a_person_is_found_by_key_and_by_address_in_any_case() -> None:
    person = small().person("night-one")
    assert person is not None
    assert small().by_email(" night.ONE@vendor.example") == person
    assert small().person("nobody") is None
    assert small().by_email("nobody@vendor.example") is None


def test_the_rota_keeps_the_order_of_the_file() -> None:
    assert [each.name for each in DIRECTORY.on_duty("csm", MONDAY)] == ["CSM One", "CSM Two"]


@pytest.mark.parametrize(
    ("utc_hour", "who"),
    [(8, "day-one"), (15, "day-one"), (16, "night-one"), (23, "night-one"), (7, "night-one")],
)
def test_hours_are_of_the_zone_and_may_go_over_midnight(utc_hour: int, who: str) -> None:
    at = MONDAY.replace(hour=utc_hour)
    assert [each.key for each in small().on_duty("support", at)] == [who]


def test_until_joins_hours_that_follow_each_other() -> None:
    at = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert small().until("night-one", "support", at) == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_a_duty_without_hours_has_no_end() -> None:
    assert small().until("day-one", "csm", MONDAY) is None


def test_until_of_somebody_off_duty_is_refused() -> None:
    with pytest.raises(NotOnDuty):
        small().until("night-one", "support", MONDAY)
    with pytest.raises(NotOnDuty):
        small().until("nobody", "support", MONDAY)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("acme", "acme"),
        ("  CED ", "cedar"),
        ("resell", "birch"),
        ("uniper", "juniper"),
        ("erp", "acme"),
        ("ac\u200bme", "acme"),
        ("ｃｅｄ", "cedar"),
    ],
)
def test_an_account_is_found_by_words(words: str, first: str) -> None:
    assert DIRECTORY.search_accounts(words)[0].key == first


def test_better_matches_come_first() -> None:
    text = SMALL + "".join(
        f"  a{index}:\n    name: {name}\n    kind: customer\n    time_zone: UTC\n"
        for index, name in enumerate(["Big Ash", "Ash Two", "Splash", "Ash"])
    )
    found = parse_directory(text.encode()).search_accounts("ash")
    assert [each.name for each in found] == ["Ash", "Ash Two", "Big Ash", "Splash"]


def test_no_words_find_all_active_and_at_most_a_hundred() -> None:
    assert len(DIRECTORY.search_accounts("")) == len(DIRECTORY.accounts)
    assert DIRECTORY.search_accounts("zzz") == ()
    many = SMALL + "".join(
        f"  n{index}: {{name: N{index}, kind: customer, time_zone: UTC}}\n" for index in range(150)
    )
    assert len(parse_directory(many.encode()).search_accounts("n")) == 100


def test_an_inactive_account_is_kept_but_not_found() -> None:
    directory = parse_directory((SMALL + "    active: false\n").encode())
    assert directory.account("acme") is not None
    assert directory.search_accounts("acme") == ()


@pytest.mark.parametrize(
    ("old", "new", "entry", "why"),
    [
        ("    kind: customer", "    kind: friend", "accounts.acme.kind", "none of"),
        ("time_zone: America/New_York", "time_zone: Gotham", "accounts.acme.time_zone", "zone"),
        ("csm: day-one", "csm: nobody", "accounts.acme.csm", "nobody with the key"),
        ("csm: day-one", "program_level: gold", "accounts.acme.program_level", "partner"),
        ("csm: day-one", "call_url: http://x", "accounts.acme.call_url", "https"),
        ("teams: [desk]", "teams: [desc]", "people.day-one.teams", "no team"),
        ("duties: [csm,", "duties: [cms,", "people.day-one.duties.0.duty", "no duty"),
        ("zone: Europe/Berlin}]", "zone: Berlin}]", "people.day-one.duties.1.zone", "time zone"),
        ("09:00-17:00", "9-17", "people.day-one.duties.1.hours", "no hours"),
        ("09:00-17:00", "09:00-09:00", "people.day-one.duties.1.hours", "another time"),
        ("email: day.one@vendor.example", "email: day.one", "people.day-one.email", "mail address"),
        ("Night.One@", "DAY.one@", "people.night-one.email", "address already"),
        (
            "email: Night.One@vendor.example",
            "email: Night.One@vendor.example\n    other_emails: [day.one@vendor.example]",
            "people.night-one.other_emails",
            "address already",
        ),
        (
            "email: Night.One@vendor.example",
            "email: Night.One@vendor.example\n    other_emails: [nobody]",
            "people.night-one.other_emails",
            "no mail address",
        ),
        ("  day-one:", "  Day One:", "people.Day One", "no key"),
        ("    name: Acme", "    nmae: Acme", "accounts.acme.name", "missing"),
        ("    csm: day-one", "    csn: day-one", "accounts.acme.csn", "no such entry"),
        ("people:", "persons:", "persons", "no such entry|nobody|Known"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(old: str, new: str, entry: str, why: str) -> None:
    changed = SMALL.replace(old, new, 1)
    with pytest.raises(DirectoryFileRefused, match=why) as refused:
        parse_directory(changed.encode(), "directory.yaml")
    sentence = str(refused.value)
    assert sentence.startswith("directory.yaml line ")
    assert entry in sentence or old == "people:"


def test_a_doubled_key_is_refused() -> None:
    with pytest.raises(DirectoryFileRefused, match=r'line 21: "acme" stands here twice\.'):
        parse_directory((SMALL + "  acme: {name: Acme}\n").encode())


TWO_ON_ONE = """\
accounts:
  acme:
    name: Acme
    kind: customer
    time_zone: America/New_York
    shared_channel: acme-support
  birch:
    name: Birch
    kind: customer
    time_zone: Europe/Berlin
    shared_channel: "#Acme-Support"
"""


def test_one_channel_for_two_accounts_is_refused_with_both_names_file_and_line() -> None:
    with pytest.raises(DirectoryFileRefused) as refused:
        parse_directory(TWO_ON_ONE.encode(), "who.yaml")
    sentence = str(refused.value)
    assert "who.yaml" in sentence
    assert "line 11" in sentence
    assert "accounts.birch.shared_channel" in sentence
    assert "Acme" in sentence
    assert "Birch" in sentence


def test_a_removed_account_gives_its_channel_to_its_successor() -> None:
    removed = TWO_ON_ONE.replace("    shared_channel: acme-support\n", "    active: false\n"
                                 "    shared_channel: acme-support\n")  # fmt: skip
    assert len(parse_directory(removed.encode()).accounts) == 2


def test_one_address_may_be_a_contact_of_two_accounts() -> None:
    contact = "    contacts: [{name: AP Director One, email: AP@group.example}]\n"
    text = TWO_ON_ONE.replace("    shared_channel: acme-support\n", contact)
    text = text.replace('    shared_channel: "#Acme-Support"\n', contact)
    found = parse_directory(text.encode()).accounts_of("ap@GROUP.example")
    assert [account.key for account in found] == ["acme", "birch"]


def test_a_contact_without_an_address_is_named_by_their_slack_user() -> None:
    contact = "    contacts: [{name: AP Director One, slack: U0APDIREC1}]\n"
    text = TWO_ON_ONE.replace("    shared_channel: acme-support\n", contact)
    found = parse_directory(text.encode()).accounts_of("", "U0APDIREC1")
    assert [account.key for account in found] == ["acme"]


def test_what_is_no_slack_user_is_refused() -> None:
    contact = '    contacts: [{name: AP Director One, slack: "@ap"}]\n'
    text = TWO_ON_ONE.replace("    shared_channel: acme-support\n", contact)
    with pytest.raises(DirectoryFileRefused, match="is no Slack user id"):
        parse_directory(text.encode())


def test_a_file_that_is_a_list_is_refused_in_a_sentence_without_what_was_read() -> None:
    with pytest.raises(DirectoryFileRefused) as refused:
        parse_directory(b"- people: [{key: somebody}]\n", "who.yaml")
    assert str(refused.value) == "who.yaml line 1: Expected entries with names."


def test_everything_that_is_wrong_is_named_at_once_in_the_order_of_the_lines() -> None:
    wrong = SMALL.replace("kind: customer", "kind: friend").replace("day.one@", "day.one at ")
    with pytest.raises(DirectoryFileRefused) as refused:
        parse_directory(wrong.encode(), "who.yaml")
    said = str(refused.value).splitlines()
    assert [line.split(":")[:2] for line in said] == [
        ["who.yaml line 6", " people.day-one.email"],
        ["who.yaml line 18", " accounts.acme.kind"],
    ]


def test_of_very_many_wrong_entries_fifty_are_named_and_the_others_counted() -> None:
    wrong = "accounts:\n" + "".join(f"  a{each}: {{name: A}}\n" for each in range(60))
    with pytest.raises(DirectoryFileRefused) as refused:
        parse_directory(wrong.encode(), "who.yaml")
    said = str(refused.value).splitlines()
    assert len(said) == 51
    assert said[-1] == "who.yaml: 70 more entries are wrong."


def test_an_account_names_its_admin_how_it_asks_and_where_its_records_are() -> None:
    more = (
        "    intake: off\n"
        "    records: [{name: Contract, url: https://records.vendor.example/acme}]\n"
        "    contacts: [{name: Admin One, email: admin.one@acme.example, role: admin}]\n"
    )
    acme = parse_directory((SMALL + more).encode()).account("acme")
    assert acme is not None
    assert acme.contacts[0].role is ContactRole.ADMIN
    assert acme.intake == "off"
    assert acme.records[0].url == "https://records.vendor.example/acme"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("on", "on"), ("off", "off"), ('"on"', "on"), ("Nudge", "nudge"), ("nudge", "nudge")],
)
def test_how_an_account_asks_is_one_of_three_words(written: str, meant: str) -> None:
    acme = parse_directory((SMALL + f"    intake: {written}\n").encode()).account("acme")
    assert acme is not None
    assert acme.intake == meant


def test_another_word_for_how_an_account_asks_is_refused_with_the_three() -> None:
    with pytest.raises(DirectoryFileRefused) as refused:
        parse_directory((SMALL + "    intake: portal\n").encode(), "who.yaml")
    sentence = "who.yaml line 21: accounts.acme.intake: 'portal' is none of: on, nudge, off."
    assert str(refused.value) == sentence


def test_a_person_is_away_on_days_and_wrong_days_are_refused() -> None:
    away = "    away: [{from: 2026-12-21, until: 2027-01-02}]\n"
    text = SMALL.replace("  night-one:\n", f"{away}  night-one:\n")
    day_one = parse_directory(text.encode()).person("day-one")
    assert day_one is not None
    assert day_one.away == (DaysAway(date(2026, 12, 21), date(2027, 1, 2)),)
    for wrong, why in (
        ("soon", "is no date. Write it as"),
        ("2028-01-01", "An absence ends"),
    ):
        with pytest.raises(DirectoryFileRefused, match=why):
            parse_directory(text.replace("from: 2026-12-21", f"from: {wrong}").encode())


def test_a_team_names_its_channel_by_identity_and_is_written_as_it_was_read() -> None:
    text = "teams: {finance: {name: Channel Finance, channel: C0FINANCE1}, other: {name: Other}}"
    found = parse_directory(text.encode())
    assert [team.channel for team in found.teams] == ["C0FINANCE1", None]
    assert parse_directory(written(found).encode()) == found
    with pytest.raises(DirectoryFileRefused, match=r"channel.*no identity of a channel"):
        parse_directory(text.replace("C0FINANCE1", "finance").encode())
