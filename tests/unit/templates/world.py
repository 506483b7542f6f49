"""The sample world of the words: us, Acme in New York, Birch in Berlin, on 23 November 2026."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from protocols.updates.released import Released
from templates.account.facts import MissedLine
from templates.clock.facts import ClockLine
from templates.contact.facts import LeftLine
from templates.decisions.facts import Answer
from templates.deliveries.facts import UndeliveredLine
from templates.digest.facts import DigestLine
from templates.holds.facts import HoldLine
from templates.kit.catalogue import CatalogueEntry
from templates.ladder.lines import StepLine
from templates.losses.facts import PartLine
from templates.opening.facts import OpenTicketLine, Told
from templates.roles.seats import SeatLine
from templates.routing.categories import ChoiceLine, category_lines
from templates.targets.facts import WrittenLine
from templates.ticket.certificate import CertificateLine
from templates.timeline.facts import TimelineDay, TimelineLine
from templates.updates.facts import NextChoice, SentUpdate
from templates.updates.instead import Stop
from tests.kit.rules_incident import policy
from tests.unit.templates import (
    account_world,
    asking_world,
    checklist_world,
    closure_world,
    escalated_world,
    opening_world,
    problems_world,
    queues,
    records_world,
    relations_world,
    reviews_world,
)


def at(clock: str, day: int = 23, month: int = 11) -> datetime:
    """Return an instant of the sample day, given as ``15:02`` or ``15:02:10``."""
    hours, minutes, seconds = (int(part) for part in f"{clock}:00".split(":")[:3])
    return datetime(2026, month, day, hours, minutes, seconds, tzinfo=UTC)


def step(kind: str, state: str = "owed", **given: Any) -> StepLine:
    return StepLine(kind, state, **{"opens_at": None, "due_at": None, **given})


WINDOW_15: dict[str, Any] = {"opens_at": at("14:17"), "due_at": at("14:32")}
WINDOW_30: dict[str, Any] = {"opens_at": at("14:32"), "due_at": at("15:02")}

STEPS_T0 = (
    step("acknowledge", "done", due_at=at("14:03"), settled_at=at("14:02")),
    step("bridge_open", "done", due_at=at("14:03"), settled_at=at("14:02")),
    step("one_contact", "done", due_at=at("14:03"), settled_at=at("14:02"), by="CSM One"),
    step("sponsor_told", "done", due_at=at("14:03"), settled_at=at("14:02"), by="Sponsor One"),
    step("vendor_told", "done", due_at=at("14:03"), settled_at=at("14:02")),
    step("scope", due_at=at("14:17"), by="CSM One"),
    step("leads_here", **WINDOW_15),
    step("roles_taken", **WINDOW_15),
    step("call_running", **WINDOW_15),
    step("blast_radius", **WINDOW_30),
    step("records_isolated", **WINDOW_30),
    step("first_update", due_at=at("15:02")),
)
STEPS_T61 = (
    *(
        step(s.kind, "done", due_at=s.due_at, settled_at=at("14:02"), by=s.by)
        for s in STEPS_T0[:5]
    ),
    step("scope", "done", due_at=at("14:17"), settled_at=at("14:11")),
    step("leads_here", "done", settled_at=at("14:24"), **WINDOW_15),
    step("roles_taken", "done", settled_at=at("14:26"), **WINDOW_15),
    step("call_running", "done", settled_at=at("14:35"), minutes_late=3, **WINDOW_15),
    step("blast_radius", "done", settled_at=at("14:49"), note="412 payments, 1 account",
         **WINDOW_30),
    step("records_isolated", "done", settled_at=at("14:58"), **WINDOW_30),
    step("first_update", due_at=at("15:02")),
)  # fmt: skip
OTHER_NAMED = Stop("known", "0", '"Birch" is another account. Take the name out.',
                   "412 payments went twice, as with the other party.", asks=False)  # fmt: skip
MISSED = (
    MissedLine("AP Director One, director@acme.example, +1 555 0100", "550 no such person"),
    MissedLine("ap@acme.example", "451 come again"),
)
PARTS = (
    PartLine("One contact", has="CSM Three"),
    PartLine("Communicator", asked="Support One"),
    PartLine("Scribe"),
)
STEPS_T4 = (
    step("commander", due_at=at("14:52")),
    step("status_page"),
    step("outreach", due_at=at("15:07")),
    step("blast_radius", "superseded", settled_at=at("14:37"), **WINDOW_30),
    step("records_isolated", "superseded", settled_at=at("14:37"), **WINDOW_30),
    step("call_running", "waived", by="CS Manager One", note="phones are down", **WINDOW_15),
)
SEATS_T0 = (
    SeatLine("contact", "holds", "CSM One"),
    SeatLine("at_account", "holds", "AP Director One", note="+1 555 0199"),
    SeatLine("engineering-lead", "told", "Engineering Lead One", at("14:02")),
    SeatLine("cs-manager", "told", "CS Manager One", at("14:02")),
    SeatLine("investigator", "open"),
    SeatLine("communicator", "open"),
    SeatLine("scribe", "open"),
)
SEATS_T20 = (
    SeatLine("contact", "holds", "CSM One"),
    SeatLine("engineering-lead", "here", "Engineering Lead One", at("14:09")),
    SeatLine("cs-manager", "asked_again", "CS Manager One", at("14:17")),
    SeatLine("investigator", "taken", "Engineer One", at("14:18")),
    SeatLine("communicator", "unanswered"),
    SeatLine("scribe", "asked", "Support Two", at("14:22"), "Support One did not answer"),
)
HOLD_STOPPED = HoldLine(1, "transaction", "stopped", "Engineer One", at("14:39"),
                          "Payments Operations One", at("14:41"))  # fmt: skip
HOLD_ASKED = HoldLine(2, "transaction", "asked", "Engineer One", at("14:36"),
                        phone="+1 555 0122")  # fmt: skip
HOLD_WAITS = HoldLine(5, "transaction", "asked", "Engineer One", at("14:36"),
                        phone="+1 555 0122", stopper="Payments Operations One",
                        stopper_at=at("14:36"))  # fmt: skip
HOLD_CLEARED = HoldLine(3, "transaction", "cleared", "Engineer One", at("14:39"),
                          "Payments Operations One", at("14:41"), "Finance One",
                          at("16:31"))  # fmt: skip
HOLD_CAUSE = HoldLine(4, "disclosure", "asked", "Legal One", at("14:31"), reason="legal threat")

SINCE = "Payments submitted since Mon 23 Nov 2026, 08:10 EST (13:10 UTC) may not be processed yet."
KNOWN = (
    "412 payments of your run of 23 November were submitted twice. 37 of the second copies have "
    "settled. We have found none in other runs."
)
DOING = (
    "Payments from your account have been stopped since Mon 23 Nov 2026, 09:41 EST (14:41 UTC) "
    "while the affected ones are separated. We are preparing requests to return the settled copies."
)
CERTIFICATE = (
    CertificateLine("acknowledge", at("14:03:10"), "on_time", settled_at=at("14:02:31"),
                      by="bot", link="https://example.com/archives/C1/p1"),
    CertificateLine("leads_here", at("14:32:10"), "on_time", opens_at=at("14:17:10"),
                      settled_at=at("14:24:19")),
    CertificateLine("call_running", at("14:32:10"), "late", settled_at=at("14:35:12"),
                      by="CS Manager One", late_s=182),
    CertificateLine("hold", None, "on_time", note="asked 14:39 Engineer One · cleared 16:31"),
    CertificateLine("rca", at("16:40", 1, 12), "owed"),
)  # fmt: skip
CLOCKS = (
    ClockLine("First reply", "4 h", "Severity High (S109)", at("18:10"), binds=True),
    ClockLine("Acknowledge", "1 h", "Tier 2 (S9)", at("15:10"), is_late=True, done_at=at("15:20")),
    ClockLine("Resolve", "48 h target, 72 h breach", "Commission and Payment (S72)",
                at("14:10", 25), at("14:10", 26)),
)  # fmt: skip
TOLD = (
    Told("account", "done", "Acme", at("14:02")),
    Told("bridge", "done", "bw-1001-acme", None, "C2"),
    Told("sponsor", "done", "Sponsor One"),
    Told("vendor", "sending"),
)
NEXT = (
    NextChoice("in_60", "60 minutes", at("16:00"), "Usual for Tier 3"),
    NextChoice("in_30", "30 minutes", at("15:30"), "While things move fast"),
    NextChoice("in_120", "2 hours", at("17:00"), "When nothing can change sooner"),
)

UPDATES = (
    SentUpdate(2, at("15:58"), "The second copies are being returned."),
    SentUpdate(1, at("15:09"), KNOWN),
)

BASE: dict[str, object] = {
    **checklist_world.BASE,
    **opening_world.BASE,
    "us": "Vendor", "ref": "BW-1001", "account": "Acme", "zone": "America/New_York",
    "now": at("14:02"), "tier": 3, "tier_note": "", "drill": False, "policy": "23 Nov 2026",
    "contact": "CSM One", "contact_email": "csm.one@vendor.example", "is_contact": True,
    "contact_phone": "+1 555 0100", "follow_url": None, "phone": "+1 555 0122",
    "bridge_url": "https://vendor.slack.com/archives/C2",
    "next_update_at": at("15:02"), "last_update_at": at("15:09"), "promised_at": None,
    "hears_at": at("15:02"), "due_at": at("15:02"), "at": at("15:09"), "number": 1,
    "known": KNOWN, "doing": DOING, "in_review": True, "summary": "Payments of 23 Nov sent twice",
    "category": "Technical and Product", "severity": "Critical", "owner": "CSM One",
    "first_reply_at": at("18:10"), "reply_rule": "Severity High: within 4 hours",
    "resolve_at": at("14:10", 24), "reply_at": at("18:02"),
    "lead": "Engineering Lead One", "lead_phone": "+1 555 0111", "lead_email": "",
    "done": "The second copies were returned to your account.",
    "how_to_check": "See the statement of 24 November.", "rca_at": at("16:40", 1, 12),
    "told_at": at("14:02"), "contact_by_at": at("16:52", 27), "confirmed_by": "AP Director One",
    "confirmed_at": at("15:10", 24), "dates": "24 and 25 November 2026", "wrong": "412 payments.",
    "right": "410 payments.", "sent_at": at("14:02"), "since_at": at("13:10"),
    "status_url": "https://status.vendor.example",
    # the card
    "steps": STEPS_T0, "seats": SEATS_T0, "holds": (), "steps_title": "Steps", "here_count": 1,
    "people_settled": False,
    "here_max": 8, "scope": "", "scope_by": "", "primary": "scope", "bring_in": True,
    "call_started": False, "open_roles": ("investigator", "communicator", "scribe"),
    "draft_since": None, "draft_by": "", "draft_number": None, "releasers": "",
    "exposure_at": None, "exposure_by": "", "not_asked": "Legal or Compliance, Finance",
    "reviewers": "", "reviewers_asked_at": None,
    "leaving": "", "leaving_number": None, "leaving_public": False, "leaving_recalled": False,
    "public": False,
    "withdrawn_why": "legal_hold", "to_account": True,
    "undelivered": "", "undelivered_inside": "", "no_route": False,
    "isolation_owed": False, "late_step": None, "late_at": None, "next_step": "scope",
    "next_step_at": at("14:17"), "next_step_by": "CSM One",
    "raised_at": at("14:37"), "raised_by": "Engineering Lead One",
    "raised_reason": "same double submission in 9 accounts", "commander_open": True,
    "commander_at": at("14:52"), "commander_asked": "Engineering Lead One", "is_security": False,
    "outreach_at": at("15:07"), "impacted_count": 9, "outreach_released": False,
    "outreach_listed": 8, "outreach_out": False, "outreach_told": 0, "outreach_sending": 0,
    "outreach_to_call": 0, "outreach_held_back": 0, "outreach_callers": "", "outreach_late": "",
    "outreach_unanswered": "", "outreach_next_at": None,
    "outreach_next_late": False, "waits": True, "outside": False,
    "outreach_recall": None, "outreach_recalled_at": None, "outreach_recalled_by": "",
    "replaces_at": None, "held_count": 7, "told_count": 2,
    "outreach_done": False, "for_you": SINCE, "callers": "CSM Two, CS Manager One",
    "value": "BW-1001|birch", "is_late": False,
    "page_by": "",
    "by_hand": False, "texts_released": 3,
    "texts_stopped": 2, "stopped_for": "a cause, a time without zone",
    "is_taker": True, "instead": "CSM One", "at_most": "24 h",
    "still_owed_at": at("15:02"), "by_silence": False, "escalated": False,
    "attempts_wanted": 2, "attempts_found": 1,
    "resolved_at": at("16:40"), "resolved_by": "Engineering Lead One",
    "reminder_at": at("16:52", 24), "reopen_at": at("16:52", 27), "rca_owner": "CSM One",
    "steps_on_time": 12, "steps_total": 14, "steps_late": 2, "steps_waived": 0, "steps_lost": 0,
    "first_update_minutes": 67, "updates_count": 6, "archive_days": 2, "kept_until": "23 Nov 2033",
    # roles and prompts
    "review_at": at("14:52"), "scope_at": at("14:17"), "minutes": 15, "can_no_change": True,
    "cause_held_by": "", "role": "scribe", "asked": "Support Two", "silent": "Support One",
    "manager": "CS Manager One", "added_by": "Engineer One", "person": "Support Two",
    "person_key": "support.two", "duty": "engineering-lead", "asked_again_at": at("14:17"),
    "answer_at": at("14:22"), "offered_by": "CSM One", "holder": "CSM One", "reason": "end of duty",
    "preview": "BW-1001\nWe have your report.", "what": "update", "written_by": "CSM Two",
    "channel_id": "C1", "channel_name": "acme-support", "outside_count": 14, "addresses_count": 1,
    "accounts_count": 9, "entries": (("What we know", KNOWN), ("What we are doing", DOING)),
    "asked_reason": "", "checks_passed": 9, "checks_total": 9, "text_hash": "a" * 64,
    "suggested_by": "CS Manager One", "sent_back_by": "CS Manager One", "why": "one number is open",
    "missing": "the call (nobody pressed Call started)", "present": "both leads, all three roles",
    "told": TOLD, "masked_ending": "1111", "masked_field": "What happened",
    # executives
    "confirmed": False, "being_told": False, "not_told": False, "seen_at": None, "reported": True,
    "called": "colleagues from engineering and customer success", "wrote_at": None,
    "masked_told": "Compliance One", "engineering_waits": False,
    "again": False, "asked_of": "CSM One", "answered_by": "", "has_account": True,
    "offered": "", "first_words_at": at("14:20"), "tells_at_once": True, "executive": True,
    "manager_told": "CS Manager One",
    "sox_relevant": True, "leads": ("Engineering Lead One", "CS Manager One"),
    "mailed_at": at("14:03"), "funds": "", "commander": "", "status_released_at": None,
    "compliance": "Compliance One",
    "question": "Stop all runs of today?", "asked_by": "CS Manager One",
    "default": "we go on as now",
    "answers": (Answer("1", "Stop them"), Answer("2", "Go on")), "answer": "Stop them",
    "decide_by_at": None, "decisions_count": 0, "decisions": (), "can_ask_decision": True,
    "settled_at": at("14:50"), "due_stamp": 1795447800, "least": 2, "most": 4, "longest": 30,
    # commands
    "status": "Under review", "account_note": "Gold partner", "account_kind": "customer",
    "opened_at": at("14:02:10"), "opened_by": "CSM One", "source": "portal",
    "next_due_at": at("18:10"), "next_due_what": "first reply",
    "waited": "53 min in all, clock never stopped", "linked": "Statement 2026-10",
    "earlier": "2 tickets in 90 days", "has_bridge": True, "is_open": True,
    "can_acknowledge": True, "can_triage": True, "acknowledged_at": None, "acknowledged_by": "",
    "can_resolve": True, "is_owner": True, "waited_for": "a person's acknowledgment",
    "engineering": "Engineer One is on it", "can_take_engineering": True, "poc_is_me": True,
    "engineer": "Engineer One", "blocked_at": at("14:40"), "blocked_late": False,
    "blocked_since": at("14:10"), "blocked_what": "",
    "breach_at": at("15:02"), "is_told": True, "late": "the resolution (was due 21:00 UTC)",
    "notes": (TimelineLine(at("14:40"), "Channel Finance One: cut-off date changed"),),
    "binding_at": at("18:10"), "binding_name": "first reply", "in_utc": False,
    "binding_rule": "Severity High: reply in 4 hours, day and night", "started_at": at("14:10"),
    "started_by": "opening", "stopped": (), "left": "3 h 7 min", "clocks": CLOCKS,
    "rows": CERTIFICATE, "updates_total": 5, "updates_on_time": 5,
    "entries_count": 214, "intact": True, "checked_at": at("17:02"), "page_url": None,
    "days": (TimelineDay(at("00:00"), (TimelineLine(at("14:11:02"),
             "CSM One confirmed the scope: one run, one account"),)),),
    "only_decisions": False, "first": 1, "last": 30, "total": 214, "earlier_page": "31",
    # the form
    "metadata": "", "account_key": "acme", "account_or_it": "Acme", "desk_city": "New York",
    "account_csm": "CSM One", "signal": "duplicate_payment", "impacts": ("funds_moved_wrongly",),
    "open_ticket": OpenTicketLine("BW-0997", 2, "Wire to supplier rejected", "2 h", "CSM Two"),
    "impact_version": "duplicate_payment", "because": "funds moved wrongly", "desk": "the New York"
    " desk", "triage_at": at("18:02"), "poc": "CSM One", "bridge_at": at("14:32"),
    "first_update_at": at("15:02"), "more_clocks": 3, "route": "channel", "mail_contact": "AP "
    "Director One", "press_by_at": at("14:17"), "bridge_people": ("Engineering Lead One",),
    "asked_people": (),
    "sponsor": "Sponsor One", "security_person": "Security One", "has_vendor": True,
    "noticed": "account", "noticed_version": "message", "description": "Seen at 13:50 by the bank.",
    "contact_id": "U1", "kind": "fact", "text": "", "asked_at": at("14:39"), "choose_role": True,
    "call_owed": False, "call_about": "", "called_at": None, "called_by": "CSM One",
    "chosen": 0, "security_to": "", "has_channel": True,
    "stands_until": None, "is_on_its_way": False,
    "told_by": "", "can_hold": True, "can_say_late": True, "by": "AP Director One", "corrects": 1,
    "updates": UPDATES,
    "owed": "", "needs_release": True, "needs": "", "releaser": "someone else", "alone": False,
    "asks_solved": False,
    "contacts": (("0", "AP Director One"), ("1", "Treasurer One")), "next_choices": NEXT,
    "next_chosen": "in_60", "asks_reason": False, "can_end": False,
    "is_last": False, "ticked": ("money",), "stops": (), "turn": 0,
    "unverified": False, "to_verify": False,
    "hint": "", "count": 19, "before_these": 14,
    "in_bridge": False, "lines": (WrittenLine("AP Director One", "and the third batch too"),),
        "addresses": "ap.director.one@acme.example",
    "sent_back_why": "", "accounts": "birch",
    # lines, refusals, pages
    "step_kind": "call_running", "state": "stopped", "before": 3, "after": 4, "link":
    "https://example.com/archives/C1/p1", "call_url": "https://call.vendor.example", "words": "no",
    "by_phone": False, "writer": "CSM Two", "error": "channel_not_found", "ending": "1111",
    "from_at": at("14:02"), "to_at": at("16:02"), "pager": "the duty phone",
    "ticket_command": "ticket", "bridge_command": "bridge", "oncall_command": "oncall",
    "typed": "quue", "nearest": "queue", "verb": "show", "until_at": at("18:00"), "entry": 118,
    "until": "Tue 24 Nov (UTC)", "age": "20 seconds", "limit": 150, "got": 151,
    "found": "R03 spike", "held_by": "Legal One", "held_at": at("14:31"),
    "people": "CS Manager One, Compliance One", "needed": "a CS manager", "times": 2,
    "newest": 0,
    "tickets": (OpenTicketLine("BW-0997", 2, "Wire to supplier rejected", "2 h", "CSM Two"),),
    "findings": (("What we know", "A cause is named."),),
    "to_undo": "",
    "is_problem": False,
    "follows": False,
    "can_follow": True,
    "check": "", "was_told": True, "anew": False, "other": "BW-1000", "in_error": False,
    "telling": "told", "told_by_phone": False, "rca_late": False, "missed_at": None,
    "resolution_told_at": None, "solved_at": None, "to_call": False,
    "maybe_left": False, "can_send_again": False, **records_world.BASE,
    **reviews_world.BASE,
}  # fmt: skip

UNDELIVERED = (
    UndeliveredLine("a message to CSM Two", "Slack has closed their account",
                    "Have their part given to somebody else.", "open"),
    UndeliveredLine("the invitation of Support Two", "Slack does not let them be invited",
                    "Ask them into the bridge in Slack.", "open"),
    UndeliveredLine("the pin of the card", "", "", "tried"),
    UndeliveredLine("a message to CSM One", "", "", "told", "CS Manager One"),
    UndeliveredLine("the link of the call", "", "", "revived"),
)  # fmt: skip
LOW = (
    "target_near", "target_breached", "left_open", "has_it", "engineer_ask", "no_engineer",
)  # fmt: skip
"""Surfaces of tickets without a bridge."""

LEFT = (
    LeftLine("BW-1001", "Acme", "first reply", at("15:02"), is_late=True),
    LeftLine("BW-1002", "Birch", "resolution", at("21:00"), is_late=False),
    LeftLine("BW-1003", "Cedar", "", None, is_late=False),
)

SPECIAL: dict[str, dict[str, object]] = {
    **asking_world.SPECIAL,
    **closure_world.SPECIAL,
    **problems_world.SPECIAL,
    **opening_world.SPECIAL,
    **relations_world.SPECIAL,
    **records_world.SPECIAL,
    **reviews_world.SPECIAL,
    **escalated_world.SPECIAL,
    **checklist_world.SPECIAL,
    **account_world.SPECIAL,
    "queue": queues.QUEUE, "home": queues.HOME,
    "not_found": {"is_cut": False, "typed": "salary run"},
    "ack_customer_routine": {"severity": "High"},
    "update_customer": {"now": at("15:09"), "next_update_at": at("16:00")},
    "ack_partner": {"ref": "BW-1002", "zone": "Europe/Berlin", "now": at("14:10"),
                    "category": "Commission and Payment", "severity": "High",
                    "owner": "Channel Finance", "follow_url": "https://desk.vendor.example/t/1"},
    "update_partner": {"ref": "BW-1002", "zone": "Europe/Berlin", "now": at("15:09"),
                       "next_update_at": at("11:00", 24), "contact": "Channel Finance One",
                       "follow_url": "https://desk.vendor.example/t/1"},
    "escalated_partner": {"ref": "BW-1002", "zone": "Europe/Berlin", "lead_phone": "+49 30 5550 1",
                          "lead": "Channel Operations Manager One",
                          "lead_email": "chanops@vendor.example"},
    "notice": {"ref": "BW-1003", "zone": "Europe/Berlin", "now": at("15:09"), "at": at("15:09"),
               "next_update_at": at("16:00"), "contact": "CSM Two"},
    "nudge": {"ref": "nudge-C0ACME-1", "account": "Acme", "author": "AP Director One",
              "wrote_at": at("14:02"), "opens_at": at("14:17"), "now": at("14:02"),
              "words": "The export of October is missing two rows.", "more_count": 0, "last": "",
              "answered_by": "", "team": "Product Support", "channel_id": "C0ACME",
              "channel_name": "acme-support", "link": "https://vendor.slack.example/p1",
              "outside": False},
    "nudge_settled": {"outside": False, "account": "Acme", "author": "AP Director One",
                      "wrote_at": at("14:02"), "at": at("14:05"), "now": at("14:05"),
                      "words": "The export of October is missing two rows.", "by": "CSM Two",
                      "word": "opens", "ticket": "BW-1012", "beside": ""},
    "notice_call": {"account": "Birch", "zone": "Europe/Berlin", "next_update_at": at("16:00")},
    "notice_late": {"accounts": "Birch, Cedar", "accounts_count": 2, "since_at": at("15:09")},
    "notice_promise": {"due_at": at("16:00"), "accounts_count": 8, "is_mistake": False},
    "notice_altered": {"account": "Birch", "author": "Partner Admin One",
                       "was": "You may stop all runs.", "words": "Do NOT stop all runs."},
    "notice_own_words": {"account": "Birch", "author": "CSM Two",
                         "words": "It was a bug, it should be fixed by noon.",
                         "stops": ('"should be fixed" is a forecast. Say what is being done.',)},
    "notice_said": {"word": "said", "at": at("16:00")},
    "notice_over": {"accounts": "Birch, Cedar", "accounts_count": 2},
    "draft_outreach": {"can_end": True, "of_payments": True},
    "notice_held": {"account": "Birch", "why": "legal hold"},
    "notice_reply": {"account": "Birch", "author": "Partner Admin One", "at": at("15:20"),
                     "due_at": at("15:50"), "words": "Which runs are ours?"},
    "notice_unanswered": {"accounts": "Birch, Cedar", "accounts_count": 2, "since_at": at("15:20")},
    "done_reply_answered": {"name": "Birch"},
    "notice_recalled": {"account": "Birch"},
    "notice_settled": {"account": "Birch", "word": "called", "person": "CSM Two",
                       "at": at("15:20")},
    "done_impacted_called": {"name": "Birch"},
    "card": {"updates_count": 0, "rca_at": None},
    "card_in_error": {"told_at": None},
    "prompt_ask_again": {"told_at": at("16:52"), "now": at("16:52", 24)},
    "prompt_read": {"what": "update 1"},
    "over_line": {"what": "the resolution", "why": "open"},
    "untold": {"draft_number": 4, "now": at("17:40")},
    "done_mistake": {"told": ""},
    "draft_correction": {"corrects": 2, "draft_number": None, "right": ""},
    "correction": {"number": 3},
    "delivered_line": {"corrects": 0},
    "change_tier": {"impacts": (), "reason": ""},
    "change_ticket": {
        "flags": (), "is_classified": True,
        "ref": "BW-1012", "account": "Cedar", "team": "channel-finance", "tier": 1,
        "category": "commission_payment", "severity": "high",
        "teams": (ChoiceLine("channel-finance", "Channel Finance"),
                  ChoiceLine("channel-operations", "Channel Operations")),
        "categories": (ChoiceLine("deal_registration", "Deal Registration and Pipeline"),
                       ChoiceLine("commission_payment", "Commission and Payment")),
        "severities": (ChoiceLine("critical", "Critical"),
                       ChoiceLine("high", "High")),
    },
    "done_changed": {"team": "Channel Finance", "category": "Commission and Payment",
                     "severity": "High", "tier": 1},
    "triage": {
        **escalated_world.NOT,
        "ref": "BW-1012", "account": "Cedar Resellers", "level": "Platinum", "severity": "High",
        "category": "Commission and Payment", "summary": "October statement is missing deals",
        "asked_at": None, "can_write": True, "can_take": True, "share_gone": 0,
        "is_taken": False, "is_live": True, "is_late": False,
        "is_classified": True, "owner": "CSM Two",
        "due": "the first reply",
        "due_at": at("15:25"), "stage": "submitted", "team": "Channel Finance", "team_here": "",
        **relations_world.SPECIAL["triage"],
    },
    "triage_moved": {"ref": "BW-1012", "account": "Cedar Resellers", "has_bridge": False,
                     "team": "Channel Operations"},
    "triage_taken": {"ref": "BW-1012", "account": "Cedar Resellers", "is_told": True,
                     "person": "Finance One"},
    "triage_wrote": {"ref": "BW-1012", "account": "Cedar Resellers", "at": at("15:40"),
                     "words": "The Elm deal is missing too.", "link": "https://slack.example/p1",
                     "count": 0, "since_at": None, "outside": ""},
    "triage_late": {"ref": "BW-1012", "breach_at": at("15:25"), "told": "CSM Two, CS Manager One",
                    "waited_for": "the first reply"},
    "triage_escalated": {"ref": "BW-1012", "asked": "CS Manager One",
                         "why": "Resolution is late"},
    "not_of_its_team": {"person": "Engineer One"},
    "triage_waits": {"ref": "BW-1012", "account": "Cedar Resellers", "count": 2, "is_more": False,
                     "clock_stands": True,
                     "since_at": at("15:45")},
    "triage_goes_on": {"ref": "BW-1012", "account": "Cedar Resellers", "answered_at": at("16:10"),
                       "clock_runs": True, "person": "", "reason": "",
                       "words": "The Elm deal, of October."},
    "no_such_team": {"team": "Payroll", "teams": "Channel Finance, Channel Operations"},
    "security_route": {"security_to": "AP Director One"},
    "poc_offer": {"is_away": False},
    "contact_uncovered": {"holder": "CSM One"},
    "withdrawn_line": {"can_hold": False, "what": "the update (draft 1)", "draft_number": 1,
                       "in_review": True},
    "recalled_late": {"what": "update 1"},
    "delivery_buried": {"what": "update 1", "why": "the bot is not in that channel"},
    "undelivered": {"open_count": 2, "more": 0, "can_try": True, "can_tell": True,
                    "lines": UNDELIVERED},
    "person_gone": {"person": "CSM Two", "parts": PARTS},
    "bridge_lost": {"why": "archived"},
    "card_gone": {"why": "deleted"},
    "triage_anew": {"ref": "BW-1012"},
    "you_left": {"roles": "Communicator"},
    "holder_left": {"person": "CSM Two", "person_key": "csm-two", "roles": "Communicator"},
    "road_found": {"channel": "acme-support"},
    "addresses_missed": {"what": "update 1", "missed": MISSED},
    "notice_missed": {"missed": MISSED},
    "road_lost": {"error": "not_in_channel"},
    "already_with_them": {"at": at("15:09")},
    "late": {"promised_at": at("15:02"), "next_update_at": at("15:17")},
    "holding": {"next_update_at": at("16:00")},
    "say_late": {"promised_at": at("15:02"), "next_update_at": at("15:17"), "now": at("14:50")},
    "reminder": {"told_at": at("16:40")},
    "card_tier4": {"now": at("14:37"), "tier": 4, "primary": "commander",
                   "steps": STEPS_T4, "steps_title": "Tier 4 steps",
                   "holds": (HOLD_ASKED, HOLD_CAUSE), "seats": SEATS_T20, "open_roles": ("scribe",),
                   "next_step": None, "here_count": None, "updates_count": 0, "rca_at": None},
    "card_resolved": {"now": at("16:52"), "told_at": at("16:52"), "confirmed_at": None,
                      "holds": (HOLD_CLEARED,)},
    "role_commander": {"due_at": at("15:07")},
    "role_communicator": {"updates_count": 0},
    "what_can_i_say": {"can_say_late": False, "known": "", "doing": "", "now": at("14:20"),
                       "done": "", "check": "", "is_asked": False},
    "prompt_update": {"due_at": at("16:00"), "now": at("15:45")},
    "prompt_page": {"due_at": at("16:00"), "now": at("15:45")},
    "prompt_review": {"since_at": at("14:50")},
    "review": {"also": "", "also_count": 0, "corrects": 0,
               "next_update_at": at("16:00"), "releasers": "CSM One, CS Manager One",
               "shown_to": "U0CSMONE U0CSMANAGERONE", "draft_number": 1},
    "late_manager": {"late_step": "call_running", "due_at": at("14:32")},
    **{each: {"tier": 2} for each in LOW},
    "heads_up": {"due_at": at("14:32")},
    "brief_t4": {"resolved_at": None, "tier": 4, "seen_at": None,
                 "summary": "second submission of payments in 9 accounts"},
    "decision": {"due_at": at("15:30"), "state": "asked", "why": "it is resolved"},
    "decision_answer": {"due_at": at("15:30"), "state": "made", "person": "Sponsor One"},
    "done_decision_asked": {"at": at("15:30"), "person": "Sponsor One"},
    "done_decided": {"at": at("14:50"), "person": "CS Manager One"},
    "tier_too_low": {"tier": 2},
    "already_decided": {"at": at("14:50")},
    "too_late_to_decide": {"at": at("15:30"), "answer": "we go on as now",
                           "person": "CS Manager One"},
    "show": {**escalated_world.NOT, **closure_world.NOT_RESOLVED, "rca_at": None,
             "told": "acknowledgment", "tier": 1, "severity": "High", "outreach_listed": 0,
             "can_answer": True, "details_wait": False},
    "why": {**escalated_world.NOT, "ref": "BW-1002", "now": at("15:03"), "can_send": True},
    "why_told": {"ref": "BW-1012", "started_at": at("14:10"),
                 "stops": "Mon 23 Nov 2026, 11:02 EST (16:02 UTC)"
                          " to Tue 24 Nov 2026, 09:10 EST (14:10 UTC)",
                 "stopped_since_at": None, "due_at": at("16:30", 25), "whose": "Severity High",
                 "latest_at": None,
                 "figure": "1 business day",
                 "calendar": "New York desk, Mon-Fri 09:00-17:00 (America/New_York)"},
    "certificate": {"entries": 214},
    "suggest_words": {"draft_number": 1, "entries": (("known", "What we know", KNOWN),)},
    "suggested": {"draft_number": 1},
    "stopped_release": {"draft_number": 1, "stops": (OTHER_NAMED,)},
    "sent_back": {"draft_number": 1},
    "send_back": {"draft_number": 1},
    "reviewer_ask": {"exposure_by": "CSM One", "exposure_at": at("14:12"), "duty": "compliance",
                     "due_at": at("14:32")},
    "number_masked": {"kind": "card number"},
    "open_ticket": {"severity": "critical", "category": "technical_product",
                    "categories": category_lines(policy()),
                    "confirmed": "reported", "report": ""},
    "draft_status_page": {"releaser": "the commander or a CS manager"},
    "still_owed": {"owed": "written analysis (due 1 Dec 2026 16:40 UTC), hold on Acme not cleared"},
    "impacted": {"names": "Acme, Birch", "impacted_count": 2, "proposed": ""},
    "duty_swapped": {"person": "CSM Two", "instead": "CSM One", "by": "CS Manager One",
                     "duty": "csm"},
    "oncall_swapped": {"person": "CSM Two", "duty": "csm", "until_at": at("23:00")},
    "oncall_away": {"until_at": at("23:00")},
    "oncall_is_away": {"person": "CSM Two", "until_at": at("23:00")},
    "person_away": {"person": "CSM Two", "until_at": at("23:00")},
    "oncall_entry": {"duty": "csm", "person": "CSM Two", "instead": "CSM One"},
    "duty_unknown": {"what": "lead", "known": "csm, cs-manager, engineering-lead"},
    "page_ask": {"released_by": "Commander One"},
    "page_settled": {"person": "Commander One"},
    "stop_ask": {"asked_by": "Engineer One", "asked_at": at("14:39"), "answer_at": at("14:44"),
                 "reason": "second copies may still go out", "now": at("14:39")},
    "stop_settled": {"person": "Payments Operations One", "at": at("14:41")},
    "stop_unanswered": {"silent": "Payments Operations One", "asked": "Payments Operations Two",
                        "minutes": 5},
    "stop_rota_end": {"person": "Payments Operations One", "asked_by": "Engineer One",
                      "nobody_answered": False},
    "page_stop": {"due_at": at("14:44")},
    "hold_stopped": {"person": ""},
    "hold_still": {"kind": "transaction", "number": 1, "is_confirmed": True, "now": at("18:00"),
                   "reason": "second copies", "clearers": "CS Manager One, Finance One",
                   "again_at": at("18:00", 24)},
    "place_hold": {"reason": "", "until_stamp": int(at("15:00", 24).timestamp())},
    "done_hold": {"kind": "transaction", "until_at": at("15:00", 24)},
    "lowering_ask": {"before": 3, "after": 2, "asked_by": "CS Manager One", "state": "asked",
                     "answer_at": at("15:10"), "settled_at": None, "number": 1,
                     "reason": "one payment, sent back already", "person": "",
                     "now": at("14:40"), "why": "the ticket is Tier 4 now"},
    "lowering_answer": {"before": 3, "after": 2, "asked": "Legal One, Security One",
                        "state": "agreed", "answer_at": at("15:10"), "settled_at": at("14:44"),
                        "reason": "one payment, sent back already", "person": "Legal One",
                        "now": at("14:45"), "why": "the ticket is Tier 4 now"},
    "tier_line": {"agreed_by": ""},
    "settled": {"about": "scribe", "about_at": None, "word": "taken", "person": "Support Two",
                "at": at("14:20"), "next_person": "", "status": "open", "now": at("14:20")},
    "solved_answered": {"is_solved": True, "is_open": False, "can_block": False,
                        "page_url": None, "answered_at": at("17:10")},
    "already_done": {"done_at": at("14:20")},
    "not_asked": {"person": "Support Two", "what": "has"},
    "brief_t3": {"resolved_at": None, "seen_at": None},
    "outsider_here": {"person": "Guest One"},
    "heard": {"ref": "BW-1012", "zone": "Europe/Berlin", "now": at("14:03"), "has_it": "",
              "team": "Channel Finance", "reply_at": at("17:10"), "next_open_at": None,
              "phone": ""},
    "classify": {"ref": "BW-1012", "words": "we paid V-201 twice", "wrote_at": at("14:02"),
                 "heard": "paid V-201 twice", "label": "Duplicate payment confirmed", "floor": 3,
                 "ceiling": 3, "channel_id": "C0ACME0001", "channel_name": "acme-support",
                 "now": at("14:02"),
                 "link": "https://x.slack.com/archives/C0ACME0001/p1", "bridge_at": at("14:32"),
                 "first_update_at": at("15:02"), "reply_at": at("15:02"), "triage_at": at("16:02"),
                 "told": "Engineering Lead One, CS Manager One, Sponsor One", "alone": True,
                 "asked_next": "CSM Two", "asked_next_at": at("14:07")},
    "digest": {"now": at("15:09"), "count": 2, "more": 0, "refs": "BW-1001, BW-1002", "lines": (
        DigestLine("BW-1001", "BW-1001: Acme wrote.", at("14:45")),
        DigestLine("BW-1002", "LATE: BW-1002, Birch: a person's acknowledgment was due 15:02 UTC.",
                   at("15:02")))},
    "shift_left": {"by": "CSM One", "count": 17, "more": 2, "number": "1795443000", "lines": LEFT,
                   "refs": "BW-1001|BW-1002", "now": at("15:30")},
    "leave_shift": {"count": 17, "more": 2, "lines": LEFT, "now": at("15:30")},
    "poc_offer_silent": {"asked": "CSM Two", "holder": "CSM One", "is_holder": True, "tier": 2,
                         "due": "resolve", "due_at": at("18:10"), "is_late": False,
                         "now": at("15:30")},
    "done_shift_left": {"count": 17, "person": "CSM Two", "refused": ""},
    "done_shift_taken": {"count": 16, "refused": ""},
    "outside_wrote": {"author": "AP Clerk One"},
    "account_wrote": {"author": "AP Director One", "words": "The third batch waits now."},
    "business_blocked": {"author": "AP Director One", "tier": 2, "lead": "CS Manager One",
                         "is_led": False},
    "blocked_named": {"author": "AP Director One", "tier": 2, "what": "a live customer"},
    "blocked_unanswered": {"author": "AP Director One", "tier": 2, "what": ""},
    "thanks_blocked_what": {"at": at("15:10")},
    "reply_to_read": {"author": "AP Director One", "at": at("17:10"), "now": at("17:11"),
                      "ts": "1795446600.000100",
                      "words": "works now, but the March one is still wrong", "apart": False,
                      "can_confirm": True, "can_reopen": True, "was_asked": True},
    "words_altered": {"author": "AP Director One", "was": "You may stop all payments.",
                      "may_answer": False, "words": "Do NOT stop all payments."},
    "own_words": {"author": "CSM Two", "needed": "",
                  "words": "It was a bug, it should be fixed by noon.",
                  "stops": ('"should be fixed" is a forecast. Say what is being done.',)},
    "answered_after": {"author": "AP Clerk One", "solved": True, "words": "It works for us."},
    "done_lowering_asked": {"people": "Legal One, Security One", "tier": 3, "at": at("15:10")},
    "done_lowering_kept": {"person": "CS Manager One", "tier": 3},
    "lowering_waits": {"people": "Legal One, Security One", "at": at("14:40")},
    "judge_is_asker": {"people": "Legal One, Security One"},
    "not_in_the_bridge": {"people": "CS Manager One"},
}  # fmt: skip


def sample(surface: CatalogueEntry) -> dict[str, object]:
    """Return the sample facts of a surface, and only those that it names."""
    given: Mapping[str, object] = {**BASE, **SPECIAL.get(surface.name, {})}
    return outward(surface, {name: given[name] for name in surface.facts})


def outward(surface: CatalogueEntry, given: Mapping[str, object]) -> dict[str, object]:
    """Return facts as their presenters give them: words that leave are of the types that may."""
    if not surface.is_outward:
        return dict(given)
    return {
        name: Released(value) if isinstance(value, str) else value for name, value in given.items()
    }
