"""The policy that comes along holds the required figures, and a wrong file is refused by line.

Proves: F24.
"""

from __future__ import annotations

import copy
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.files.policy import DEFAULT_POLICY, PolicyFileRefused, load_policy, parse_policy
from protocols.policy.policy import Policy, canonical
from protocols.policy.schema import Entries
from protocols.policy.sections import EntryRefused
from protocols.scales import Category, Severity
from protocols.time.durations import DurationKind, parse_duration, parse_range

TEXT = DEFAULT_POLICY.read_text(encoding="utf-8")
POLICY = load_policy()


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def values() -> dict[str, Any]:
    loaded = yaml.safe_load(TEXT)
    assert isinstance(loaded, dict)
    return copy.deepcopy(loaded)


def test_tier_3_has_the_figures_of_the_protocol() -> None:
    tier3 = POLICY.tier3
    assert (tier3.acknowledge, tier3.scope, tier3.call) == (minutes(1), minutes(15), minutes(30))
    assert (tier3.activation.opens, tier3.activation.late) == (minutes(15), minutes(30))
    assert (tier3.investigation.opens, tier3.investigation.late) == (minutes(30), minutes(60))
    assert (tier3.first_update, tier3.own_acknowledge) == (minutes(60), minutes(15))


def test_tier_4_has_the_figures_of_the_protocol() -> None:
    tier4 = POLICY.tier4
    assert (tier4.commander, tier4.outreach, tier4.status_page) == (
        minutes(15),
        minutes(30),
        minutes(30),
    )


def test_updates_are_promised_as_decided() -> None:
    update = POLICY.update
    assert (update.tier3, update.tier4, update.late_promise) == (
        minutes(60),
        minutes(30),
        minutes(15),
    )
    assert set(update.choices) == {minutes(30), minutes(60), minutes(120)}
    assert (update.no_change_in_a_row, update.late_texts_in_a_row) == (2, 1)


@pytest.mark.parametrize(
    ("severity", "reply", "resolve"),
    [
        (Severity.CRITICAL, "2h", "same business day"),
        (Severity.HIGH, "4 weekday hours", "1 business day"),
        (Severity.MEDIUM, "8 business hours", "2-3 business days"),
        (Severity.LOW, "1 business day", "5 business days"),
    ],
)
def test_a_severity_has_its_published_targets(severity: Severity, reply: str, resolve: str) -> None:
    rule = POLICY.severities[severity]
    assert (rule.reply, rule.resolve) == (parse_range(reply), parse_range(resolve))


@pytest.mark.parametrize(
    ("category", "resolve"),
    [
        (Category.PORTAL_ACCESS, "4-8 business hours"),
        (Category.DEAL_REGISTRATION, "24h-48h"),
        (Category.COMMISSION_PAYMENT, "48h-72h"),
        (Category.MDF_INCENTIVE, "48h-72h"),
        (Category.TRAINING_CERTIFICATION, "24h-48h"),
        (Category.CONTRACT_POLICY, "48h-72h"),
        (Category.TECHNICAL_PRODUCT, "24h-48h"),
        (Category.MARKETING_ASSETS, "24h-48h"),
    ],
)
def test_a_category_has_its_published_range(category: Category, resolve: str) -> None:
    assert POLICY.categories[category].resolve == parse_range(resolve).on_weekdays


def test_hours_rest_on_closed_days_unless_they_are_for_severity_critical() -> None:
    """Source: D3."""
    kinds = {rule.name: rule.reply and rule.reply.target.kind for rule in POLICY.special_targets}
    assert kinds["Platinum, Severity Critical"] is DurationKind.ELAPSED
    assert kinds["Platinum, Severity High"] is DurationKind.WEEKDAY_TIME
    assert kinds["Gold and Platinum, Severity Low"] is DurationKind.BUSINESS_TIME


def test_an_answer_is_owed_as_decided_also_by_a_policy_that_says_nothing_of_it() -> None:
    """Source: M17, D45."""
    rule = POLICY.reply
    assert [str(getattr(rule, each)) for each in rule.__slots__] == [
        "8 business hours",
        "4 business hours",
        "2 business hours",
        "1 hour",
        "30 minutes",
        "30 minutes",
    ]


def test_a_policy_may_name_one_figure_of_the_answers() -> None:
    changed = Policy.from_mapping({**values(), "reply": {"tier3": "20m"}})
    assert (str(changed.reply.tier3), str(changed.reply.tier4)) == ("20 minutes", "30 minutes")


def test_the_rest_is_as_decided() -> None:
    assert POLICY.tier1.reply == parse_duration("4 business hours")
    assert POLICY.tier1.resolve == parse_duration("2 business days")
    assert (POLICY.tier2.acknowledge, POLICY.tier2.triage) == (minutes(60), minutes(240))
    assert (POLICY.bridge.size, POLICY.retention.years) == (8, 7)
    assert POLICY.rca.due == parse_duration("5 business days")
    assert POLICY.resolution.reopen_after == parse_duration("3 business days")
    assert POLICY.elevation_percents == (75, 90)
    assert POLICY.intake.same_words_window == minutes(1)


def test_every_figure_names_its_line() -> None:
    for line in TEXT.splitlines():
        entry, _, comment = line.strip().partition("#")
        figure = any(sign.isdigit() for sign in entry.partition(":")[2])
        assert not figure or comment or entry.startswith("source:"), f"no source: {line}"


def test_a_stored_body_gives_the_same_policy_back() -> None:
    changed = TEXT.replace("closed_days: []", "closed_days: [2026-11-27]")
    policy = parse_policy(changed.encode())
    assert Policy.from_body(policy.body).calendar == policy.calendar
    assert Policy.from_body(POLICY.body) == POLICY


def test_a_body_of_an_earlier_schema_is_lifted_and_keeps_its_version() -> None:
    def renamed(entries: Entries) -> Entries:
        entries["vendor_name"] = entries.pop("desk_name")
        return entries

    first = canonical({"desk_name" if k == "vendor_name" else k: v for k, v in values().items()})
    read = Policy.from_body(first, 1, {1: renamed})
    assert read.vendor_name == POLICY.vendor_name
    assert (read.body, read.version) == (first, sha256(first.encode()).hexdigest()[:12])
    assert Policy.from_body(POLICY.body, 2, {1: renamed}) == POLICY


def test_a_policy_older_than_a_figure_has_the_one_of_its_first_release() -> None:
    assert POLICY.update.press_again_after == minutes(5)
    older = values()
    del older["update"]["press_again_after"]
    assert Policy.from_mapping(older).update.press_again_after == minutes(5)


def test_a_policy_older_than_the_grace_passes_over_a_minute() -> None:
    assert "lateness" not in values()
    assert POLICY.lateness.grace == minutes(1)
    longer = {**values(), "lateness": {"grace": "2m"}}
    assert Policy.from_mapping(longer).lateness.grace == minutes(2)


def test_the_version_follows_the_figures_and_not_the_layout() -> None:
    reordered = yaml.safe_dump(values(), sort_keys=True)
    assert parse_policy(reordered.encode()).version == POLICY.version
    assert parse_policy(TEXT.replace("size: 8", "size: 9").encode()).version != POLICY.version


def test_a_policy_of_before_gives_a_lower_tier_the_window_of_the_bridge() -> None:
    without = values()
    del without["lowering"]
    assert Policy.from_mapping(without).lowering.answer_within == timedelta(minutes=30)


@pytest.mark.parametrize(
    "key", sorted({*values()} - {"special_targets", "holds", "duties", "lowering"})
)
def test_a_missing_entry_is_refused_by_name(key: str) -> None:
    without = values()
    del without[key]
    with pytest.raises(EntryRefused) as refused:
        Policy.from_mapping(without)
    assert refused.value.path[0] == key


@pytest.mark.parametrize(
    ("old", "new", "entry", "why"),
    [
        ("scope: 15m", "scope: 15", "tier3.scope", "no unit"),
        ("scope: 15m", "scope: -15m", "tier3.scope", "not a duration"),
        ("scope: 15m", "scope: 0m", "tier3.scope", "no time at all"),
        ("scope: 15m", "scope: 2 business days", "tier3.scope", "day and night"),
        ("scope: 15m", "scoop: 15m", "tier3.scope", "missing"),
        ("scope: 15m", "scope: 15m\n  scoop: 15m", "tier3.scoop", "no such entry"),
        ("zone: America/New_York", "zone: America/Gotham", "calendar.zone", "no time zone"),
        ("zone: America/New_York", "zone: ../etc", "calendar.zone", "no time zone"),
        ('monday: ["09:00-17:00"]', 'monday: ["09:00-12:00", "11:00-17:00"]', "monday", "overlap"),
        ('monday: ["09:00-17:00"]', 'monday: ["17:00-09:00"]', "monday", "must open before"),
        ('monday: ["09:00-17:00"]', "monday: [nine to five]", "monday", "no window"),
        ("closed_days: []", "closed_days: [tomorrow]", "closed_days", "no date"),
        ("size: 8", "size: -1", "bridge.size", "whole number"),
        ("size: 8", "size: true", "bridge.size", "whole number"),
        ("size: 8", "size: many", "bridge.size", "whole number"),
        ("resolve: 48h-72h # S72", "resolve: 72h-48h", "commission_payment.resolve", "shorter"),
        ("opens: 15m", "opens: 40m", "tier3.activation.late", "opens before"),
        ("reference_prefix: BW", "reference_prefix: b!", "reference_prefix", "capital"),
        ("elevation_percents: [75, 90]", "elevation_percents: [90, 75]", "elevation", "larger"),
        ("severities: [medium]", "severities: [mild]", "special_targets.1.severities", "none of"),
        ("bank_holidays: true", "bank_holidays: perhaps", "bank_holidays", "true or false"),
        ("bank_holidays: true", "holidays: ATLANTIS", "calendar.holidays", "Write FED for the"),
        (
            "bank_holidays: true",
            "holidays: QQ",
            "calendar.holidays",
            'No holidays are known of "QQ"',
        ),
        ("bank_holidays: true", "holidays: DE-QQ", "calendar.holidays", "known of"),
        (
            "bank_holidays: true",
            "bank_holidays: true\n  holidays: DE",
            "holidays",
            "one of the two",
        ),
        ("\ntier1:", "\ncalendars: {Berlin: {}}\ntier1:", "calendars", "small letters"),
        (
            "\ntier1:",
            "\ncalendars:\n  berlin: {name: B, zone: UTC, hours: {}}\ntier1:",
            "berlin",
            "No weekday",
        ),
        (
            "\ntier1:",
            "\nperiod_closes: [{name: A, last_days: 0, first_days: 0}]\ntier1:",
            "period_closes",
            "at least one day",
        ),
        ("rca:\n", "rca: []\nrcb:\n", "rca", "entries with names"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(old: str, new: str, entry: str, why: str) -> None:
    changed = TEXT.replace(old, new, 1)
    assert changed != TEXT
    with pytest.raises(PolicyFileRefused) as refused:
        parse_policy(changed.encode())
    sentence = str(refused.value)
    line = int(sentence.partition("line ")[2].partition(":")[0])
    assert sentence.startswith("policy.yaml line ")
    assert entry in sentence
    assert why in sentence
    shown = changed.splitlines()[line - 1]
    assert any(part in shown for part in entry.split("."))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "byte-order mark"),
        (TEXT.replace("Bridgewatch Payments", "Zahlwärter").encode("latin-1"), "not UTF-8"),
        (TEXT.encode() + b"#" * 2_000_000, "larger than"),
        (b"tier3: [1, 2", "line 1"),
        (b"- a\n- b\n", "entries with names"),
        (b"just words", "entries with names"),
        (TEXT.encode() + b"\nretention:\n  years: 3\n", "stands here twice"),
        (b"a: &x [1]\nb: *x\n", "aliases"),
        (b"1: 2\n", "not a name"),
        (b"a: 2026-13-45\n", "cannot be read"),
        (b"a: !!python/object:os.system {}\n", "entries|no such|missing"),
        (b"[" * 5000, "line 1"),
        (b"a: \x00\n", "line 1"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(content: bytes, why: str) -> None:
    with pytest.raises(PolicyFileRefused, match=why) as refused:
        parse_policy(content)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileRefused, match="cannot be read"):
        load_policy(tmp_path / "policy.yaml")


def test_a_doubled_name_is_refused_with_the_line_of_the_second() -> None:
    with pytest.raises(PolicyFileRefused, match=r'line 3: "years" stands here twice\.'):
        parse_policy(b"retention:\n  years: 7\n  years: 3\n")


BERLIN = {
    "name": "Berlin desk",
    "zone": "Europe/Berlin",
    "holidays": "DE-BE",
    "hours": {"monday": ["09:00-12:30", "13:30-18:00"], "tuesday": ["09:00-18:00"]},
    "closed_days": [date(2026, 12, 24)],
}


def test_further_calendars_are_read_and_kept_with_their_days() -> None:
    """Source: S117."""
    changed = Policy.from_mapping({**values(), "calendars": {"berlin": BERLIN}})
    again = Policy.from_body(changed.body)
    assert again.calendars == changed.calendars
    rule = again.calendar_of("berlin")
    assert (rule.holidays, len(rule.week[0]), rule.closed_days) == (
        "DE-BE",
        2,
        frozenset({date(2026, 12, 24)}),
    )


def test_a_calendar_that_the_policy_has_not_is_the_desks() -> None:
    assert POLICY.calendar_of("berlin") == POLICY.calendar_of("") == POLICY.calendar


def test_a_desk_may_have_no_holidays_at_all() -> None:
    for said in ({"holidays": "none"}, {"bank_holidays": False}):
        calendar = {**values()["calendar"], **said}
        if "holidays" in said:
            del calendar["bank_holidays"]
        assert Policy.from_mapping({**values(), "calendar": calendar}).calendar.holidays == ""


def test_a_policy_may_name_when_books_are_closed() -> None:
    """Source: D45."""
    row = {"name": "Quarter", "last_days": 1, "first_days": 3, "months": [3, 6, 9, 12]}
    changed = Policy.from_mapping({**values(), "period_closes": [row]})
    assert [(each.first_days, 6 in each.months) for each in changed.period_closes] == [(3, True)]
    assert [each.name for each in POLICY.period_closes] == ["Month end"]


WRONG = {
    "reference_prefix: BW": ("reference_prefix: bw", "reference_prefix: "),
    "  acknowledge: 60s": ("  acknowledge: soon", 'tier3.acknowledge: "soon" is not a duration.'),
    "vendor_name:": ("vendor_nam:", "vendor_nam: There is no such entry here."),
}
"""Lines of the file, what stands there instead, and how its sentence begins."""


def test_everything_that_is_wrong_is_said_at_once_by_line() -> None:
    text = TEXT
    for line, (instead, _) in WRONG.items():
        assert line in text
        text = text.replace(line, instead, 1)
    with pytest.raises(PolicyFileRefused) as refused:
        parse_policy(text.encode())
    said = str(refused.value).splitlines()
    lines = text.splitlines()
    for instead, begins in WRONG.values():
        at = next(n for n, line in enumerate(lines, 1) if line.startswith(instead.rstrip()))
        assert any(each.startswith(f"policy.yaml line {at}: {begins}") for each in said), said
    assert len(said) == len(WRONG) + 1  # the vendor's name is missing, too
    assert said == sorted(said, key=lambda each: int(each.split()[2].rstrip(":")))


@pytest.mark.parametrize("path", [("tier3",), ("special_targets",), ("calendar", "zone")])
def test_one_wrong_entry_is_one_sentence(path: tuple[str, ...]) -> None:
    wrong = values()
    around = wrong
    for part in path[:-1]:
        around = around[part]
    around[path[-1]] = 12
    with pytest.raises(PolicyFileRefused) as refused:
        parse_policy(yaml.safe_dump(wrong).encode())
    assert len(str(refused.value).splitlines()) == 1


def test_a_comparison_with_an_entry_that_is_wrong_is_not_said() -> None:
    section = "quiet_hours:\n  account_from: dawn\n  account_until: 8\n"
    with pytest.raises(PolicyFileRefused) as refused:
        parse_policy(f"{TEXT}\n{section}".encode())
    assert "quiet_hours.account_from" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
