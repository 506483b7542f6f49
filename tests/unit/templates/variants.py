"""Further states of surfaces that change with the course of events, to be read as golden texts."""

from __future__ import annotations

from templates.clock.facts import StopLine
from templates.decisions.facts import DecisionLine
from templates.opening.facts import Told
from templates.roles.seats import SeatLine
from templates.updates.instead import Stop
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
from tests.unit.templates.world import (
    DOING,
    HOLD_ASKED,
    HOLD_CAUSE,
    HOLD_STOPPED,
    HOLD_WAITS,
    KNOWN,
    MISSED,
    SEATS_T20,
    STEPS_T0,
    STEPS_T61,
    UNDELIVERED,
    at,
    step,
)

STOPS = (
    StopLine(at("14:12"), at("14:30")),
    StopLine(at("14:40")),
)

STEPS_T20 = (
    *STEPS_T61[:6],
    step("leads_here", opens_at=at("14:17"), due_at=at("14:32"), by="CS Manager One"),
    step("roles_taken", opens_at=at("14:17"), due_at=at("14:32"), by="Support Two"),
    step("call_running", opens_at=at("14:17"), due_at=at("14:32")),
    *STEPS_T0[9:],
)
SEATS_T61 = (
    SeatLine("contact", "holds", "CSM One"),
    SeatLine("investigator", "holds", "Engineer One"),
    SeatLine("communicator", "holds", "CSM Two"),
    SeatLine("scribe", "holds", "Support Two"),
    SeatLine("also_here", "holds", "Engineering Lead One, CS Manager One, Compliance One"),
)
DECISION_OPEN = DecisionLine("Sponsor One", "asked", at("15:30"))
DECISION_MADE = DecisionLine("Sponsor One", "made", at("15:30"), at("14:50"), "Stop them")
DECISION_LAPSED = DecisionLine("Sponsor One", "lapsed", at("15:30"), at("15:30"), "we go on as now")
DECISION_WITHDRAWN = DecisionLine(
    "Sponsor One", "withdrawn", at("15:30"), at("14:50"), "it is resolved"
)
ASKED = (
    Stop("known", "0", '"because of" names a cause. Is it confirmed? Take it out, or say who '
         "confirmed it.", "412 payments were sent twice.", asks=True),
    Stop("doing", "0", '"should be fixed" is a forecast. Say what is being done; the next update '
         "carries the time.", "We tell you when it is done.", asks=True),
)  # fmt: skip
REFUSED = (
    Stop("check", "0", '"14:10" is a time without a zone. Add the zone that it is meant in, and '
         "the same in UTC.", "14:10 EST (19:10 UTC)", asks=False),
)  # fmt: skip
HINT = 'What we know: "because of" names a cause. Is it confirmed? Take it out, or say who did.'
EXPOSED = {"exposure_at": at("14:12"), "exposure_by": "CSM One"}

SETTLED: dict[str, dict[str, object]] = {
    **{
        word: {"word": word}
        for word in (
            "came",
            "released",
            "sent_back",
            "sent",
            "kept_here",
            "recalled",
            "recalled_late",
            "left",
            "void",
        )
    },
    "declined": {"word": "declined", "next_person": "Support One"},
    "lapsed": {"word": "lapsed", "next_person": "Support One"},
    **{
        word: {"about": "update 1", "word": word}
        for word in ("recalled", "recalled_late", "withdrawn")
    },
    "withdrawn, nobody recalled it": {"about": "update 1", "word": "withdrawn", "person": ""},
    "nobody further": {"word": "lapsed"},
    "passed_on": {"about": "Acme's one contact", "word": "passed_on", "next_person": "CSM Two"},
    **{word: {"about": "update 1", "word": word} for word in ("changed", "newer", "taken_back")},
    **{
        word: {"about": "the update due", "about_at": at("15:02"), "word": word}
        for word in ("kept", "passed", "arrived")
    },
    **{
        word: {"about": "the call is running", "word": word}
        for word in ("done", "waived", "superseded")
    },
    "said": {"about": "which tier", "word": "said"},
    "ended": {"about": "the escalation", "word": "ended"},
    "cleared": {"about": "a hold", "word": "cleared"},
    **{word: {"about": "words for Acme", "word": word} for word in ("called", "revived")},
    "replaced": {"about": "for information", "word": "replaced"},
    **{
        f"over, {status}": {"word": "over", "status": status, "person": by, "at": ended_at}
        for status, by, ended_at in (
            ("open", "", None),
            ("resolved", "CSM One", at("14:20")),
            ("closed", "", at("14:20")),
            ("opened_in_error", "", at("14:20")),
        )
    },
}
VARIANTS: dict[str, dict[str, dict[str, object]]] = {
    "ack_customer_routine": {"waits for them": {"resolve_at": None}},
    "ack_partner": {"waits for them": {"resolve_at": None}},
    "tickets": {"more than are listed": {"newest": 20}},
    "queue": queues.QUEUE_VARIANTS,
    "home": queues.HOME_VARIANTS,
    "not_found": {"only some were looked at": {"is_cut": True}},
    "card": {
        "words on their way": {"leaving": "update 2", "leaving_number": 3},
        "no account": {"has_account": False, "account": "the account"},
        "an unusual login": {"engineering_waits": True, "is_security": True},
        "open again, an analysis is owed": {"rca_at": at("16:40", 1, 12)},
        "a status text on its way": {"leaving": "the status text", "leaving_number": 3,
                                     "leaving_public": True},
        "recalled words": {"leaving": "update 2", "leaving_number": 3, "leaving_recalled": True},
        "at T+20": {
            "now": at("14:22"), "steps": STEPS_T20, "seats": SEATS_T20, "here_count": 4,
            "scope": "one run, one account, since 13:10 UTC", "scope_by": "CSM One",
            "primary": "call", "bring_in": False, "open_roles": ("scribe",),
            "next_step": "call_running", "next_step_at": at("14:32"),
            "next_step_by": "CS Manager One", "reviewers": "Compliance One, Finance One",
            "reviewers_asked_at": at("14:12"), **EXPOSED,
        },
        "at T+61, first update late": {
            "now": at("15:03"), "steps": STEPS_T61, "seats": SEATS_T61, "here_count": 8,
            "people_settled": True,
            "primary": "review", "bring_in": False, "open_roles": (), "call_started": True,
            "holds": (HOLD_STOPPED,), "late_step": "first_update", "late_at": at("15:02"),
            "draft_since": at("14:55"), "draft_by": "CSM Two", "draft_number": 1,
            "releasers": "CSM One, CS Manager One, Compliance One", **EXPOSED,
        },
        "a stop is asked of somebody": {"now": at("14:37"), "holds": (HOLD_WAITS,)},
        "nobody to write to": {"no_route": True, "call_owed": True},
        "called": {"no_route": True, "called_at": at("14:09")},
        "an update to be read by phone": {
            "no_route": True, "call_owed": True, "call_about": "update 1",
        },
        "a drill, all done, two holds": {
            "now": at("15:20"), "steps": STEPS_T61[:11], "seats": SEATS_T61, "drill": True,
            "primary": "update", "bring_in": False, "open_roles": (), "call_started": True,
            "holds": (HOLD_ASKED, HOLD_CAUSE), "next_step": None, "updates_count": 1, **EXPOSED,
        },
        "a decision is asked, a decision lapsed": {
            "decisions": (DECISION_OPEN, DECISION_LAPSED),
        },
    },
    "card_in_error": {
        "withdrawn under release": {"draft_number": 2},
        "told": {"told_at": at("14:11")},
        "on its way": {"leaving": True},
        "to be called": {"to_call": True},
        "not delivered": {"undelivered": "the word that it was opened by mistake"},
    },
    "ended_duplicate": {"of one that is not named": {"other": ""}},
    "prompt_call_end": {"not a duplicate": {"other": ""}},
    "untold": {"by phone": {"by_phone": True}, "nothing in review": {"why": ""}},
    "over_line": {"opened in error": {"why": "opened_in_error"}, "solved": {"why": "confirmed"}},
    "sent_back": {"a resolution": {"what": "resolution"}},
    "resolve": {
        "came back": {"draft_number": 4, "done": "The copies were returned.", "check": "See it.",
                      "sent_back_why": "say which run", "causes": ()},
        "no account": {"needs_release": False},
        "alone": {"alone": True},
        "alone, by phone": {"alone": True, "no_route": True},
        "a second person": {"needs": "somebody else has the ticket"},
        "Legal holds it": {"releaser": "Legal", "needs": "Legal holds it"},
        "stopped": {"stops": REFUSED, "turn": 1},
    },
    "opened_by_mistake": {"nobody was told": {"was_told": False}},
    "done_resolved": {
        "no account": {"needs_release": False},
        "written anew": {"anew": True},
        "alone": {"alone": True},
        "alone, by phone": {"alone": True, "no_route": True},
    },
    "done_update_sent": {"by phone": {"no_route": True}},
    "done_mistake": {told: {"told": told} for told in ("review", "leaving", "call")},
    "duty_swapped": {
        "to the one stood in for": {"is_taker": False},
        "nobody was on duty, and they took it": {"instead": "", "by": "CSM Two"},
    },
    "stop_ask": {"without a bridge": {"has_bridge": False}},
    "stop_settled": {"cleared": {"state": "cleared", "person": "Finance One"}},
    "stop_unanswered": {"no phone known": {"phone": ""}},
    "stop_rota_end": {
        "nobody answered": {"nobody_answered": True}, "no phone known": {"phone": ""},
    },
    "heard": {
        "a colleague answered": {"has_it": "CSM Two", "reply_at": None},
        "a colleague took it": {"has_it": "CSM Two"},
        "closed": {"next_open_at": at("13:00", 24), "reply_at": at("15:00", 24),
                   "phone": "+1 555 0100"},
        "closed, and a person answers before it opens": {"phone": "+1 555 0100"},
    },
    "classify": {
        "no grave word": {"heard": "", "label": "", "floor": 0, "ceiling": 0,
                          "words": "October statement is missing deals"},
        "a range": {"heard": "returned", "label": "Cluster of ACH returns R02, R03, R04",
                    "floor": 2},
        "all are asked": {"alone": False},
        "nobody else": {"asked_next": "", "told": "", "link": ""},
    },
    "lowering_ask": {
        "agreed": {"state": "agreed", "person": "Legal One", "settled_at": at("14:44")},
        "declined": {"state": "declined", "person": "Legal One", "settled_at": at("14:44")},
        "lapsed": {"state": "lapsed", "settled_at": at("15:10")},
        "withdrawn": {"state": "withdrawn", "settled_at": at("14:50")},
    },
    "lowering_answer": {
        "declined": {"state": "declined"},
        "lapsed": {"state": "lapsed", "person": ""},
        "withdrawn": {"state": "withdrawn", "person": ""},
    },
    "tier_line": {"agreed to": {"before": 4, "after": 3, "agreed_by": "Legal One"}},
    "hold_still": {
        "not confirmed": {"is_confirmed": False, "clearers": ""},
        "the cause": {"kind": "disclosure"},
        "the records": {"kind": "retention"},
    },
    "place_hold": {"typed": {"reason": "check the batch"}},
    "hold_stopped": {"by the one who was asked": {"person": "Payments Operations One"}},
    "card_tier4": {
        "the outreach is on its way": {
            "outreach_out": True, "outreach_listed": 9, "outreach_told": 6, "outreach_sending": 2,
            "outreach_to_call": 1, "outreach_callers": "Birch", "outreach_released": True,
            "outreach_recall": 3,
        },
        "the outreach was recalled": {
            "outreach_out": True, "outreach_listed": 9, "outreach_told": 1, "outreach_held_back": 8,
            "outreach_recalled_at": at("15:12"), "outreach_recalled_by": "CS Manager One",
        },
        "the outreach is late": {
            "outreach_out": True, "outreach_listed": 9, "outreach_told": 6, "outreach_held_back": 1,
            "outreach_to_call": 2, "outreach_callers": "Birch, Cedar", "outreach_at": None,
            "outreach_late": "Birch, Cedar, Elm", "outreach_unanswered": "Fern",
        },
        "a decision was made, nobody else to ask": {
            "decisions": (DECISION_MADE,), "can_ask_decision": False,
        },
        "status text not on the page yet": {"page_by": "Commander One", "commander_open": False,
                                           "primary": ""},
        "a security matter, nobody to write to": {
            "is_security": True, "no_route": True, "call_owed": True,
        },
        "opened so, commander there": {
            "raised_by": "", "commander_open": False, "primary": "review", "is_security": True,
            "security_to": "AP Director One", "draft_since":
            at("14:40"), "draft_number": 2, "still_owed_at": None, "updates_count": 1,
        },
    },
    "card_resolved": {
        "many accounts wait for the next words": {
            "outreach_out": True, "outreach_listed": 9, "outreach_told": 8, "outreach_to_call": 1,
            "outreach_callers": "Birch", "outreach_recall": 3, "outreach_next_at": at("17:00"),
        },
        "the next words for many accounts are late": {
            "outreach_out": True, "outreach_listed": 8, "outreach_told": 8,
            "outreach_next_at": at("17:00"), "outreach_next_late": True,
        },
        "words not delivered": {"undelivered": "the resolution", "told_at": None,
                                "telling": "by_phone", "reminder_at": None, "reopen_at": None},
        **{f"not told, {telling}": {"telling": telling, "told_at": None, "reminder_at": None,
                                    "reopen_at": None, "draft_number": 4, "now": at("16:41")}
           for telling in ("in_review", "back", "leaving", "by_phone", "nobody")},
        "told by phone": {"told_by_phone": True, "no_route": True},
        "the analysis is late": {"rca_late": True, "now": at("17:00", 1, 12)},
        "confirmed": {"confirmed_at": at("15:10", 24), "rca_at": None, "holds": ()}},
    "open_ticket": {
        "empty": {
            "account_key": "", "account": "", "account_kind": "", "signal": "", "impacts": (),
            "open_ticket": None, "tier": 1, "more_clocks": 0, "summary": "", "description": "",
            "noticed": "", "severity": "medium", "category": "", "contact_id": "",
        },
        "Tier 2": {
            "impacts": ("payments_blocked",), "tier": 2, "because": "payments are delayed",
            "signal": "payment_run_missed", "severity": "high", "reply_at": at("15:02"),
        },
        "Tier 3, we found it": {"route": "press", "noticed": "us", "open_ticket": None},
        "the tier of a report": {"report": "BW-1012", "open_ticket": None},
        "a report of Tier 2": {"report": "BW-1012", "tier": 2, "impacts": ("payments_blocked",),
                               "because": "payments are delayed", "signal": "",
                               "severity": "high", "reply_at": at("15:02")},
        "Tier 3, data exposed": {"impacts": ("data_exposed",), "signal": "", "route": "security"},
        "Tier 3, nobody to write to": {"route": "none", "channel_id": "", "sponsor": ""},
        "Tier 3, not in the list": {"account_key": "none", "account": "", "account_or_it": "them"},
        "Tier 3, a legal threat": {
            "impacts": (), "signal": "legal_threat", "because": "legal threat over non-payment",
            "asked_people": ("Legal One", "Finance One"),
        },
        "Tier 4, security": {
            "tier": 4, "impacts": ("security_incident",), "signal": "unusual_login",
            "because": "a security incident is suspected", "route": "security",
        },
    },
    "opened": {
        "Tier 1, handed to another": {
            "tier": 1, "told": (), "is_contact": False, "offered": "CSM Two", "holder": "you",
            "masked_ending": "",
            "tier_note": "It became Tier 1 while you wrote.",
        },
        "a delivery failed": {
            "told": (
                Told("account", "failed", "Acme"), Told("sponsor", "waiting", "Sponsor One"),
            )
        },
        "refused for good": {
            "told": (
                Told("bridge", "failed", why="a setting of the Slack workspace forbids it"),
                Told("sponsor", "failed", "Sponsor One", why="Slack does not know them any more"),
                Told("vendor", "failed", why="no mail server is set up"),
            )
        },
        "a number masked, nobody on duty": {"masked_told": ""},
        "an invitation was refused": {
            "has_account": False,
            "told": (
                Told("account", "unset"),
                Told("bridge", "alone", "bw-1001-acme", None, "C2", "CSM Two"),
            ),
        },
    },
    "update_customer": {"late": {"promised_at": at("15:02")}},
    "holding": {
        "before the first update": {
            "last_update_at": None, "known": "", "next_update_at": at("15:02"),
        },
        "words that may not be said again": {"known": ""},
    },
    "say_late": {"not in review": {"in_review": False}},
    "late": {"not in review": {"in_review": False}},
    "resolution_customer": {"no analysis promised": {"rca_at": None}},
    "decision": {
        "decided": {"state": "made", "now": at("14:50")},
        "no answer came": {"state": "lapsed", "now": at("15:30"), "drill": True},
        "withdrawn": {"state": "withdrawn", "now": at("15:00")},
    },
    "decision_answer": {"no answer came": {"state": "lapsed", "now": at("15:30"), "drill": True}},
    "certificate": {
        "decisions": {"decisions": (DECISION_MADE, DECISION_LAPSED, DECISION_WITHDRAWN)},
        "a decision is open": {"decisions": (DECISION_OPEN,)},
        "no text was stopped": {"texts_stopped": 0, "stopped_for": "", "texts_released": 0},
        "nobody classified it": {"tier": 0, "rows": (), "steps_total": 0, "updates_total": 0},
    },
    "brief_t4": {
        "a decision is asked": {"decide_by_at": at("15:30"), "decisions_count": 1},
        "a decision was asked": {"decisions_count": 1},
        "resolved": {"resolved_at": at("16:40"), "hears_at": None},
        "a promise was missed": {"missed_at": at("15:02"), "hears_at": at("15:17")},
    },
    "brief_t3": {"a decision is asked": {"decide_by_at": at("15:30")},
                 "being told, no mail": {"told_at": None, "being_told": True, "mailed_at": None},
                 "refused": {"told_at": None, "not_told": True},
                 "called, seen": {"told_at": None, "called_at": at("14:09"),
                                  "seen_at": at("14:20"), "reported": False},
                 "resolved": {"resolved_at": at("16:40"), "hears_at": None, "confirmed": True},
                 "resolved and told": {"resolved_at": at("16:40"), "hears_at": None,
                                       "resolution_told_at": at("16:52")},
                 "solved": {"resolved_at": at("16:40"), "hears_at": None,
                            "resolution_told_at": at("16:52"), "solved_at": at("15:10", 24)},
                 "a promise was missed": {"missed_at": at("15:02"), "hears_at": at("15:17")}},
    "role_communicator": {"later": {"updates_count": 2}},
    "role_poc": {"after a hand-over": {"scope_at": None}},
    "prompt_update": {"no change used up": {"can_no_change": False}},
    "overdue_update": {
        "of a mistake": {"in_error": True, "can_hold": False},
        "of a mistake, in review": {"in_error": True, "can_hold": False, "draft_number": 2},
        "a draft waits": {"draft_number": 3},
        "the holding line was sent": {"can_hold": False},
        "a time stands": {"stands_until": at("15:17")},
        "on its way": {"is_on_its_way": True},
        "told ahead": {"told_by": "CSM Two", "now": at("14:55"), "next_update_at": at("15:17")},
    },
    "what_can_i_say": {
        "shortly before the promised time": {"can_say_late": True, "now": at("14:50")},
        "the holding line was sent": {"can_hold": False, "known": KNOWN, "doing": DOING},
        "after update 1, cause held": {"known": KNOWN, "doing": DOING,
                                       "cause_held_by": "Legal One"},
        "resolved, not yet told": {"known": KNOWN, "is_open": False, "hears_at": None,
                                   "can_hold": False},
        "resolved and told": {"known": KNOWN, "is_open": False, "hears_at": None,
                              "can_hold": False, "is_asked": True, "check": "See your bank's list.",
                              "done": "The second copies were returned to your account."},
    },
    "hold_line": {
        "asked": {"state": "asked", "kind": "transaction"},
        "the cause": {"state": "stopped", "kind": "disclosure"},
        "the cause is cleared": {"state": "cleared", "kind": "disclosure"},
        "the records": {"state": "stopped", "kind": "retention"},
    },
    "delivered_line": {"a correction": {"number": 3, "corrects": 2}},
    "draft_correction": {
        "one update, came back": {"corrects": 1, "updates": (), "draft_number": 3, "right": "410.",
                                  "sent_back_why": "one number is open"},
    },
    "review": {
        "a status text, no webhook": {"what": "status_page", "by_hand": True, "channel_id": "",
                                      "addresses_count": 0},
        "correction": {"what": "correction", "corrects": 1, "number": 2},
        "outreach": {"what": "outreach", "channel_id": "", "addresses_count": 0,
                     "releasers": "Commander One"},
        "outreach, nobody listed": {"what": "outreach", "channel_id": "", "addresses_count": 0,
                                    "accounts_count": 0},
        "nobody can": {"releasers": "", "shown_to": "", "channel_id": "", "addresses_count": 0,
                       "asked_reason": "the word because is theirs"},
    },
    "late_manager": {"another step": {"late_step": "scope", "missing": "", "draft_since":
                                      at("14:50")},
                     "the account was to hear": {"late_step": "first_update", "missing": "",
                                                 "hears_at": None, "draft_since": None},
                     "and a draft waits": {"late_step": "update", "missing": "", "hears_at": None,
                                           "draft_since": at("14:50")}},
    "draft_update": {"alone": {"alone": True},
                     "a second person": {"needs": "it is about a contract"},
                     "Legal holds it": {"releaser": "Legal"},
                     "came back, another time": {"next_chosen": "other", "asks_reason": True,
                                                 "stops": ASKED, "turn": 1, "sent_back_why":
                                                 "one number is open"}},
    "done_in_review": {"on Tier 2, with a hint": {"hint": HINT}},
    "words_collected": {"in the bridge": {"in_bridge": True, "lines": (), "before_these": 0}},
    "reopened": {"by silence": {"by_silence": True},
                 "nobody said so": {"by_silence": True, "wrote_at": at("17:00", 24)}},
    "reopened_inside": {"by silence": {"by_silence": True}, "no promise": {"hears_at": None},
                        "without a bridge": {"has_bridge": False},
                        "they wrote": {"by_silence": True, "wrote_at": at("17:00", 24)},
                        "third time": {"escalated": True, "times": 3},
                        "nobody on duty": {"escalated": True, "times": 3, "manager_told": ""}},
    "late_line": {"nobody on duty": {"manager_told": ""}},
    "called_ask": {"of Security, an unusual login": {"duty": "security",
                                                     "engineering_waits": True}},
    "responder_ask": {"of Security, an unusual login": {"duty": "security",
                                                        "engineering_waits": True}},
    "bridge_shared": {"still": {"again": True}},
    "bridge_unshared": {"by Slack": {"person": ""}},
    "question_line": {"answered": {"answered_by": "CSM One", "answer": "Two runs, both stopped."},
                      "of an older version": {"asked_of": ""}},
    "question_ask": {"late": {"is_late": True}},
    "question_answered": {"answered": {"answered_by": "CSM One", "answer": "Two runs."},
                          "the manager is the one": {"asked_of": "CS Manager One"},
                          "no manager": {"manager_told": ""}},
    "account_named": {"nobody to write to": {"first_words_at": None, "no_route": True},
                      "waits for a press": {"first_words_at": None}},
    "triage": {
        "taken": {"can_take": False, "is_taken": True, "owner": "Finance One", "due_at": None},
        "late": {"is_late": True},
        "most of its time is gone": {"share_gone": 75},
        "nobody has classified it": {"is_classified": False},
        "waits for the account": {"can_take": False, "is_taken": True, "owner": "Finance One",
                                  "due_at": None, "asked_at": at("15:45")},
        "waits, and is not verified": {"asked_at": at("15:45"), "to_verify": True},
        "resolved": {"can_take": False, "can_write": False, "is_live": False, "stage": "resolved"},
        "confidential": {"summary": "", "owner": ""},
        "its team is gone": {"team": "Dune Desk", "team_here": "Channel Operations"},
    },
    "triage_moved": {"raised": {"has_bridge": True}},
    "triage_taken": {"nobody told": {"is_told": False}},
    "triage_escalated": {
        "confidential": {"why": ""},
        "nobody on duty": {"asked": ""},
    },
    "triage_wrote": {
        "confidential": {"words": "", "link": ""},
        "in a row": {"count": 12, "since_at": at("15:31"), "link": ""},
        "once more": {"count": 1, "since_at": at("15:40"), "link": ""},
        "no named contact": {"outside": "Clerk One"},
        "confidential, in a row": {
            "count": 12, "since_at": at("15:31"), "link": "", "words": "",
        },
    },
    "triage_late": {"nobody told": {"told": ""}},
    "triage_waits": {
        "one": {"count": 1}, "one more": {"count": 1, "is_more": True},
        "no clock": {"clock_stands": False},
        "one more, no clock": {"count": 1, "is_more": True, "clock_stands": False},
    },
    "triage_goes_on": {
        "without it": {
            "answered_at": None, "person": "Finance One", "reason": "We found it.", "words": "",
        },
        "confidential": {"answered_at": None, "person": "Finance One", "words": ""},
        "by phone": {"words": ""},
        "no clock": {"clock_runs": False},
    },
    "set_account": {"we found it, Tier 2": {"tells_at_once": False, "executive": False}},
    "prompt_call": {"no account": {"has_account": False}},
    "done_declined": {"nobody else": {"asked": ""}},
    "done_closed": {"nobody to write to": {"told": False}},
    "done_answer_yes": {"nobody to write to": {"told": False}},
    "escalated_partner": {
        "nobody leads": {"lead": ""},
        "waits for them": {"resolve_at": None},
    },
    "reminder": {"they wrote": {"wrote_at": at("17:00", 24)}},
    "escalated_customer": {"nobody was called": {"called": ""}},
    "done_brought_in": {"nobody": {"people": ""}},
    "exposure": {"nobody more": {"reviewers": ""}},
    "show": {"no account": {"has_account": False, "can_answer": False},
             "a Tier 4 whose outreach is late": {
                 "tier": 4, "can_answer": False, "outreach_out": True,
                 "outreach_listed": 9, "outreach_told": 6,
                 "outreach_sending": 2, "outreach_to_call": 1, "outreach_callers": "Birch",
                 "outreach_late": "Birch, Cedar, Elm",
             },
             "nothing yet": {"owner": "", "told": "", "next_due_at": None, "notes": (),
                             "linked": "", "earlier": "", "is_open": False, "has_bridge": False,
                             "can_answer": False}},
    "why": {
        "in UTC": {"in_utc": True},
        "it stood still": {"stopped": STOPS},
        "it stands still, in UTC": {"binding_at": None, "stopped": STOPS[1:], "in_utc": True},
        "steps of the desk": {
            "steps_owed": "first reply (S9, within 30 minutes) · triage (S10) · update (S52)"
        },
    },
    "change_tier": {
        "from 4": {"tier": 4, "impacts": ("platform_failing",)},
        "as typed": {"chosen": 4, "reason": "strange logins since noon"},
    },
    "status_page": {"no time": {"next_update_at": None}},
    "page_ask": {"no time": {"next_update_at": None}},
    "security_route": {"no time stands": {"hears_at": None},
                       "nobody to write to": {"security_to": "", "no_route": True,
                                              "has_channel": False}},
    "poc_offer": {"a cover": {"is_away": True, "offered_by": "bridgewatch", "reason": ""},
                  "a cover, nobody knows for how long": {"is_away": True, "until_at": None}},
    "contact_uncovered": {"nobody knows for how long": {"until_at": None, "hears_at": None}},
    "withdrawn_line": {
        **{f"{why}, over": {"withdrawn_why": why, "in_review": False, "what": "the resolution"}
           for why in ("closed", "moved_on", "nothing_there", "opened_in_error")},
        **{why: {"withdrawn_why": why} for why in ("recalled", "checks", "road", "channel")},
        "the status page": {"public": True, "what": "the status text"},
        "it may have left": {"maybe_left": True, "withdrawn_why": "recalled"},
        "an acknowledgment that can be sent again": {
            "can_send_again": True, "draft_number": None, "in_review": False,
            "what": "the acknowledgment", "withdrawn_why": "channel",
        },
        "its time has passed": {"withdrawn_why": "time_passed", "in_review": False},
        "a holding line whose time has passed": {
            "withdrawn_why": "time_passed", "in_review": False, "draft_number": None,
            "what": "the holding line", "can_hold": True,
        },
        "a fixed text whose time has passed": {
            "withdrawn_why": "time_passed", "in_review": False, "draft_number": None,
            "what": "the acknowledgment",
        },
    },
    "notice": {"no time named": {"next_update_at": None, "for_you": ""},
               "the last words": {"next_update_at": None, "for_you": "", "is_last": True},
               "a correction": {"replaces_at": at("15:01")}},
    "notice_settled": {
        word: {"word": word, "person": "CSM Two" if word == "answered" else ""}
        for word in ("told", "recalled", "newer", "answered")
    },
    "nudge": {
        "more was written": {"more_count": 2, "last": "Both of the 14th."},
        "a colleague has answered": {"answered_by": "CSM Two", "link": ""},
        "no named contact": {"author": "AP Clerk One", "outside": True},
    },
    "nudge_settled": {
        "opening": {"ticket": ""},
        "opened by itself": {"word": "lapsed", "by": "", "at": at("14:17")},
        "opening by itself": {"word": "lapsed", "by": "", "at": at("14:17"), "ticket": ""},
        "beside an open one": {"word": "lapsed", "by": "", "at": at("14:17"), "ticket": "",
                               "beside": "BW-1009"},
        "declined": {"word": "declined", "ticket": ""},
        "withdrawn": {"word": "withdrawn", "by": "", "ticket": ""},
        "overtaken": {"word": "overtaken"},
        "no named contact": {"author": "AP Clerk One", "outside": True},
    },
    "notice_reply": {
        "asked again": {"again": True},
        "thanks": {"waits": False, "words": "Thank you so much."},
        "no named contact": {"outside": True, "link": ""},
    },
    "notice_unanswered": {"one, nobody to answer": {"accounts": "Birch", "accounts_count": 1,
                                                    "callers": ""}},
    "notice_call": {"a correction": {"replaces_at": at("15:01")},
                    "nothing more": {"next_update_at": None, "for_you": "", "phone": ""}},
    "notice_late": {"one, nobody to call": {"accounts": "Birch", "accounts_count": 1,
                                            "callers": ""}},
    "notice_promise": {"late": {"is_late": True}, "one": {"accounts_count": 1},
                       "recalled and over": {"is_mistake": True}},
    "notice_altered": {"deleted": {"words": "", "link": ""}},
    "digest": {"more than are shown": {"count": 17, "more": 15}},
    "notice_said": {"the last words": {"word": "last"}},
    "notice_over": {"one": {"accounts": "Birch", "accounts_count": 1}},
    "delivery_buried": {
        "an acknowledgment": {"can_send_again": True, "what": "the acknowledgment"},
    },
    "undelivered": {"all is seen to": {"open_count": 0, "can_try": False, "can_tell": False,
                                       "lines": UNDELIVERED[2:]},
                    "more than are shown": {"open_count": 17, "more": 5},
                    "nothing to try": {"can_try": False}},
    "card_gone": {"its pin": {"why": "pin"}},
    "bridge_lost": {"without the bot": {"why": "left"}, "deleted": {"why": "deleted"}},
    "addresses_missed": {"many": {"missed": MISSED * 5}},
    "settled": SETTLED,
    "hand_over": {"without a bridge": {"tier": 2, "choose_role": False, "role": "contact"}},
    "poc_offer_silent": {"with a bridge": {"tier": 3}},
    "draft_status_page": {"Legal holds it": {"releaser": "Legal"}},
    "solved_answered": {
        "open again": {"is_solved": False, "is_open": True},
        "open again, and may block": {"is_solved": False, "is_open": True, "can_block": True},
        "open again, on the receipt": {"is_solved": False, "is_open": True, "can_block": True,
                                       "page_url": "https://desk.vendor.example/t/1"},
        "closed": {"is_solved": False, "answered_at": None},
    },
    "not_asked": {"another is asked": {"what": "asked"}, "nobody is": {"person": ""}},
    "done_notice_recalled": {"nobody has them": {"told_count": 0, "held_count": 1},
                             "one has them": {"told_count": 1}},
    "already_done": {"nobody is named": {"by": "", "done_at": None}},
    "recalled_late": {"a status text": {"public": True, "what": "the status text"}},
    "road_lost": {"nobody to write to": {"no_route": True, "mail_contact": "", "error": "channel"},
                  "by another road": {"error": "road"}, "unseen": {"error": "unseen"},
                  "other contacts": {"error": "contacts"}},
    "outside_wrote": {"a security matter": {"is_security": True}, "by mail": {"channel_id": ""}},
    "reply_line": {"a security matter": {"is_security": True}},
    "their_words": {
        "asked whether it is solved": {"asks_solved": True},
        "no contacts on file": {"contacts": ()},
    },
    "done_released": {
        "to the page": {"what": "status_page"}, "outreach": {"what": "outreach"},
        "outreach, nobody listed": {"what": "outreach", "accounts_count": 0},
        "nobody to write to": {"no_route": True},
    },
    "not_in_the_bridge": {"no bridge": {"what": "no_bridge"}},
    "already_sent": {"the holding line": {"what": "holding"}},
    "already_with_them": {"a status text": {"what": "status_page"},
                          "a resolution": {"what": "resolution"}},
    "lower_needs_manager": {"from Tier 2": {"tier": 2},
                            "nobody to agree": {"what": "nobody_to_agree", "people": ""}},
    "reply_to_read": {
        "in the channel": {"apart": True, "can_confirm": False, "can_reopen": False},
        "in the channel, while it is resolved": {"apart": True},
        "resolved, not asked yet": {"was_asked": False},
        "after the account confirmed": {
            "can_confirm": False, "was_asked": False, "words": "Could you also send the statement?",
        },
        "it is open": {
            "can_confirm": False, "can_reopen": False, "was_asked": False, "words": "works now",
        },
    },
    "target_breached": {"after the end": {
        "can_acknowledge": False, "can_resolve": False, "can_triage": False,
        "waited_for": "an answer to what they wrote"}},
    "words_altered": {"deleted": {"words": "", "may_answer": True},
                      "may be the answer": {"may_answer": True}},
    "answered_after": {"a further No": {"solved": False}, "without words": {"words": ""}},
    "confirmed": {"in their words": {"confirmed_words": "works now, you can close it"},
                  "by phone, by someone who is no named contact": {"confirmed_by": ""}},
}  # fmt: skip
for _name, _variants in (
    *account_world.VARIANTS.items(),
    *asking_world.VARIANTS.items(),
    *escalated_world.VARIANTS.items(),
    *closure_world.VARIANTS.items(),
    *checklist_world.VARIANTS.items(),
    *problems_world.VARIANTS.items(),
    *opening_world.VARIANTS.items(),
    *relations_world.VARIANTS.items(),
    *records_world.VARIANTS.items(),
    *reviews_world.VARIANTS.items(),
):
    VARIANTS[_name] = {**VARIANTS.get(_name, {}), **_variants}
"""Surface name -> title of the state -> the facts that differ from the sample."""
