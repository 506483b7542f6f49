"""A scenario is one file; whoever writes one is told the line of each fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drill.errors import DrillRefusal
from drill.play import sight
from drill.play.marks import is_mark
from drill.play.scenarios import SHIPPED, common_habits, read_scenario, scenarios

OURS = """place: 9
name: Our last incident
story: Told by the desk.
cast:
  you: csm-one
  outside: ap-director-one
  faces: [csm-one, ap-director-one]
world:
  shared: acme-support
lines:
  - {at: 0s, who: ap-director-one, where: acme-support, text: Hello}
coach:
  - done: opened
    who: csm-one
    say: Open a ticket.
score:
  figure: on_time
  says: steps on time
"""
FAULTS = {
    "a person nobody knows": ("you: csm-one", "you: csm-ten", 5, "'csm-ten' is none of"),
    "a channel nobody knows": (
        "shared: acme-support",
        "shared: acme",
        9,
        "of the world's channels",
    ),
    "a mark that the drill never sees": ("done: opened", "done: opend", 13, "sees no mark 'opend'"),
    "a time without its unit": ("at: 0s", "at: 45", 11, "45 is not a time such as 45m"),
    "a word that nobody knows": (
        "  you: csm-one",
        "  you: csm-one\n  me: csm-two",
        6,
        "nobody knows this word",
    ),
    "a part that is missing": ("    say: Open a ticket.\n", "", 13, "Field required"),
    "a figure that there is not": ("figure: on_time", "figure: stars", 17, "'first_update_min'"),
    "a past that does two things": (
        "lines:\n",
        "past:\n  - {ago: 1h, who: csm-one, opens: A, says: B, where: support}\nlines:\n",
        11,
        "it opens, presses or says one thing",
    ),
    "a press on no card": (
        "lines:\n",
        "past:\n  - {ago: 1h, who: csm-one, presses: Take}\nlines:\n",
        11,
        "'card' has words",
    ),
    "what is not YAML": ("  outside: ap", "  outside: [ap", 7, "expected"),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "ours.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_scenario_is_told_with_file_and_line(tmp_path: Path, fault: str) -> None:
    right, wrong, line, why = FAULTS[fault]
    assert OURS.count(right) == 1
    with pytest.raises(DrillRefusal) as refused:
        read_scenario(written(tmp_path, OURS.replace(right, wrong)))
    assert f"ours.yaml, line {line}: " in str(refused.value)
    assert why in str(refused.value)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = OURS.replace("you: csm-one", "you: nobody").replace("figure: on_time", "figure: stars")
    with pytest.raises(DrillRefusal) as refused:
        read_scenario(written(tmp_path, text))
    assert len(str(refused.value).splitlines()) == 2


def test_a_folder_of_ones_own_adds_its_scenarios_to_the_picker(tmp_path: Path) -> None:
    written(tmp_path, OURS)
    found = scenarios(tmp_path)
    assert found["ours"].name == "Our last incident"
    assert set(scenarios()) < set(found)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DrillRefusal, match="is no folder of scenarios"):
        scenarios(tmp_path / "nowhere")


def test_one_scenario_is_where_to_start_and_no_two_share_a_place() -> None:
    found = list(scenarios().values())
    assert len(found) == len(list(SHIPPED.glob("*.yaml")))
    assert [one.name for one in found if one.first] == ["Duplicate payment"]
    assert len({one.place for one in found}) == len(found)


def test_whoever_acts_in_a_scenario_can_be_seen_or_acts_alone() -> None:
    for one in scenarios().values():
        asked = {step.who for step in one.coach} | {one.cast.you, one.cast.outside}
        assert asked <= set(one.cast.faces), one.name


def test_colleagues_habits_are_read_by_the_same_rules() -> None:
    assert "joins" in {habit.key for habit in common_habits()}


def test_every_mark_that_is_seen_may_be_waited_for() -> None:
    seen = re.findall(r"yield f?\"([^\"]+)\"", Path(sight.__file__).read_text("utf-8"))
    marks = [re.sub(r"\{.*\}", "1", one) for one in seen]
    assert len(marks) > 15
    assert [one for one in marks if not is_mark(one)] == []
