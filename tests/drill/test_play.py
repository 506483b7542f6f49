"""What the drill's score and clock say: only what the record and the channels hold."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from drill.core import OpenView
from drill.errors import DrillRefusal
from drill.gestures import Gestures
from drill.local import LocalSlack
from drill.play.coach import coach_wire
from drill.play.facts import MONDAY, opening_time
from drill.play.kept import Kept
from drill.play.pace import Pace
from drill.play.past import Before
from drill.play.rehearsal import Rehearsal
from drill.play.scenarios import Past, scenarios
from drill.play.score import score
from drill.play.sight import Sight
from tests.drill.tiny_bot import TinyBot

CERTIFICATE = """Opened 30 Nov 2026 23:40:00 UTC by CSM One. *11 of 13 steps on time, 2 late.*
  9 Call running · by 14:32:10 · done 14:35:12 · CS Manager One · *3 min 2 s late*
  10 Status page on · by 14:47:10 · owed
  13 First update · by 00:40:00 · done 1 Dec 00:25:59 · bot · written CSM Two · on time
  14 Written analysis · by 7 Dec 23:40:00 · owed
*Texts stopped by a check:* 2 (a cause, a forecast). *Texts released by a second person:* 3."""


def shown(words: str) -> dict[str, object]:
    return {"text": words, "blocks": []}


def sight_of(slack: LocalSlack) -> Sight:
    return Sight(slack.core, 0.0, "acme-support")


def scored(slack: LocalSlack, certificate: str = "", kept: Kept | None = None) -> dict[str, object]:
    told = kept or Kept()
    return slack.ask(lambda: score(slack.core, sight_of(slack), "Any", told, shown(certificate)))


def test_the_figures_of_the_score_are_those_of_the_certificate(slack: LocalSlack) -> None:
    kept = Kept(stopped=["a", "b", "c", "d", "e"])
    found = scored(slack, CERTIFICATE, kept)
    assert (found["on_time"], found["owed"]) == (11, 13)
    assert found["late"] == ["Call running, 3 min 2 s"]
    assert found["not_done"] == ["Status page on, owed"]
    assert (found["stopped"], found["stopped_for"]) == (2, "a cause, a forecast")
    assert found["releases"] == 3
    assert found["first_update_min"] == 45


def test_without_a_certificate_the_score_claims_nothing(slack: LocalSlack) -> None:
    found = scored(slack)
    assert (found["on_time"], found["first_update_min"]) == (None, None)
    assert (found["stopped"], found["releases"]) == (0, 0)


def test_what_a_colleague_writes_where_acme_reads_is_in_the_score(slack: LocalSlack) -> None:
    slack.person("csm-two").say("acme-support", "The cause was a bad deploy.")
    slack.person("csm-two").say("support", "Between us: a bad deploy.")
    slack.person("ap-director-one").say("acme-support", "Thanks for that.")
    past = scored(slack)["past_review"]
    assert [(one["who"], one["words"]) for one in past] == [  # type: ignore[attr-defined]
        ("CSM Two", "The cause was a bad deploy.")
    ]


def test_internal_words_in_a_colleagues_message_are_named(slack: LocalSlack) -> None:
    finding = "The retry job sent the same batch twice."
    slack.person("csm-two").say("acme-support", f"Tier 3 for you. {finding}")
    assert scored(slack, kept=Kept(findings=[finding]))["inside"] == ["Tier 3", finding]


@pytest.mark.parametrize(
    "key", ["duplicate_payment", "legal_threat", "platform_outage", "ach_return_spike"]
)
def test_the_coach_sends_nobody_to_a_bridge_that_is_not_there(slack: LocalSlack, key: str) -> None:
    found, sight = scenarios()[key], sight_of(slack)
    for mark in ("started", "acknowledged", "opened"):
        sight.set(mark)
    told = coach_wire(found, sight)
    assert told["n"] == 1
    assert "bridge" not in str(told["say"])
    sight.set("bridge")
    assert coach_wire(found, sight)["n"] > 1


@pytest.mark.parametrize("key", ["duplicate_payment", "legal_threat", "platform_outage"])
def test_where_a_tier_is_asked_for_the_coach_says_where_it_is_given(
    slack: LocalSlack, bot: TinyBot, key: str
) -> None:
    bot.client.chat_postMessage(
        channel=slack.person("csm-one").id,
        text='Which tier? Acme wrote: "Our bank shows it twice."',
    )
    sight = sight_of(slack)
    slack.ask(sight.look)
    assert "*Tier 3*" in str(coach_wire(scenarios()[key], sight)["say"])


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-30 15:20", "2026-11-30 15:20"),
        ("2026-11-30 09:00", "2026-11-30 14:02"),
        ("2026-11-30 19:30", "2026-12-01 14:02"),
        ("2026-11-28 15:20", "2026-11-30 14:02"),
    ],
)
def test_a_rehearsal_opens_on_a_working_afternoon(now: str, opens: str) -> None:
    assert opening_time(at(now)) == at(opens)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-30 13:20", "2026-11-30 14:02"),
        ("2026-11-30 15:20", "2026-12-07 14:02"),
        ("2026-12-03 15:20", "2026-12-07 14:02"),
    ],
)
def test_a_rehearsal_of_a_monday_opens_on_the_next_one(now: str, opens: str) -> None:
    assert opening_time(at(now), MONDAY) == at(opens)


def test_a_past_that_cannot_be_played_says_who_could_not_do_what(slack: LocalSlack) -> None:
    wish = {"ago": "0s", "who": "csm-one", "where": "leadership", "says": "Hello"}
    space = slack.space
    before = Before(space, Gestures(space), Pace(space), lambda _done, _of: None)
    with pytest.raises(DrillRefusal, match="csm-one, Hello: CSM One is not in leadership"):
        slack.run(before.play((Past.model_validate(wish),), 0.0))


def test_a_score_of_what_has_been_left_meanwhile_is_none_and_no_failure(slack: LocalSlack) -> None:
    rehearsal = Rehearsal(slack.space, Gestures(slack.space))

    async def left_while_asked() -> tuple[object, object]:
        await rehearsal.start("duplicate_payment")
        async with rehearsal.busy:
            asked = asyncio.ensure_future(rehearsal.score())
            await asyncio.sleep(0)
            rehearsal.leave()
        return await asked, await rehearsal.score()

    assert slack.run(left_while_asked()) == (None, None)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def test_an_event_of_an_old_world_is_not_tried_again_in_the_new_one(
    slack: LocalSlack, bot: TinyBot
) -> None:
    slack.request_url = "http://127.0.0.1:9/slack/events"
    slack.person("csm-one").say("acme-support", "Hello?")
    slack.reset()
    slack.settle()
    assert slack.pending_events() == 0


def test_a_new_world_is_refused_to_a_drill_that_did_not_start_its_bot(slack: LocalSlack) -> None:
    with pytest.raises(DrillRefusal, match="did not start its bot"):
        slack.run(slack.space.begin_again())


def test_a_new_world_has_no_message_and_no_moved_clock(slack: LocalSlack) -> None:
    class Restarted:
        ended = asyncio.Event()

        async def end(self) -> None: ...

        async def begin(self) -> None: ...

        async def until_ready(self) -> None: ...

    slack.space.bot = Restarted()  # type: ignore[assignment]
    slack.adopt_clock(at("2030-01-01 12:00"))
    slack.person("csm-one").say("acme-support", "Hello?")
    slack.run(slack.space.begin_again())
    assert slack.person("csm-one").messages("acme-support") == []
    assert slack.core.clock.business().year < 2030
    assert float(slack.core.clock.stamp()) < at("2030-01-01 00:00").timestamp()


def field(block: str) -> dict[str, object]:
    return {"type": "input", "block_id": block}


def section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def test_words_that_a_check_stopped_are_kept_with_every_reason_after_their_field() -> None:
    blocks = [
        field("know"),
        section("*A check asks:* It names a cause.\n*Instead:* We check."),
        section("*Stopped:* No zone."),
        field("doing"),
        section("*What else:* nothing."),
    ]
    values = {
        "know": {"a": {"type": "plain_text_input", "value": "A bad deploy."}},
        "doing": {"a": {"type": "plain_text_input", "value": "We check."}},
    }
    wire = {"id": "V1", "callback_id": "draft_update", "state": {"values": values}}
    opened = OpenView({"id": "V1", "blocks": blocks}, "U1", values)
    kept = Kept()
    assert kept.form_sent("CSM Two", wire, {"sent": True}, [opened]) == "stopped"
    assert kept.nearly == [
        {"who": "CSM Two", "words": "A bad deploy.", "why": "It names a cause. No zone."}
    ]
    assert kept.form_sent("CSM Two", wire, {"sent": True}, []) == "sent_draft_update"


def test_what_stands_between_the_fields_of_a_form_that_came_back_is_kept_as_stopped() -> None:
    said = ['*Stopped:* "14:10" has no zone.\n*Instead:* 14:10 EST', '*A check asks:* "soon" ...']
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": words}} for words in said]
    wire = {"id": "V1", "callback_id": "draft_update", "state": {"values": {}}, "blocks": blocks}
    opened = SimpleNamespace(id="V1", wire=wire)
    kept = Kept()
    assert kept.form_sent("csm-two", wire, {"sent": True}, [cast("OpenView", opened)]) == "stopped"
    assert kept.stopped == ['"14:10" has no zone.', '"soon" ...']
