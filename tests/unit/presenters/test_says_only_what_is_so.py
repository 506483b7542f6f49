"""A text says only what is so: each sentence that claimed an act, on a path where it was false.

Source: D41.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.engine.facts import Facts
from handlers.kit import refusing
from handlers.slack.investigation import exposure_form
from protocols.bridge.addresses import Bridge
from protocols.bridge.events import BringInNow, NoteShared, NoteUnshared
from protocols.closure.events import AnswerSolved, Resolve, TicketReopened
from protocols.deliveries.events import BuryDelivery, ToldThem
from protocols.escalation.events import Escalate
from protocols.executives.events import MarkSeen
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.rules import ACKNOWLEDGMENT
from protocols.holds.events import HoldKind, PlaceHold
from protocols.investigation.events import ConfirmExposure
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.opening.rules import open_ticket
from protocols.people.directory import Directory
from protocols.people.people import ENGINE, Actor, Who
from protocols.replies.events import RecordCall, RecordReply
from protocols.rights.refusals import NotMetYet
from protocols.scales import Impact, NoticedBy, Tier
from protocols.second_reviews.events import AskSecondReview, ReviewTeam
from protocols.tiers.events import ChangeTier
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates
from templates.helpers.facts import brought_in
from templates.kit import render
from templates.kit.presenting import facts_of, template_for
from templates.ticket.show import show_facts
from tests.kit.rules_incident import Incident, people, policy
from tests.unit.presenters.walking import (
    CUSTOMER,
    LINKS,
    REFERENCE,
    Walk,
    at,
    opening,
    person,
)
from tests.unit.protocols.test_details import asked, tier_1
from tests.unit.templates import prose

ROUTINE: dict[str, Any] = {"impacts": frozenset({Impact.PAYMENTS_BLOCKED}), "signal": None}

ACKNOWLEDGE = SendFixed(REFERENCE, ACKNOWLEDGMENT)


def said(walk: Walk, template: str) -> str:
    """Return the newest words of a template, as prose."""
    effect = next(e for e in reversed(walk.sent) if e.template == template)
    made = walk.said[effect.key]
    if isinstance(made, render.Message):
        return prose.message(made.text, made.blocks)
    return str(made)


def brief(walk: Walk) -> str:
    """Return the sponsor's brief as it stands."""
    assert walk.ticket is not None
    name = template_for("brief_t3", walk.ticket)
    facts = facts_of(name, {"person": "sponsor-one"}, walk.ticket, walk.ctx, LINKS)
    made = render.message(name, facts)
    return prose.message(made.text, made.blocks)


def without(*duties: str) -> Directory:
    """Return the sample directory with nobody on these duties."""
    known = people()
    left = tuple(
        replace(one, duties=tuple(d for d in one.duties if d.name not in duties))
        for one in known.people
    )
    return replace(known, people=left)


def opened(directory: Directory | None = None, **changed: Any) -> Walk:
    """Return a ticket that a CSM opened, with what Slack took so far."""
    walk = Walk()
    if directory is not None:
        walk.ctx = replace(walk.ctx, directory=directory)
    walk.do(person("csm-one"), opening(**changed))
    return walk


def raised(directory: Directory | None = None) -> Walk:
    """Return a Tier 2 that became Tier 3 after it was acknowledged."""
    walk = opened(directory, **ROUTINE)
    walk.deliver()
    walk.do(person("csm-one"), ChangeTier(REFERENCE, Tier.CRITICAL, "Sent twice"))
    return walk


def test_an_escalation_names_the_teams_that_were_called_and_no_other() -> None:
    words = said(raised(), "escalated_customer")
    assert "colleagues from engineering and customer success" in words
    assert "finance" not in words


def test_an_escalation_in_which_nobody_was_called_says_nothing_of_a_team() -> None:
    words = said(raised(without("engineering-lead", "cs-manager")), "escalated_customer")
    assert "called" not in words
    assert "you need not repeat anything" in words


def test_a_partner_reads_of_nobody_who_leads_before_they_have_come() -> None:
    walk = opened(None, **ROUTINE, account_key="birch")
    walk.deliver()
    walk.do(person("csm-one"), ChangeTier(REFERENCE, Tier.CRITICAL, "Sent twice"))
    words = said(walk, "escalated_partner")
    assert "leads" not in words
    assert "CS Manager One" not in words
    assert "*Talk to:* CSM One" in words


def test_an_acknowledgment_promises_no_pause_while_there_is_none() -> None:
    assert "waits until you answer" not in said(opened(**ROUTINE), "ack_customer_routine")


def test_an_acknowledgment_while_the_account_is_asked_says_that_its_time_waits() -> None:
    incident = asked(tier_1(noticed_by=NoticedBy.US)).by("csm-one", ACKNOWLEDGE)
    [effect] = incident.told("ack_customer_routine")
    facts = facts_of("ack_customer_routine", effect.params, incident.ticket, incident.ctx, LINKS)
    made = render.message("ack_customer_routine", facts)
    assert "it waits for your answer" in prose.message(made.text, made.blocks)


def resolved() -> Walk:
    """Return a ticket whose account was told what was done, and asked."""
    walk = opened()
    walk.deliver()
    walk.by("csm-one", Resolve(REFERENCE, "The copies are returned.", "Your statement"), "16:00")
    assert walk.ticket is not None
    draft = walk.ticket.of(Updates).waiting_drafts()[0]
    walk.by("cs-manager-one", ReleaseText(REFERENCE, draft.number, draft.text_hash), "16:05")
    walk.deliver()
    return walk


def test_silence_is_not_claimed_of_an_account_that_wrote() -> None:
    walk = resolved()
    walk.run_until(at("17:00"))
    reply = RecordReply(REFERENCE, "AP Director One", "Third batch now", "C0ACME0001", "1.2")
    walk.do(CUSTOMER, reply)
    walk.run_until(at("12:00", days=5))
    assert [event for event in walk.history if isinstance(event, TicketReopened)]
    assert "have not heard" not in said(walk, "reopened")
    assert "We have your message of Mon 23 Nov 2026, 12:00 EST (17:00 UTC)" in said(
        walk, "reopened"
    )
    assert "still waiting for your word" not in said(walk, "reminder")
    assert "has not answered" not in said(walk, "reopened_inside")
    assert "read what they wrote" in said(walk, "reopened_inside")


def test_silence_is_said_of_an_account_that_was_silent() -> None:
    walk = resolved()
    walk.run_until(at("12:00", days=5))
    assert "because we have not heard whether it is solved" in said(walk, "reopened")


def test_a_message_of_a_ticket_without_a_bridge_does_not_lead_to_one() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening(impacts=frozenset(), signal=None))
    walk.deliver()
    walk.do(person("csm-one"), Resolve(REFERENCE, "The export has all pages.", "Export it again."))
    walk.do(CUSTOMER, AnswerSolved(REFERENCE, False, "It still stops."))
    words = said(walk, "reopened_inside")
    assert "[Answer*](answer.open BW-1001)" in words
    assert "bridge" not in words


def test_a_third_reopening_says_who_was_told_of_it() -> None:
    walk = opened()
    facts = {
        "account": "Acme", "by": "AP Director One", "by_silence": False, "escalated": True,
        "hears_at": None, "manager_told": "", "now": walk.now, "reason": "No", "ref": REFERENCE,
        "times": 3, "wrote_at": None, "bridge_url": None,
        "has_bridge": True,
    }  # fmt: skip
    nobody = render.message("reopened_inside", facts)
    assert "No CS manager is on duty, so none is told" in str(nobody.blocks)
    told = render.message("reopened_inside", facts | {"manager_told": "CS Manager One"})
    assert "CS Manager One is told as CS manager" in str(told.blocks)
    assert "leads it from now on" not in str(told.blocks)


def test_nobody_reads_that_an_account_hears_by_a_time_that_has_passed() -> None:
    walk = opened()
    walk.run_until(at("16:00"))
    words = [
        prose.message(made.text, made.blocks)
        for each in walk.sent
        if each.template == "late_manager"
        and isinstance(made := walk.said[each.key], render.Message)
    ]
    [before] = (each for each in words if "LATE, scope confirmed" in each)
    [after] = (each for each in words if "LATE, blast radius" in each)
    assert "hears next by" in before
    assert "hears next" not in after


def test_a_correction_names_the_time_that_was_released_with_it_and_no_usual_one() -> None:
    walk = opened()
    walk.deliver()
    update = (("known", "412 payments were sent twice."), ("doing", "We set them apart."))
    right = (("wrong", "412 payments were sent twice."), ("right", "It was 410 of them."))
    walk.by("csm-two", DraftText(REFERENCE, DraftKind.UPDATE, update, at("15:10")), "14:20")
    release_newest(walk, "14:25")
    walk.deliver()
    walk.by("csm-two", DraftText(REFERENCE, DraftKind.CORRECTION, right, at("17:30")), "15:05")
    release_newest(walk, "15:20")
    assert "(17:30 UTC)" in said(walk, "correction")


def release_newest(walk: Walk, clock: str) -> None:
    """Have the CS manager release the newest text as it stands."""
    assert walk.ticket is not None
    draft = walk.ticket.of(Updates).drafts[-1]
    walk.by("cs-manager-one", ReleaseText(REFERENCE, draft.number, draft.text_hash), clock)


def test_those_brought_in_are_named_and_no_others() -> None:
    walk = opened()
    walk.by("csm-one", BringInNow(REFERENCE), "14:05")
    assert walk.ticket is not None
    named = brought_in(walk.ticket)
    assert "Engineering Lead One" in named
    line = render.line("done_brought_in", {"people": named})
    assert line.startswith(f"Asked now: {named}")


def test_where_nobody_could_be_brought_in_that_is_said() -> None:
    known = without()
    duties = {duty.name for one in known.people for duty in one.duties}
    walk = opened(without(*duties - {"csm"}))
    walk.by("csm-one", BringInNow(REFERENCE), "14:05")
    assert walk.ticket is not None
    asked = brought_in(walk.ticket)
    assert "Engineering Lead One" not in asked
    assert render.line("done_brought_in", {"people": ""}).startswith("Nobody was asked")


def test_a_bridge_into_which_somebody_could_not_be_invited_is_not_shown_as_done() -> None:
    walk = opened()
    walk.deliver()
    walk.do(ENGINE, BuryDelivery(REFERENCE, f"{REFERENCE}/invite/csm-one/0", "user_is_restricted"))
    assert walk.ticket is not None
    facts = facts_of("opened", {}, walk.ticket, walk.ctx, LINKS)
    made = render.message("opened", facts)
    assert "could NOT invite CSM One" in str(made.blocks)
    assert "✅ bridge" not in str(made.blocks)


def test_a_brief_without_a_mail_says_nothing_of_a_copy() -> None:
    walk = opened()
    assert "the copy that was mailed to you" in brief(walk)
    walk.ctx = replace(walk.ctx, has_mail=False)
    assert "copy" not in brief(walk)


def test_a_mail_that_was_refused_is_no_copy() -> None:
    walk = opened()
    walk.do(ENGINE, BuryDelivery(REFERENCE, f"{REFERENCE}/brief/sponsor-one/mail", "refused"))
    assert "copy" not in brief(walk)


def test_an_acknowledgment_that_was_refused_is_not_being_told() -> None:
    walk = opened()
    assert "being told now that we have it" in brief(walk)
    walk.do(ENGINE, BuryDelivery(REFERENCE, f"{REFERENCE}/ack", "invalid_blocks"))
    assert "NOT told: our message did not reach them" in brief(walk)
    walk.by("csm-one", RecordCall(REFERENCE, "They know"), "14:10")
    assert "called <!date^" in brief(walk)


def test_an_acknowledgment_that_left_anew_is_not_said_to_be_undelivered() -> None:
    walk = opened()
    walk.do(ENGINE, BuryDelivery(REFERENCE, f"{REFERENCE}/ack", "invalid_blocks"))
    assert "NOT delivered" in opened_answer(walk)
    walk.by("csm-one", SendFixed(REFERENCE, ACKNOWLEDGMENT), "14:04")
    assert "NOT delivered" not in opened_answer(walk)
    assert "being told now that we have it" in brief(walk)


def test_what_we_found_ourselves_is_not_reported_by_the_account() -> None:
    assert "Acme reports" in brief(opened())
    assert "Acme reports" not in brief(opened(noticed_by=NoticedBy.US))


def test_a_question_in_a_summary_has_no_full_stop_after_it() -> None:
    words = brief(opened(summary="Were the payments of 23 Nov sent twice?"))
    assert "?." not in words
    assert "sent twice? " in words


def test_a_brief_that_was_seen_has_no_button_for_it() -> None:
    walk = opened()
    walk.deliver()
    assert "[Seen]" in brief(walk)
    walk.do(person("sponsor-one"), MarkSeen(REFERENCE))
    assert "[Seen]" not in brief(walk)
    assert "✅ seen <!date^" in brief(walk)


def test_the_form_of_an_exposure_names_who_will_be_asked_and_no_duty_that_nobody_has() -> None:
    walk = opened(without("finance", "legal"))
    assert walk.ticket is not None
    ctx = replace(walk.ctx, actor=person("csm-one"))
    shown = prose.view(exposure_form(walk.ticket, ctx))
    assert "Asked at once: Compliance One." in shown
    assert "Finance" not in shown
    walk.do(person("csm-one"), ConfirmExposure(REFERENCE))
    assert "Nobody else is asked" in prose.view(exposure_form(walk.ticket, ctx))


def test_a_hold_on_records_claims_no_more_than_a_mark() -> None:
    walk = opened()
    walk.by("csm-one", PlaceHold(REFERENCE, HoldKind.RETENTION, "Litigation"), "14:10")
    words = said(walk, "hold_line")
    assert "deleted" not in words
    assert "They are marked to be kept" in words


def test_a_late_step_says_that_the_manager_was_told_only_where_there_is_one() -> None:
    walk = opened(without("cs-manager"))
    walk.run_until(at("14:20"))
    assert "no CS manager is on duty, so none was told" in said(walk, "late_line")


def test_an_update_that_is_late_asks_for_the_holding_line_only_while_no_time_stands() -> None:
    walk = opened(noticed_by=NoticedBy.US)
    walk.run_until(at("16:00"))
    words = said(walk, "overdue_update")
    assert "Send the holding line now" in words
    assert "They hear by" not in words


def test_an_update_that_is_late_says_by_when_they_hear_who_are_told_so_in_the_same_moment() -> None:
    walk = opened()
    walk.fall_together(at("15:02:10"))
    assert any(effect.template == "late" for effect in walk.sent)
    words = said(walk, "overdue_update")
    assert "They hear by <!date^1795447030" in words
    assert "holding line" not in words


def test_a_late_update_of_which_they_were_told_ahead_names_the_time_that_they_were_told() -> None:
    walk = opened()
    walk.by("csm-one", SendFixed(REFERENCE, "late", sure=True), "14:55")
    walk.run_until(at("15:03"))
    words = said(walk, "overdue_update")
    assert "LATE: update to Acme" in words
    assert "They hear by" in words
    assert "holding line" not in words


def test_a_late_update_that_is_on_its_way_asks_for_no_other_words() -> None:
    walk = opened()
    walk.deliver()
    walk.run_until(at("14:50"))
    in_an_hour = at("15:50")
    fields = (("known", "It was sent twice."), ("doing", "We are looking."))
    text = DraftText(REFERENCE, DraftKind.UPDATE, fields, in_an_hour)
    walk.do(person("csm-two"), text)
    assert walk.ticket is not None
    draft = walk.ticket.of(Updates).drafts[-1]
    walk.do(person("cs-manager-one"), ReleaseText(REFERENCE, draft.number, draft.text_hash))
    walk.fall_together(at("15:02:10"))
    words = said(walk, "overdue_update")
    assert "on its way" in words
    assert "holding line" not in words


def test_of_a_masked_number_nobody_is_said_to_be_told_where_nobody_is() -> None:
    nobody = opened(without("compliance", "security"), summary="Card 4111 1111 1111 1111 charged")
    assert "Compliance has been told" not in opened_answer(nobody)
    assert "nobody there is on duty: tell them" in opened_answer(nobody)
    told = opened(summary="Card 4111 1111 1111 1111 charged")
    assert "Compliance One has been told" in opened_answer(told)


def opened_answer(walk: Walk) -> str:
    """Return the answer to the form."""
    assert walk.ticket is not None
    made = render.message("opened", facts_of("opened", {}, walk.ticket, walk.ctx, LINKS))
    return str(made.blocks)


def test_a_release_is_not_announced_under_the_name_of_a_person() -> None:
    walk = resolved()
    words = said(walk, "review")
    assert "name." not in words.partition("word for word")[2]
    assert "and names CSM One as the contact" in words


def test_a_colleague_whom_slack_has_not_named_yet_is_not_taken_for_a_stranger() -> None:
    facts = Facts(policy(), people())
    unmet = facts.actor("T1", "U0NOTMETYET")
    assert not unmet.is_met
    ctx = replace(Walk().ctx, actor=unmet)
    refused = _refusal(ctx)
    sentence = refusing.sentence(refused, ctx)
    assert "staff" not in sentence
    assert "Press again in a minute" in sentence


def _refusal(ctx: Context) -> NotMetYet:
    try:
        open_ticket(opening(), ctx)
    except NotMetYet as refused:
        return refused
    raise AssertionError("somebody whom nobody knows opened a ticket")


def test_someone_at_an_account_whom_slack_has_not_named_yet_is_not_told_to_be_another() -> None:
    walk = resolved()
    unmet = Actor(Who("U0NOTMETYET", "someone"), CUSTOMER.standing, is_met=False)
    try:
        walk.do(unmet, AnswerSolved(REFERENCE, solved=True))
    except NotMetYet:
        return
    raise AssertionError("an answer of nobody was taken")


def test_a_shared_bridge_says_who_was_told_is_said_once_more_and_goes_on() -> None:
    walk = opened()
    walk.deliver()
    walk.do(ENGINE, NoteShared(REFERENCE, "C0BRIDGE01"))
    assert "Told: CS Manager One, Security One" in said(walk, "bridge_shared")
    mute = len(in_bridge(walk))
    walk.run_until(at("14:30"))
    assert "still shared outside" in said(walk, "bridge_shared")
    assert len(in_bridge(walk)) == mute
    walk.do(ENGINE, NoteUnshared(REFERENCE, "C0BRIDGE01"))
    assert "says Slack" in said(walk, "bridge_unshared")
    assert "card" in [effect.template for effect in in_bridge(walk)[mute:]]


def test_of_a_shared_bridge_the_contact_hears_where_nobody_else_is_on_duty() -> None:
    walk = opened(without("cs-manager", "security"))
    walk.deliver()
    walk.do(ENGINE, NoteShared(REFERENCE, "C0BRIDGE01"))
    assert "Told: CSM One" in said(walk, "bridge_shared")


def in_bridge(walk: Walk) -> list[Effect]:
    """Return what was planned for the bridge so far."""
    return [effect for effect in walk.sent if isinstance(effect.to, Bridge)]


def test_what_the_account_read_last_is_what_arrived_be_it_fixed_or_an_answer() -> None:
    incident = tier_1()
    assert read_last(incident) == ("", "")
    incident.delivered("ack").at("15:00")
    assert read_last(incident) == ("acknowledgment", "acknowledgment")
    fields = (("answer", "Batch 14 is on its way."),)
    incident.by("csm-one", DraftText(REFERENCE, DraftKind.ANSWER, fields))
    assert read_last(incident) == ("acknowledgment", "acknowledgment")
    incident.delivered("text/1")
    assert read_last(incident) == ("the answer", "the answer")


def read_last(incident: Incident) -> tuple[object, object]:
    """Return what ``show`` and the message of an escalation say that the account read last."""
    shown = show_facts(incident.ticket, incident.ctx, LINKS)
    told = facts_of("escalation", {}, incident.ticket, incident.ctx, LINKS)
    return shown["told"], told["told"]


def test_that_the_clock_never_stopped_is_not_said_of_one_that_waited_for_an_answer() -> None:
    incident = tier_1().at("15:00")
    assert show_facts(incident.ticket, incident.ctx, LINKS)["waited"] == (
        "58 min in all, clock never stopped"
    )
    asked(incident).at("15:40")
    assert show_facts(incident.ticket, incident.ctx, LINKS)["waited"] == (
        "1 h 38 min in all, clock stopped for 40 min"
    )


def test_words_of_a_problem_are_read_by_phone_where_no_road_takes_them() -> None:
    params = {"other": "BW-1009", "why": ""}
    for incident, words in (
        (Incident.open(), "They go to Acme as an answer"),
        (Incident.nowhere(), "read them to it by phone"),
    ):
        facts = facts_of("problem_here", params, incident.ticket, incident.ctx, LINKS)
        assert words in str(render.message("problem_here", facts).blocks)


def test_who_was_asked_to_lead_or_to_answer_and_not_reached_is_said_to_be_so() -> None:
    incident = tier_1().by("csm-two", Escalate(REFERENCE, "their month end"))
    incident.by("csm-one", AskSecondReview(REFERENCE, ReviewTeam.LEGAL, "May we say so?"))
    assert "NOT reached" not in shown_of(incident)
    for suffix in ("escalation/1/1", "second-review/1/0"):
        [key] = [k for k in incident.planned() if k.startswith(f"{suffix}/")]
        person = key.rpartition("/")[2]
        incident.by(ENGINE, BuryDelivery(REFERENCE, f"{REFERENCE}/{key}", "refused", person))
    assert shown_of(incident).count("(NOT reached: our message was refused)") == 2
    facts = facts_of("second_review_late", {"review": 1}, incident.ticket, incident.ctx, LINKS)
    assert str(facts["person"]) == "Legal One (NOT reached: our message was refused)"
    incident.by("csm-one", ToldThem(REFERENCE))
    assert "NOT reached" not in shown_of(incident)


def shown_of(incident: Incident) -> str:
    """Return what ``show`` says of who is asked."""
    facts = show_facts(incident.ticket, incident.ctx, LINKS)
    return f"{facts['escalation_asked']} {facts['review_lines']}"


def test_an_account_that_a_notice_of_an_escalation_did_not_reach_was_given_no_time() -> None:
    incident = tier_1().by("csm-two", Escalate(REFERENCE, "their month end"))
    [key] = [key for key in incident.planned() if key.startswith("escalated-desk")]
    for suffix, error in ((key, "is_archived"), (f"{key}/by-mail", "550 no such user")):
        incident.by(ENGINE, BuryDelivery(REFERENCE, f"{REFERENCE}/{suffix}", error))
    facts = facts_of("escalation_late", {}, incident.ticket, incident.ctx, LINKS)
    assert not facts["is_told"]


def test_a_brief_of_tier_4_names_who_of_compliance_was_called_and_who_is_asked_to_command() -> None:
    words = brief_of_tier_4(Incident.open().by("csm-one", ConfirmExposure(REFERENCE)))
    assert "Compliance One of Compliance was called" in words
    nobody = brief_of_tier_4(Incident.open())
    assert "Compliance has not been called. No date runs in Bridgewatch." in nobody


def brief_of_tier_4(incident: Incident) -> str:
    """Return the brief that the sponsor gets once a ticket becomes Tier 4."""
    raise_it = ChangeTier(REFERENCE, Tier.SYSTEMIC, "the same in nine accounts")
    incident.at("14:37").by("cs-manager-one", raise_it)
    params = {"person": "sponsor-one"}
    facts = facts_of("brief_t4", params, incident.ticket, incident.ctx, LINKS)
    return str(render.message("brief_t4", facts).blocks)
