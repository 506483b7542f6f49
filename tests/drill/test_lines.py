"""What colleagues and people outside say by themselves."""

from __future__ import annotations

from typing import Any

from drill.gestures import Gestures
from drill.local import LocalSlack
from drill.play.lines import Lines
from drill.play.scenarios import Scenario, Spoken, scenarios
from drill.play.sight import Sight


def spoken(slack: LocalSlack, **more: Any) -> Lines:
    at_once: dict[str, Any] = {"at": "0s", "where": "support", "text": "Of {day}.", **more}
    scenario: Scenario = scenarios()["duplicate_payment"]
    only = scenario.model_copy(update={"lines": (Spoken.model_validate(at_once),)})
    sight = Sight(slack.core, 0.0, "acme-support")
    return Lines(slack.space, Gestures(slack.space), sight, only)


def speakers(slack: LocalSlack, lines: Lines, viewer: str, *, alone: bool = True) -> list[str]:
    def due() -> list[str]:
        return [who.handle for _, _, who, _ in lines.due(viewer, alone=alone)]

    return slack.ask(due)


def test_nobody_speaks_for_the_viewer(slack: LocalSlack) -> None:
    lines = spoken(slack, who="csm-two")
    assert speakers(slack, lines, "U0CSMONE01") == ["csm-two"]
    assert speakers(slack, lines, "U0CSMTWO01") == []


def test_colleagues_who_do_not_act_alone_say_nothing_and_people_outside_do(
    slack: LocalSlack,
) -> None:
    ours, theirs = spoken(slack, who="csm-two"), spoken(
        slack, who="ap-director-one", where="acme-support"
    )  # fmt: skip
    assert speakers(slack, ours, "U0CSMONE01", alone=False) == []
    assert speakers(slack, theirs, "U0CSMONE01", alone=False) == ["ap-director-one"]


def test_whoever_is_not_in_the_channel_says_nothing(slack: LocalSlack) -> None:
    assert speakers(slack, spoken(slack, who="engineer-one"), "U0CSMONE01") == []


def test_whoever_has_no_seat_yet_says_nothing_and_then_speaks(slack: LocalSlack) -> None:
    lines = spoken(slack, who="seat:scribe")
    assert speakers(slack, lines, "U0CSMONE01") == []
    lines.sight.seats["scribe"] = "Support One"
    assert speakers(slack, lines, "U0CSMONE01") == ["support-one"]


def test_a_line_is_said_once_with_the_day_in_it(slack: LocalSlack) -> None:
    lines = spoken(slack, who="csm-two")
    _, line, who, where = slack.ask(lambda: lines.due("U0CSMONE01", alone=True))[0]
    slack.run(lines.say(line, who, where))
    assert speakers(slack, lines, "U0CSMONE01") == []
    said = slack.person("csm-one").messages("support")[-1].text
    assert said == f"Of {slack.core.clock.business().day} {slack.core.clock.business():%b}."


def test_who_is_about_to_write_is_seen_typing(slack: LocalSlack) -> None:
    lines = spoken(slack, who="csm-two", at="1m")
    here = slack.person("csm-two").messages
    assert here("support") == []
    soon = slack.ask(lambda: lines.typing("U0CSMONE01", 30.0, alone=True))
    assert [(one["who"], one["channel"]) for one in soon] == [("U0CSMTWO01", "C0SUPPORT1")]
    assert slack.ask(lambda: lines.typing("U0CSMONE01", 5.0, alone=True)) == []
