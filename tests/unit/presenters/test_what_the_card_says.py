"""Single facts of the card and of the lines, where a wrong word would mislead somebody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocols import subjects
from protocols.bridge.events import InvitePerson, NoteJoined, NoteShared, StartCall
from protocols.closure.events import MarkOpenedInError, Resolve
from protocols.deliveries.events import BuryDelivery, TakeDelivery
from protocols.fixed_texts.events import SendFixed
from protocols.holds.events import HoldKind, PlaceHold
from protocols.investigation.events import RecordFinding
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.people import BOT, ENGINE, Role, Who
from protocols.replies.events import RecordCall
from protocols.roles.events import DeclineRole
from protocols.roles.state import Roles
from protocols.scales import Impact, NoticedBy, Signal, Tier
from protocols.ticket import Ticket
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates
from protocols.withdrawals.events import RecallText, Withdrawal, WithdrawWords
from templates.fixed_texts.facts import say_facts
from templates.kit import catalogue, render
from templates.kit import sentences as sentence_registry
from templates.kit.errors import TemplateBroken
from templates.kit.presenting import PRESENTERS, facts_of
from templates.opening.facts import opened_facts
from templates.ticket.certificate import certificate_facts
from templates.timeline.facts import timeline_facts
from tests.unit.presenters import journey
from tests.unit.presenters.walking import LINKS, REFERENCE, Walk, at, opening, person
from tests.unit.templates import prose

GUEST = Who("U0GUEST001", "Guest One")


def shown(walk: Walk) -> str:
    """Return the card as prose."""
    made = walk.card()
    return prose.message(made.text, made.blocks)


def ticket_of(walk: Walk) -> Ticket:
    assert walk.ticket is not None
    return walk.ticket


def said(walk: Walk, template: str) -> str:
    """Return the newest words of a template, as prose."""
    effect = next(e for e in reversed(walk.sent) if e.template == template)
    made = walk.said[effect.key]
    if isinstance(made, render.Message):
        return prose.message(made.text, made.blocks)
    return str(made)


def released(walk: Walk, clock: str) -> int:
    """Have the CS manager release the text that waits; it has not left yet."""
    walk.run_until(at(clock))
    draft = ticket_of(walk).of(Updates).waiting_drafts()[0]
    release = ReleaseText(REFERENCE, draft.number, draft.text_hash)
    walk.do(person("cs-manager-one"), release)
    return draft.number


def test_every_presenter_gives_a_surface_all_its_facts() -> None:
    known = set(catalogue.messages()) | set(catalogue.lines())
    assert set(PRESENTERS) - known == set()


def test_every_event_is_on_the_timeline_or_left_out_on_purpose() -> None:
    kinds = set(subjects.EVENTS)
    assert {kind.__name__ for kind in kinds if not sentence_registry.has_sentence(kind)} == {
        kind.__name__ for kind in sentence_registry.SILENT
    }


def test_words_for_the_account_that_were_refused_are_a_red_line_with_the_next_move() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening())
    walk.do(ENGINE, BuryDelivery(REFERENCE, "BW-1001/ack", "invalid_blocks"))
    assert "🔴 *NOT delivered to Acme:* the acknowledgment. Call them" in shown(walk)
    assert "[I called](called.open BW-1001)" in shown(walk)
    assert "the acknowledgment could not be delivered" in said(walk, "delivery_buried")


def test_inside_lines_that_died_are_not_said_to_be_missing_at_the_account() -> None:
    walk = journey.opened()
    for key in ("late/first_update/1", "late/scope/1/manager", "reopened/1/csm-one", "reply/C1/1"):
        walk.do(ENGINE, BuryDelivery(REFERENCE, f"BW-1001/{key}", "channel_not_found"))
    assert "NOT delivered to Acme" not in shown(walk)
    assert "🔴 *NOT delivered inside:* a message (late), a message to the CS manager" in shown(walk)


def test_of_a_message_that_died_it_is_said_who_was_not_reached() -> None:
    walk = journey.opened()
    dead = BuryDelivery(REFERENCE, "BW-1001/role/x/1", "user_not_found", "csm-two")
    walk.do(ENGINE, dead)
    assert "🔴 *NOT delivered inside:* a message to CSM Two" in shown(walk)
    assert "A message to CSM Two: Slack does not know them any more" in said(walk, "undelivered")


def test_words_that_died_more_than_once_are_named_once() -> None:
    walk = journey.opened()
    for number in range(1, 4):
        dead = BuryDelivery(REFERENCE, f"BW-1001/late/{number}", "invalid_blocks")
        walk.do(ENGINE, dead)
    assert "*NOT delivered to Acme:* the word that we are late. Call them" in shown(walk)


def test_words_that_arrived_after_all_are_not_red() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening())
    walk.do(ENGINE, BuryDelivery(REFERENCE, "BW-1001/ack", "invalid_blocks"))
    walk.do(ENGINE, TakeDelivery(REFERENCE, "BW-1001/ack", at("14:04")))
    assert "NOT delivered" not in shown(walk)


def test_a_resolution_that_died_is_red_on_the_card_of_what_is_resolved() -> None:
    walk = journey.opened()
    walk.by("csm-one", Resolve(REFERENCE, "They were returned.", "See your statement."), "14:40")
    number = released(walk, "14:45")
    walk.do(ENGINE, BuryDelivery(REFERENCE, f"BW-1001/text/{number}", "invalid_blocks"))
    assert "🔴 *NOT delivered to Acme:* the resolution" in shown(walk)


def test_words_on_their_way_can_be_recalled_from_the_card_until_they_arrive() -> None:
    walk = journey.opened()
    fields = (("known", journey.KNOWN), ("doing", journey.DOING))
    walk.by("csm-one", DraftText(REFERENCE, DraftKind.UPDATE, fields, at("16:00")), "14:40")
    released(walk, "14:45")
    assert "▶ *On its way to Acme:* update 1" in shown(walk)
    assert "[Recall it](update.recall BW-1001|1)" in shown(walk)
    walk.by("legal-one", RecallText(REFERENCE, 1), "14:46")
    assert "update 1, recalled: it is held back if it has not left" in shown(walk)
    assert "[Recall it]" not in shown(walk)


def test_words_of_a_ticket_that_was_a_mistake_are_not_said_to_be_released_anew() -> None:
    walk = journey.opened()
    fields = (("known", journey.KNOWN), ("doing", journey.DOING))
    walk.by("csm-one", DraftText(REFERENCE, DraftKind.UPDATE, fields, at("16:00")), "14:40")
    number = released(walk, "14:45")
    walk.by("cs-manager-one", MarkOpenedInError(REFERENCE, "wrong_account", "mistaken"), "14:46")
    key = f"{REFERENCE}/text/{number}"
    walk.do(ENGINE, WithdrawWords(REFERENCE, key, Withdrawal.OPENED_IN_ERROR))
    assert "was closed as opened by mistake before it had left" in said(walk, "withdrawn_line")
    assert "released anew" not in said(walk, "withdrawn_line")


def test_a_brief_that_did_not_arrive_is_said_without_asking_to_call_the_account() -> None:
    walk = journey.opened()
    walk.do(ENGINE, BuryDelivery(REFERENCE, "BW-1001/brief/sponsor-one", "user_not_found"))
    assert "🔴 *NOT delivered inside:* the brief to Sponsor One" in shown(walk)
    assert "called.open" not in shown(walk)


def test_a_ticket_without_an_account_asks_for_one() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening(account_key=None))
    assert "🔴 *No account is set.* Nothing goes outside until one is" in shown(walk)
    assert "[Set the account](account.set BW-1001)" in shown(walk)
    assert "[Set the account" in said(walk, "prompt_call")


def test_an_account_without_any_route_is_to_be_called() -> None:
    walk = Walk()
    known = walk.ctx.directory
    nobody = (replace(account, contacts=()) for account in known.accounts)
    directory = replace(known, accounts=tuple(nobody))
    walk.ctx = replace(walk.ctx, channel=None, directory=directory)
    walk.do(person("csm-one"), opening())
    assert "🔴 *Acme has no channel and no mail contact.* Call them" in shown(walk)
    assert "Call them, then press *I called*" in said(walk, "prompt_call")


def test_once_called_the_card_says_by_whom_until_the_next_words_are_owed() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening(account_key=None))
    walk.by("csm-one", RecordCall(REFERENCE, "told them"), "14:09")
    assert "✅ *The account:* called" in shown(walk)
    assert "by CSM One" in shown(walk)
    assert "Call them" not in shown(walk)
    assert "[I called]" in shown(walk)
    fields = (("known", journey.KNOWN), ("doing", journey.DOING))
    draft = DraftText(REFERENCE, DraftKind.UPDATE, fields, at("16:00"))
    walk.by("csm-one", draft, "14:40")
    assert "✅ *The account:* called" in shown(walk)
    journey.release(walk, "14:45")
    assert "Read update 1 to them by phone, then press *I called*" in shown(walk)
    walk.by("csm-one", RecordCall(REFERENCE, "read it"), "14:50")
    assert "✅ *The account:* called" in shown(walk)


def test_a_call_turns_the_red_line_of_refused_words_too_and_the_next_brings_it_back() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening())
    walk.do(ENGINE, BuryDelivery(REFERENCE, "BW-1001/ack", "invalid_blocks"))
    walk.by("csm-one", RecordCall(REFERENCE, "told them"), "14:09")
    assert "NOT delivered" not in shown(walk)
    assert "✅ *Acme:* called" in shown(walk)
    walk.do(person("csm-one"), SendFixed(REFERENCE, "holding"))
    walk.do(ENGINE, BuryDelivery(REFERENCE, "BW-1001/holding/1", "invalid_blocks"))
    assert "🔴 *NOT delivered to Acme:* the holding line. Call them" in shown(walk)


def test_the_bot_in_the_channel_is_not_one_of_the_eight() -> None:
    walk = journey.opened()
    walk.do(ENGINE, NoteJoined(REFERENCE, BOT))
    assert "*Here*\\n1 of 8" in shown(walk)


def test_one_who_says_no_is_not_said_to_have_been_silent() -> None:
    walk = journey.opened()
    walk.run_until(at("14:17:20"))
    seat = ticket_of(walk).of(Roles).seat(Role.SCRIBE)
    assert seat is not None
    assert seat.asked is not None
    walk.do(person(seat.asked.key), DeclineRole(REFERENCE, Role.SCRIBE))
    assert f"({seat.asked.name} cannot)" in shown(walk)
    assert "did not answer" not in shown(walk)


def test_a_taken_role_has_no_button_and_a_vacant_one_has() -> None:
    card = shown(journey.twenty_minutes_in())
    assert "[Take scribe]" in card
    assert "[Take investigator]" not in card


@pytest.mark.parametrize(
    ("reach", "button"),
    [
        (journey.opened, "[Scope confirmed*]"),
        (journey.twenty_minutes_in, "[Call started*]"),
        (journey.first_update_late, "[Review the draft*]"),
        (journey.raised, "[Take commander*]"),
    ],
)
def test_the_primary_button_is_the_next_thing(reach: object, button: str) -> None:
    assert callable(reach)
    assert button in shown(reach())


def test_the_next_step_names_who_may_release_words_that_wait_and_not_their_writer() -> None:
    card = shown(journey.first_update_waits())
    [following] = [line for line in card.splitlines() if "*Next:*" in line]
    assert "(CS Manager One, " in following
    assert "CSM Two" not in following


def test_with_the_call_running_the_next_thing_is_a_finding_then_the_isolation() -> None:
    walk = journey.twenty_minutes_in()
    walk.by("cs-manager-one", StartCall(REFERENCE), "14:33")
    assert "[Record finding*]" in shown(walk)
    found = RecordFinding(REFERENCE, "scope", "two workers took one run", 1, 412)
    walk.by("engineer-one", found, "14:40")
    assert "[Isolated*]" in shown(walk)
    assert shown(walk).count("isolated.open") == 1


def test_a_tier_4_card_still_owes_the_promise_that_was_made() -> None:
    card = shown(journey.raised())
    assert "*Still owed to Acme:* the update promised by" in card
    assert "⏭ superseded" in card


def test_a_resolved_ticket_has_no_button_but_the_one_for_what_it_owes() -> None:
    buttons = [line for line in shown(journey.resolved()).splitlines() if "actions:" in line]
    assert buttons == [f"actions: [Analysis delivered](analysis.open {REFERENCE})"]


def test_a_ticket_opened_by_mistake_says_so_and_owes_nothing() -> None:
    walk = journey.opened()
    walk.do(person("csm-one"), MarkOpenedInError(REFERENCE, "not_a_problem", "it was a test"))
    assert 'opened by mistake:* "it was a test"' in shown(walk)


def test_a_later_promise_that_passed_in_silence_is_late_on_the_card() -> None:
    walk = journey.first_update_late()
    journey.release(walk, "15:09:20")
    assert "update LATE" not in shown(walk)
    walk.run_until(at("16:16"))
    assert "🔴 *LATE:* update to Acme" in shown(walk)


def test_a_ninth_person_is_named_with_who_added_them() -> None:
    walk = journey.first_update_late()
    added = person("support-one").who
    walk.do(person("engineer-one"), NoteJoined(REFERENCE, added, person("engineer-one").who))
    assert (
        "*9 people are here; the bridge is meant for 8.* Engineer One added Support One."
        in said(walk, "ninth_person")
    )


def test_legal_is_not_told_of_an_exposure_that_nobody_confirmed() -> None:
    walk = Walk()
    threat = opening(signal=Signal.LEGAL_THREAT, impacts=frozenset({Impact.RECORDS_WRONG}))
    walk.do(person("csm-one"), threat)
    assert "exposure" not in said(walk, "reviewer_ask").lower()
    assert "Legal is needed" in said(walk, "reviewer_ask")


def test_the_card_of_a_legal_threat_does_not_say_that_legal_is_not_asked() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening(signal=Signal.LEGAL_THREAT, impacts=frozenset()))
    assert "not asked: Finance (exposure not confirmed)" in shown(walk)
    assert "Legal One" in shown(walk)


def test_security_called_at_tier_3_does_not_read_of_tier_4() -> None:
    walk = Walk()
    login = opening(signal=Signal.UNUSUAL_LOGIN, impacts=frozenset())
    walk.do(person("csm-one"), login)
    assert ticket_of(walk).tier is Tier.CRITICAL
    assert "Tier 3" in said(walk, "responder_ask")


def test_what_we_noticed_first_waits_with_its_text_to_send() -> None:
    walk = Walk()
    walk.do(person("csm-one"), opening(noticed_by=NoticedBy.US))
    prompt = said(walk, "prompt_acknowledge")
    assert "We are checking a matter that may concern your account." in prompt
    assert "14:17 UTC" in prompt
    assert "▶ Acme: waits for your press" in prose.message(
        "", render.message("opened", opened_facts(ticket_of(walk), walk.ctx, LINKS)).blocks
    )


def test_below_tier_3_no_press_is_named_that_would_tell_the_account() -> None:
    walk = Walk()
    found = opening(noticed_by=NoticedBy.US, impacts=frozenset(), signal=None)
    walk.do(person("csm-one"), found)
    assert "▶ Acme: knows nothing of it yet; write to them" in prose.message(
        "", render.message("opened", opened_facts(ticket_of(walk), walk.ctx, LINKS)).blocks
    )


def test_a_resolution_promises_no_analysis_while_legal_holds_the_cause() -> None:
    walk = journey.first_update_late()
    hold = PlaceHold(REFERENCE, HoldKind.DISCLOSURE, "legal threat")
    walk.by("cs-manager-one", InvitePerson(REFERENCE, person("legal-one").who, "threat"))
    walk.by("legal-one", hold)
    end = Resolve(REFERENCE, "The copies were returned.", "See the statement.")
    walk.by("engineering-lead-one", end, "16:40")
    draft = ticket_of(walk).of(Updates).waiting_drafts()[-1]
    walk.do(person("legal-one"), ReleaseText(REFERENCE, draft.number, hash_of(draft)))
    assert "A written analysis follows" not in said(walk, "resolution_customer")


def test_a_masked_number_reaches_compliance_by_its_last_digits_only() -> None:
    walk = journey.opened()
    found = RecordFinding(REFERENCE, "fact", "seen on card 4111 1111 1111 1111")
    walk.do(person("csm-one"), found)
    assert "ending 1111" in said(walk, "number_masked")
    assert "4111" not in said(walk, "number_masked")


def test_a_bridge_shared_outside_is_told_to_the_manager() -> None:
    walk = journey.opened()
    walk.do(ENGINE, NoteShared(REFERENCE, "C0BRIDGE01"))
    assert "was shared outside" in said(walk, "bridge_shared")


def test_the_topic_of_tier_4_names_the_commander_seat() -> None:
    assert said(journey.raised(), "topic").startswith("Tier 4 · platform-wide · commander: open")


def test_a_surface_that_nobody_presents_is_a_broken_template() -> None:
    walk = journey.opened()
    with pytest.raises(TemplateBroken, match="nothing gathers its facts"):
        facts_of("no_such", {}, ticket_of(walk), walk.ctx, LINKS)


def test_a_partner_is_told_the_first_reply_by_its_own_targets() -> None:
    walk = Walk()
    walk.do(person("csm-two"), opening(account_key="birch", impacts=frozenset(), signal=None))
    assert "CET" in said(walk, "ack_partner")


def test_a_page_of_the_timeline_holds_thirty_lines_and_leads_to_the_earlier_ones() -> None:
    walk = journey.resolved()
    newest = timeline_facts(ticket_of(walk), walk.history, 1, False, walk.ctx)
    assert newest["last"] == newest["total"]
    assert newest["earlier_page"] == "2"
    oldest = timeline_facts(ticket_of(walk), walk.history, 9, False, walk.ctx)
    assert oldest["earlier_page"] == ""


def test_the_words_to_say_are_released_ones_once_there_are_any() -> None:
    before = say_facts(ticket_of(journey.first_update_late()), journey.opened().ctx, LINKS)
    assert before["known"] == ""
    after = journey.resolved()
    assert say_facts(ticket_of(after), after.ctx, LINKS)["known"] != ""


def test_a_waived_step_is_counted_and_never_lost() -> None:
    walk = journey.twenty_minutes_in()
    end = Resolve(REFERENCE, "The copies were returned.", "See the statement.")
    walk.by("engineering-lead-one", end, "14:30")
    facts = certificate_facts(ticket_of(walk), walk.history, walk.ctx, LINKS, intact=True)
    assert facts["steps_lost"] == 0
    assert int(str(facts["steps_waived"])) >= 4
    assert ticket_of(walk).of(Ladder).step(StepKind.RCA) is not None


def test_the_card_marks_whoever_in_the_bridge_is_not_one_of_us() -> None:
    walk = journey.opened()
    walk.ctx = replace(walk.ctx, members=frozenset({"U0MEMBER01"}))
    for who, outside in ((Who("U0MEMBER01", "Colleague One"), False), (GUEST, True)):
        walk.do(person("csm-one"), NoteJoined(REFERENCE, who, outside=outside))
    assert "Colleague One, Guest One (not one of us)" in shown(walk)


def test_before_slack_has_told_who_is_who_nobody_in_the_bridge_is_called_a_stranger() -> None:
    walk = journey.opened()
    walk.do(person("csm-one"), NoteJoined(REFERENCE, GUEST))
    assert "not one of us" not in shown(walk)
