"""A status text is done when it is on the page: by a webhook, or by a person who says so."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from protocols.closure.events import MarkOpenedInError
from protocols.kernel.effects import Dm
from protocols.kernel.endings import ending_of
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.ladder.events import StepKind, StepLate, StepState
from protocols.people.people import Role
from protocols.rights.refusals import NotYours
from protocols.roles.events import TakeRole
from protocols.scales import Tier
from protocols.status_page.events import SayOnPage
from protocols.tiers.events import ChangeTier
from protocols.updates.addresses import StatusPage
from protocols.updates.events import DraftKind, DraftText, SendBack, TextDelivered
from protocols.updates.refusals import NoNextUpdate
from templates.kit import render
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import DOING, KNOWN, REF, Incident, instant, who
from tests.unit.presenters.walking import LINKS

ON = SayOnPage(REF, 1)


def released(*, hook: bool, commander: bool = True) -> Incident:
    incident = Incident.open().staffed()
    incident.ctx = replace(incident.ctx, status_hook=hook)
    incident.by("engineering-lead-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    if commander:
        incident.by("engineering-lead-one", TakeRole(REF, Role.COMMANDER))
    fields = (("known", KNOWN), ("doing", DOING))
    incident.by("csm-two", DraftText(REF, DraftKind.STATUS_PAGE, fields, None))
    return incident.release()


def on_page(text: DraftText, released_at: str) -> str:
    """Return what the public reads of a text that is released at a time of the day."""
    incident = Incident.open().staffed()
    incident.ctx = replace(incident.ctx, status_hook=True)
    incident.by("engineering-lead-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    incident.by("engineering-lead-one", TakeRole(REF, Role.COMMANDER))
    incident.by("csm-two", text).at(released_at).release()
    [effect] = [each for each in incident.last_effects if isinstance(each.to, StatusPage)]
    facts = facts_of(effect.template or "", effect.params, incident.ticket, incident.ctx, LINKS)
    return json.dumps(render.message(effect.template or "", facts).blocks, ensure_ascii=False)


FIELDS = (("known", KNOWN), ("doing", DOING))
WORSE = (("known", f"{KNOWN} Nine accounts have it."), ("doing", DOING))


def test_the_page_names_the_time_that_its_writer_chose() -> None:
    text = DraftText(REF, DraftKind.STATUS_PAGE, FIELDS, instant("18:30"))
    assert "18:30 UTC" in on_page(text, "14:10")


def test_a_text_of_before_that_names_no_time_promises_none_once_the_accounts_has_passed() -> None:
    text = DraftText(REF, DraftKind.STATUS_PAGE, FIELDS, None)
    assert "Next update by" not in on_page(text, "23:30")


def test_no_status_text_is_released_after_the_time_that_it_names() -> None:
    incident = Incident.open().staffed()
    incident.by("engineering-lead-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    incident.by("csm-two", DraftText(REF, DraftKind.STATUS_PAGE, FIELDS, instant("15:00")))
    refused = incident.at("15:01").refused("cs-manager-one", incident.releasing())
    assert isinstance(refused, NoNextUpdate)


def asked(incident: Incident) -> list[str]:
    return [e.to.person.key for e in incident.told("page_ask") if isinstance(e.to, Dm)]


def test_with_a_webhook_the_page_takes_the_text_and_nobody_is_asked() -> None:
    incident = released(hook=True)
    assert [e for e in incident.last_effects if isinstance(e.to, StatusPage)]
    assert asked(incident) == []
    assert isinstance(incident.refused("engineering-lead-one", ON), OldButton)
    incident.delivered("text/1")
    assert incident.step(StepKind.STATUS_PAGE).state is StepState.DONE


@pytest.mark.parametrize(
    ("commander", "who"), [(True, "engineering-lead-one"), (False, "cs-manager-one")]
)
def test_without_one_the_commander_else_the_manager_has_the_text(commander: bool, who: str) -> None:
    incident = released(hook=False, commander=commander)
    assert asked(incident) == [who]
    assert not [e for e in incident.effects if isinstance(e.to, StatusPage)]
    assert StepKind.STATUS_PAGE in incident.owed()


def test_the_step_is_done_by_whoever_says_that_it_is_on_the_page_and_then() -> None:
    incident = released(hook=False).at("14:50").by("cs-manager-one", ON)
    step = incident.step(StepKind.STATUS_PAGE)
    assert step.settled_by is not None
    assert (step.settled_by.key, step.settled_at) == ("cs-manager-one", incident.now)
    [said] = incident.events(TextDelivered)
    assert (said.by.key, said.at) == ("cs-manager-one", incident.now)
    assert [e.to for e in incident.told("page_settled")] == [Dm(who("engineering-lead-one"))]
    refusal = incident.refused("engineering-lead-one", ON)
    assert isinstance(refusal, AlreadyDone)
    assert refusal.facts == {"person": "CS Manager One"}


def test_nobody_else_says_so() -> None:
    assert isinstance(released(hook=False).refused("finance-one", ON), NotYours)


def test_until_then_the_step_falls_late_like_any() -> None:
    incident = released(hook=False).until("14:45")
    assert [e for e in incident.events(StepLate) if e.kind is StepKind.STATUS_PAGE]


def promising(at: str = "15:30", *, hook: bool = False) -> Incident:
    """Return an incident with a text on the page that names the time of the next."""
    incident = Incident.open().staffed()
    incident.ctx = replace(incident.ctx, status_hook=hook)
    incident.by("engineering-lead-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    text = DraftText(REF, DraftKind.STATUS_PAGE, FIELDS, instant(at))
    incident.at("14:30").by("csm-two", text).release()
    return incident.delivered("text/1") if hook else incident.by("cs-manager-one", ON)


def reminded(incident: Incident) -> list[str]:
    return [e.to.person.key for e in incident.told("prompt_page") if isinstance(e.to, Dm)]


@pytest.mark.parametrize("hook", [True, False])
def test_who_writes_is_reminded_once_of_the_time_that_the_page_names(hook: bool) -> None:
    incident = promising(hook=hook).until("15:14:59")
    assert reminded(incident) == []
    assert reminded(incident.until("15:45")) == ["csm-two"]


def test_nobody_is_reminded_of_a_status_text_while_a_newer_one_is_under_way() -> None:
    incident = promising().at("15:10")
    incident.by("csm-two", DraftText(REF, DraftKind.STATUS_PAGE, WORSE, instant("16:30")))
    assert reminded(incident.until("15:20")) == []
    incident.by("cs-manager-one", SendBack(REF, 2, "Say since when."))
    assert reminded(incident.until("15:21")) == ["csm-two"]


def test_a_newer_text_on_the_page_has_a_time_of_its_own_and_ends_the_reminder() -> None:
    incident = promising().until("15:20")
    assert became(incident) == ""
    incident.by("csm-two", DraftText(REF, DraftKind.STATUS_PAGE, WORSE, instant("16:30")))
    incident.release(number=2).by("cs-manager-one", SayOnPage(REF, 2))
    assert re.search("the next status text, due .*15:30 UTC>.* Done .*15:20 UTC>", became(incident))
    assert reminded(incident.until("16:20")) == ["csm-two", "csm-two"]


def test_a_ticket_that_has_ended_owes_the_page_no_text() -> None:
    incident = (
        promising().until("15:20").by("csm-one", MarkOpenedInError(REF, "not_a_problem", "-"))
    )
    assert "closed as opened by mistake" in became(incident)
    early = promising().by("csm-one", MarkOpenedInError(REF, "not_a_problem", "A test of theirs."))
    assert reminded(early.until("15:45")) == []


def test_a_status_text_that_names_no_time_promises_none() -> None:
    incident = released(hook=True).delivered("text/1")
    assert "page_prompt" not in {point.kind for point in incident.dues()}


def became(incident: Incident) -> str:
    """Return what the reminder says of what became of it."""
    ending = ending_of(incident.ticket, "page-prompt/1", incident.last, incident.ctx)
    if ending is None:
        return ""
    params = {"ending": ending, **ending.params}
    facts = facts_of(ending.template, params, incident.ticket, incident.ctx, LINKS)
    return render.message(ending.template, facts).text
