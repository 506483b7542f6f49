"""This file owns every name that comes back from Slack: actions, forms, menus.

An ``action_id`` may carry a version after ":" (``role.take:scribe``), because one block may not
hold the same id twice; ``base`` takes it off, ``pattern`` matches both. A button's ``value`` is
the ticket's reference, then further words after "|": ``BW-1001|investigator``. A menu has the
action ``more``; the chosen option's value is ``action_id|value``. In modals a ``block_id`` is the
name of its field, again with an optional version after ":"; ``private_metadata`` is written like
a button's value.
"""

from __future__ import annotations

import re

MORE = "more"

# The form.
FORM_ACCOUNT = "form.account"
FORM_SIGNAL = "form.signal"
FORM_IMPACT_PLATFORM = "form.impact_platform"
FORM_IMPACT_MONEY = "form.impact_money"
FORM_IMPACT_PAYMENTS = "form.impact_payments"
FORM_CONFIRMED = "form.confirmed"
FORM_NOTICED = "form.noticed"
FORM_SEE_TEXT = "form.see_text"
FORM_GO_TO = "form.go_to"
FORM_OPEN = "form.open"
# The ticket.
TICKET_SHOW = "ticket.show"
TICKET_MISTAKE = "ticket.mistake"
TICKET_RESOLVE = "ticket.resolve"
TICKET_TIMELINE = "ticket.timeline"
TICKET_CERTIFICATE = "ticket.certificate"
CERTIFICATE_POST = "certificate.post"
PAGE_OPEN = "page.open"
# The bridge.
BRIDGE_GO = "bridge.go"
BRIDGE_JOIN = "bridge.join"
BRIDGE_ON_IT = "bridge.on_it"
BRIDGE_BRING_IN = "bridge.bring_in"
BRIDGE_INVITE = "bridge.invite"
BRIDGE_KEEP = "bridge.keep"
BRIDGE_ASK_TO_LEAVE = "bridge.ask_to_leave"
SCOPE_OPEN = "scope.open"
CALL_STARTED = "call.started"
FINDING_OPEN = "finding.open"
ISOLATED_OPEN = "isolated.open"
ISOLATED_NOT_POSSIBLE = "isolated.not_possible"
EXPOSURE_OPEN = "exposure.open"
TIER_OPEN = "tier.open"
TIER_AGREE = "tier.agree"
TIER_KEEP = "tier.keep"
NOTE_OPEN = "note.open"
WORDS_OPEN = "words.open"
CALLED_OPEN = "called.open"
ANALYSIS_OPEN = "analysis.open"
# People.
ROLE_TAKE = "role.take"
ROLE_ACCEPT = "role.accept"
ROLE_DECLINE = "role.decline"
HAND_OVER_OPEN = "hand_over.open"
POC_ACCEPT = "poc.accept"
POC_DECLINE = "poc.decline"
# Holds.
HOLD_PLACE = "hold.place"
HOLD_STOPPED = "hold.stopped"
HOLD_CLEAR = "hold.clear"
# Words for the account.
SAY_OPEN = "say.open"
SEND_ACKNOWLEDGMENT = "fixed.acknowledge"
SEND_HOLDING = "fixed.holding"
SEND_NO_CHANGE = "fixed.no_change"
SEND_LATE = "fixed.late"
UPDATE_DRAFT = "update.draft"
UPDATE_REVIEW = "update.review"
UPDATE_RELEASE = "update.release"
UPDATE_RECALL = "update.recall"
UPDATE_SUGGEST = "update.suggest"
UPDATE_USE_SUGGESTED = "update.use_suggested"
UPDATE_SEND_BACK = "update.send_back"
UPDATE_NEXT_AT = "update.next_at"
UPDATE_CORRECT = "update.correct"
UPDATE_CORRECTS = "update.corrects"
OUTREACH_DRAFT = "outreach.draft"
OUTREACH_ACCOUNTS = "outreach.accounts"
STATUS_PAGE_OPEN = "status_page.open"
STATUS_PAGE_ON = "status_page.on"
# The account's side.
SOLVED_YES = "solved.yes"
SOLVED_NO = "solved.no"
PORTAL_FOLLOW = "portal.follow"
ACCOUNT_BLOCKED = "account.blocked"
# Executives.
EXEC_SEEN = "exec.seen"
EXEC_ASK = "exec.ask"
EXEC_DECIDE = "exec.decide"
DECISION_OPEN = "decision.open"

ACTIONS = frozenset(
    value
    for name, value in list(globals().items())
    if name.isupper() and isinstance(value, str) and not name.startswith("_")
)
"""Every action a listener must exist for."""

# What a form is submitted as.
VIEW_OPEN_TICKET = "open_ticket"
VIEW_OPENED = "opened"
VIEW_OPENED_BY_MISTAKE = "opened_by_mistake"
VIEW_SEE_TEXT = "see_text"
VIEW_SCOPE = "scope"
VIEW_FINDING = "finding"
VIEW_ISOLATED = "isolated"
VIEW_NOT_POSSIBLE = "not_possible"
VIEW_EXPOSURE = "exposure"
VIEW_PLACE_HOLD = "place_hold"
VIEW_HOLD_STOPPED = "hold_stopped"
VIEW_CLEAR_HOLD = "clear_hold"
VIEW_CHANGE_TIER = "change_tier"
VIEW_HAND_OVER = "hand_over"
VIEW_BRING_IN = "bring_in"
VIEW_KEEP_PERSON = "keep_person"
VIEW_RESOLVE = "resolve"
VIEW_THEIR_WORDS = "their_words"
VIEW_NOTE = "note"
VIEW_CALLED = "called"
VIEW_ANALYSIS = "analysis"
VIEW_DRAFT_UPDATE = "draft_update"
VIEW_DRAFT_OUTREACH = "draft_outreach"
VIEW_DRAFT_STATUS_PAGE = "draft_status_page"
VIEW_DRAFT_CORRECTION = "draft_correction"
VIEW_SUGGEST_WORDS = "suggest_words"
VIEW_SEND_BACK = "send_back"
VIEW_STILL_WRONG = "still_wrong"
VIEW_SAY_LATE = "say_late"
VIEW_ASK_QUESTION = "ask_question"
VIEW_IMPACTED = "impacted"
VIEW_DECISION_REQUEST = "decision_request"

VIEWS = frozenset(value for name, value in list(globals().items()) if name.startswith("VIEW_"))
"""Every callback_id of a modal."""

LABELS: dict[str, str] = {
    BRIDGE_BRING_IN: "Bring them in now",
    BRIDGE_GO: "Go to the bridge",
    BRIDGE_INVITE: "Bring someone in",
    BRIDGE_JOIN: "Join",
    BRIDGE_ON_IT: "I am on it",
    CALL_STARTED: "Call started",
    EXPOSURE_OPEN: "Confirm exposure",
    FINDING_OPEN: "Record finding",
    HAND_OVER_OPEN: "Hand over",
    HOLD_CLEAR: "Clear hold",
    HOLD_PLACE: "Place hold",
    HOLD_STOPPED: "Confirmed stopped",
    ISOLATED_OPEN: "Isolated",
    OUTREACH_ACCOUNTS: "Add accounts",
    OUTREACH_DRAFT: "Draft outreach",
    SAY_OPEN: "What can I say?",
    SCOPE_OPEN: "Scope confirmed",
    TICKET_RESOLVE: "Resolve",
    TIER_OPEN: "Change tier",
    UPDATE_DRAFT: "Draft update",
    UPDATE_REVIEW: "Review the draft",
}
"""The words on buttons that a card chooses by its facts."""


def base(action_id: str) -> str:
    """Return an action or field without the version after ":"."""
    return action_id.partition(":")[0]


def pattern(action: str) -> re.Pattern[str]:
    """Return a pattern that matches this action in all its versions."""
    return re.compile(rf"^{re.escape(action)}(:[\w.-]+)?$")
