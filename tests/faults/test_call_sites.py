"""Each call of the journey goes wrong in each way: the end is that of the faultless run.

Proves: F06, F07, F08, F09.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Fresh
from tests.faults.weather import (
    ACCOUNTS,
    KINDS,
    Expected,
    Site,
    play_together,
    running,
    sites_of,
    strike,
    told,
)
from tests.kit import history
from tests.kit.incident import PlayedIncident

BY_CHANCE = str(Site("chat.update", "opened"))
"""The opener's answer is edited only when the bridge was made before the other deliveries."""

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.xdist_group("faultless")]


@dataclass(frozen=True, slots=True)
class Faultless:
    """What the journey comes to when nothing goes wrong."""

    told: Expected
    sites: Mapping[Site, set[str]]


@pytest.fixture(scope="module")
def faultless(tmp_path_factory: pytest.TempPathFactory) -> Faultless:
    url = f"sqlite:///{tmp_path_factory.mktemp('faultless') / 'bridgewatch.db'}"
    with running(url) as (slack, bot):
        incidents = [PlayedIncident(bot, account) for account in ACCOUNTS]
        play_together(incidents)
        assert history.violations(bot.database, history.Local(slack)) == []
        return Faultless({i.account: told(bot, i) for i in incidents}, sites_of(slack))


def spread_out(sites: Mapping[Site, set[str]]) -> list[tuple[str, Site]]:
    """Give each site to one of the tickets that have it, so that faults do not all fall on one.

    The order is that of names: when a site is called first depends on the machine.
    """
    load: Counter[str] = Counter()
    given = []
    for site, references in sorted(sites.items(), key=str):
        chosen = min(sorted(references), key=lambda reference: load[reference])
        load[chosen] += 1
        given.append((chosen, site))
    return given


def play_in(kind: str, sites: Sequence[tuple[str, Site]], url: str, faultless: Faultless) -> None:
    with running(url) as (slack, bot):
        incidents = [PlayedIncident(bot, account) for account in ACCOUNTS]
        rules = {str(site): strike(slack, site, kind, reference) for reference, site in sites}
        play_together(incidents)
        missed = [name for name, rule in rules.items() if not rule.struck]
        assert [name for name in missed if name != BY_CHANCE] == []
        assert history.violations(bot.database, history.Local(slack)) == []
        assert [each for i in incidents for each in _unlike(told(bot, i), faultless, i)] == []


def _unlike(found: frozenset[str], faultless: Faultless, incident: PlayedIncident) -> list[str]:
    """Return what an incident was told too much or too little, a sentence each."""
    expected = faultless.told[incident.account]
    more = [f"{incident.reference}: {key} came, too" for key in sorted(found - expected)]
    return [*more, *(f"{incident.reference}: no {key} came" for key in sorted(expected - found))]


@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", KINDS)
def test_every_call_site_going_wrong_once_changes_nothing_in_the_end(
    kind: str, faultless: Faultless, tmp_path: Path
) -> None:
    assert len(faultless.sites) >= 15, faultless.sites
    url = f"sqlite:///{tmp_path / 'bridgewatch.db'}"
    play_in(kind, spread_out(faultless.sites), url, faultless)


@pytest.mark.postgres
@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", KINDS)
def test_every_third_call_site_going_wrong_once_on_postgresql_ends_as_on_sqlite(
    kind: str, faultless: Faultless, fresh_postgres: Fresh
) -> None:
    chosen = spread_out(faultless.sites)[KINDS.index(kind) % 3 :: 3]
    with fresh_postgres() as url:
        play_in(kind, chosen, url, faultless)


@pytest.mark.full
@pytest.mark.postgres
@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", KINDS)
def test_every_call_site_going_wrong_once_on_postgresql_ends_as_on_sqlite(
    kind: str, faultless: Faultless, fresh_postgres: Fresh
) -> None:
    with fresh_postgres() as url:
        play_in(kind, spread_out(faultless.sites), url, faultless)


@pytest.mark.full
@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", KINDS)
def test_each_call_site_alone_going_wrong_changes_nothing_in_the_end(
    kind: str, faultless: Faultless, fresh_database: Fresh
) -> None:
    for reference, site in spread_out(faultless.sites):
        with fresh_database() as url:
            play_in(kind, [(reference, site)], url, faultless)
