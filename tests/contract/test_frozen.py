"""What must not change has not: names and forms that stand in databases, in Slack and in files.

A line that is missing here is something that an installation still holds and that the program of
today would not know, or would do again under another name. The lists only gain.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TypeAlias

import pytest

from tests.contract import frozen

pytestmark = pytest.mark.slow
NAMES = sorted(frozen.LISTS)
WRITE = "`python -m tests.contract.frozen` writes it down"
OTHERWISE_SINCE = {
    "{ref}/hold/{n}/asked",  # what nobody has to carry out stands at once: one word, not two
    "{ref}/review-asked/{n}/{hash}/{at}/{person}",  # asks those who may review now
    "{ref}/opened-edit/sponsor_told/{n}",  # two commits of one instant are one change here
    "{ref}/buried/hold/{n}/asked/manager",  # what dies of one matter is listed in one message
    "{ref}/opened-edit/acknowledge/{n}",  # an answer of a closed ticket gets no buttons again
}
"""What the week's commit planned and the program of today would not; the rows still stand."""
ADDED_SINCE = {
    "rca:{n}:late:{at}",  # an analysis that is late is said to be so once more each day
}
"""Due points of a kind that the week knew, which its commit did not make."""
WAITS_SINCE = {"confirm-remind:{n}": timedelta(days=4)}
"""Due points that wait for the hours in which an account is reminded (D45), and how long at most:
its night and a weekend with a closed day."""
Told: TypeAlias = tuple[str, str, str, tuple[str, ...], bool]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_must_stay_is_gone_or_otherwise(name: str) -> None:
    gone = frozen.stored(name) - set(frozen.LISTS[name]())
    assert not gone, f"{name}.txt: what stands there is gone or otherwise: {frozen.said(gone)}."


@pytest.mark.parametrize("name", NAMES)
def test_what_is_new_is_written_down(name: str) -> None:
    new = set(frozen.LISTS[name]()) - frozen.stored(name)
    assert not new, f"{name}.txt lacks what is new, {WRITE}: {frozen.said(new)}."


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_each_line_once_and_in_order(name: str) -> None:
    lines = frozen.path_of(name).read_text(encoding="utf-8").splitlines()
    assert lines
    assert lines == sorted(set(lines))


def test_the_week_that_is_kept_makes_its_due_points_and_no_others_of_their_kinds() -> None:
    asked = "SELECT reference, key, kind, due_at FROM step"
    then = {
        (reference, key): (kind, due_at)
        for reference, key, kind, due_at in frozen.past().execute(asked)
    }
    now: dict[tuple[str, str], tuple[str, int]] = {}
    for reference, changes in frozen.changes():
        for change in changes if reference else ():
            for key, (kind, at) in change.points.items():
                if frozen.pattern(key) not in ADDED_SINCE:
                    now[reference, key] = (kind, microseconds(at))
    known = {kind for kind, _at in then.values()}
    held = {point: due for point, due in now.items() if due[0] in known}
    for (reference, key), (kind, at) in then.items():
        most = WAITS_SINCE.get(frozen.pattern(key), timedelta(0)) // timedelta(microseconds=1)
        if 0 < held[reference, key][1] - at <= most:
            held[reference, key] = (kind, at)
    assert held == then


def test_the_week_that_is_kept_tells_under_the_same_keys_in_the_same_streams() -> None:
    now: dict[str, set[Told]] = defaultdict(set)
    for reference, changes in frozen.changes():
        for change in changes if reference else ():
            for row in change.rows:
                now[unnumbered(row.key)].add(
                    (row.road, row.stream, row.slot, row.needs, row.reports)
                )
    asked = "SELECT key, gateway, method, surface, stream, slot, needs, reports FROM outbox"
    differing = []
    for key, *road, stream, slot, needs, reports in frozen.past().execute(asked):
        told = (" ".join(road), stream, slot or "", tuple(json.loads(needs)), bool(reports))
        if told not in now[unnumbered(key)] and frozen.pattern(key) not in OTHERWISE_SINCE:
            differing.append(f"{key} {told}, now {now[unnumbered(key)]}")
    assert differing == []


def microseconds(at: datetime) -> int:
    """Return an instant as the database of the week spells it."""
    return round(at.timestamp() * 1_000_000)


def unnumbered(key: str) -> str:
    """Return a key without the number of its change: several tickets' commits share instants."""
    return re.sub(r"(/card-edit|/brief-edit/[^/]+)/\d+$", r"\1", key)
