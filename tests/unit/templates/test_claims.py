"""A sentence that claims an act is marked, or stands on a list that says why it may. Source: D41.

The mark is ``{% claim fact %}``: the words in it stand only while the fact is on record. What is
not marked and has a verb of acting in it was read by somebody, who says why it is true wherever it
appears; new words are marked, or read and added here.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
import yaml

import templates
from templates.kit.environment import environment

ROOT = Path(templates.__file__).parent
ACTS = re.compile(
    r"\b(?:(?:is|are|was|were|been|being) (?:\w+ )?"
    r"(?:told|asked|sent|called|invited|paged|posted|notified|acknowledged|archived)"
    r"|(?:has|have) (?:told|asked|called|sent|escalated|invited|paged|posted)"
    r"|goes (?:now|out|on|to)|go (?:now|by mail)|waits?|[Aa]sked (?:now|at once|again)|[Tt]old:"
    r"|leads it|now leads|reads it|hears that|comes here|answers you here|waits until)\b"
)
"""Verbs of telling, asking, sending, calling, inviting, posting, waiting."""
MARKED = re.compile(r"{%-? *claim\b.*?(?:{%-? *else *-?%}|{%-? *endclaim *-?%})", re.DOTALL)
BY_IT = "the surface exists only by the event that is this act, or is sent to the one it names"
READER = "says what is asked of its reader, by being sent to them"
STATE = "reads the record: it stands only in the branch of the state that it names"
RULE = "says what a rule does next, which the same press or due point decides"
DENIES = "says that something was not done"
NO_ACT = "no act of ours: the word means something else here"
ANOTHER = "of a subject that is built anew"
READ = {
    "flags/internal/flag_proposed": RULE,
    "flags/refusals:flag_stays": STATE,
    "problems/internal/cause_ask": RULE,
    "problems/internal/problem_here": STATE,
    "triage/internal/triage_taken": STATE,
    "triage/internal/triage_goes_on": BY_IT,
    "triage/internal/triage_waits": RULE,
    "nudges/internal/nudge": RULE,
    "nudges/parts/settled": RULE,
    "second_reviews/parts/reviews": STATE,
    "second_reviews/internal/second_review_ask": STATE,
    "second_reviews/lines:done_review_asked": RULE,
    "second_reviews/lines:done_review_dropped": BY_IT,
    "second_reviews/refusals:second_review_open": DENIES,
    "second_reviews/refusals:second_review_over": DENIES,
    "queue/internal/home": DENIES,
    "queue/views/ask_many": RULE,
    "queue/views/close_many": RULE,
    "queue/lines:follow_up_none": DENIES,
    "queue/lines:done_asked_again": BY_IT,
    "checklist/views/checklist": RULE,
    "closure/refusals:not_silent": DENIES,
    "closure/refusals:only_a_call": DENIES,
    "closure/refusals:asked_today": DENIES,
    "closure/refusals:asleep_now": DENIES,
    "problems/refusals:nothing_to_answer": DENIES,
    "following/internal/followed": DENIES,
    "holds/views/place_hold": RULE,
    "holds/lines:done_hold": RULE,
    "routing/views/change_ticket": DENIES,
    "routing/lines:done_changed": DENIES,
    "classification/internal/classify": STATE,
    "outreach/parts/recall": RULE,
    "notices/internal/notice_reply": STATE,
    "outreach/lines:error_unknown_account": NO_ACT,
    "withdrawals/lines:done_notice_recalled": RULE,
    "account/internal/road_lost": RULE,
    "bridge/internal/bridge_shared": RULE,
    "bridge/internal/bridge_unshared": BY_IT,
    "bridge/lines:done_asked_to_leave": BY_IT,
    "bridge/lines:done_go_on": BY_IT,
    "bridge/lines:done_invited": BY_IT,
    "bridge/refusals:channel_shared": RULE,
    "bridge/refusals:shared_still": DENIES,
    "closure/customer/confirmed": BY_IT,
    "closure/customer/reopened": DENIES,
    "closure/internal/prompt_ask_again": STATE,
    "closure/internal/reopened_inside": DENIES,
    "closure/internal/untold": DENIES,
    "closure/lines:done_mistake": STATE,
    "closure/lines:done_resolved": STATE,
    "closure/lines:error_a_mistake_too": NO_ACT,
    "closure/lines:thanks_not_solved": BY_IT,
    "closure/views/opened_by_mistake": RULE,
    "closure/views/resolve": ANOTHER,
    "contact/lines:done_handed_over": BY_IT,
    "decisions/executive/decision": BY_IT,
    "decisions/lines:done_decision_asked": BY_IT,
    "decisions/refusals:no_executive": DENIES,
    "decisions/refusals:tier_too_low": RULE,
    "deliveries/internal/addresses_missed": RULE,
    "deliveries/internal/undelivered": STATE,
    "losses/internal/bridge_lost": RULE,
    "losses/internal/card_gone": BY_IT,
    "triage/internal/triage_anew": BY_IT,
    "losses/internal/person_gone": STATE,
    "losses/lines:done_anew": BY_IT,
    "notices/internal/notice_missed": RULE,
    "desk/internal/duty_swapped": BY_IT,
    "directory/internal/no_account_named": NO_ACT,
    "directory/internal/people_missing": READER,
    "desk/lines:help_bridge": NO_ACT,
    "desk/lines:help_oncall": RULE,
    "desk/lines:no_such_account": NO_ACT,
    "desk/lines:oncall_away": RULE,
    "desk/lines:oncall_back": RULE,
    "desk/lines:oncall_swapped": BY_IT,
    "desk/refusals:not_away": RULE,
    "desk/refusals:person_away": DENIES,
    "desk/refusals:person_unknown": DENIES,
    "engineering/internal/engineer_ask": RULE,
    "engineering/internal/engineer_asked": BY_IT,
    "engineering/lines:done_engineering_declined": STATE,
    "executives/executive/question_answered": BY_IT,
    "executives/internal/no_executive_told": DENIES,
    "executives/internal/question_ask": BY_IT,
    "executives/internal/question_line": BY_IT,
    "executives/lines:done_answered": BY_IT,
    "executives/views/answer_question": RULE,
    "executives/views/ask_question": RULE,
    "fixed_texts/customer/escalated_customer": BY_IT,
    "fixed_texts/internal/prompt_call": RULE,
    "fixed_texts/lines:done_fixed": BY_IT,
    "fixed_texts/lines:done_late": BY_IT,
    "fixed_texts/refusals:late_said": STATE,
    "fixed_texts/refusals:too_early": RULE,
    "helpers/internal/heads_up": RULE,
    "helpers/internal/lead_asked_again": BY_IT,
    "helpers/lines:done_brought_in": DENIES,
    "holds/internal/stop_ask": RULE,
    "holds/internal/stop_settled": DENIES,
    "holds/internal/stop_unanswered": BY_IT,
    "holds/parts/holds": STATE,
    "investigation/lines:done_exposure": STATE,
    "investigation/views/exposure": DENIES,
    "kit/lines:busy": DENIES,
    "kit/lines:went_wrong": DENIES,
    "kit/refusals:unknown_ticket": NO_ACT,
    "ladder/internal/late_line": STATE,
    "ladder/internal/late_manager": STATE,
    "naming/views/set_account": RULE,
    "opening/lines:done_opened": NO_ACT,
    "opening/lines:error_not_saved": DENIES,
    "opening/parts/opened": DENIES,
    "opening/views/open_ticket": RULE,
    "opening/views/opening": NO_ACT,
    "opening/views/see_text": DENIES,
    "replies/internal/answered_after": RULE,
    "replies/internal/reply_to_read": STATE,
    "replies/views/their_words": NO_ACT,
    "rights/refusals:not_asked": STATE,
    "rights/refusals:not_met_yet": BY_IT,
    "rights/refusals:outside": RULE,
    "roles/internal/role_ask": RULE,
    "roles/internal/role_unanswered": BY_IT,
    "roles/lines:page_role": READER,
    "answers/lines:done_answer_sent": STATE,
    "updates/lines:done_update_sent": STATE,
    "answers/refusals:words_of_a_bridge": DENIES,
    "details/lines:done_details_asked": STATE,
    "escalation/internal/escalation": STATE,
    "escalation/customer/escalated_desk": STATE,
    "fixed_texts/customer/ack_customer_routine": STATE,
    "fixed_texts/partner/ack_partner": STATE,
    "fixed_texts/partner/escalated_partner": STATE,
    "escalation/views/escalate": RULE,
    "ticket/internal/show": STATE,
    "triage/internal/triage": STATE,
    "escalation/lines:done_escalated": BY_IT,
    "escalation/internal/escalation_untaken": STATE,
    "escalation/internal/escalation_reason": STATE,
    "clock/internal/why": STATE,
    "replies/internal/words_altered": STATE,
    "targets/parts/steps": STATE,
    "targets/internal/business_blocked": STATE,
    "escalation/internal/escalation_late": STATE,
    "details/refusals:nothing_asked": DENIES,
    "details/refusals:questions": DENIES,
    "details/customer/details_asked": RULE,
    "details/customer/details_reminder": RULE,
    "details/internal/details_back": STATE,
    "details/internal/details_call": STATE,
    "targets/lines:done_acknowledged": STATE,
    "targets/lines:thanks_blocked": BY_IT,
    "targets/customer/blocked_asked": BY_IT,
    "updates/internal/stopped_release": RULE,
    "ticket/executive/brief_t3": STATE,
    "ticket/executive/brief_t4": STATE,
    "ticket/internal/card": STATE,
    "ticket/internal/card_in_error": STATE,
    "ticket/internal/card_resolved": ANOTHER,
    "ticket/internal/card_tier4": STATE,
    "tiers/internal/lowering_ask": BY_IT,
    "tiers/lines:error_tier_without_criterion": RULE,
    "tiers/refusals:lowering_waits": STATE,
    "updates/internal/over_line": STATE,
    "updates/internal/overdue_update": BY_IT,
    "updates/internal/prompt_review": STATE,
    "updates/internal/prompt_update": STATE,
    "updates/internal/review": STATE,
    "updates/lines:done_released": BY_IT,
    "updates/refusals:legal_release": RULE,
    "updates/refusals:nothing_to_correct": NO_ACT,
    "withdrawals/internal/withdrawn_line": DENIES,
}
"""Where unmarked words of acting stand, and why they are true wherever they appear."""


def sources() -> dict[str, str]:
    """Return every template by its place: files, and each short text of a file of them."""
    found = {
        path.relative_to(ROOT).with_suffix("").as_posix(): path.read_text("utf-8")
        for path in ROOT.rglob("*.j2")
    }
    for path in ROOT.glob("*/lines.yaml"):
        for group in yaml.safe_load(path.read_text("utf-8")).values():
            found |= {f"{path.parent.name}/lines:{name}": text for name, text in group.items()}
    for path in ROOT.glob("*/refusals.yaml"):
        for code, entry in yaml.safe_load(path.read_text("utf-8")).items():
            found[f"{path.parent.name}/refusals:{code}"] = entry["sentence"]
    return found


def unmarked(source: str) -> str:
    """Return a template without its comments and without what stands under a claim."""
    left = re.sub(r"{#.*?#}", "", source, flags=re.DOTALL)
    while MARKED.search(left):
        left = MARKED.sub(" ", left)
    return left


def test_unmarked_words_of_acting_were_read_by_somebody() -> None:
    found = {place: ACTS.findall(unmarked(source)) for place, source in sources().items()}
    new = {place: words for place, words in found.items() if words and place not in READ}
    assert not new, "mark it with {% claim fact %}, or read it and say why it is true"


def test_nothing_stays_on_the_list_that_claims_nothing_any_more() -> None:
    known = sources()
    assert [place for place in READ if not ACTS.search(unmarked(known.get(place, "")))] == []


@pytest.mark.parametrize(
    "words",
    [
        "The team is being called now.",
        "It goes out now.",
        "Legal is asked at once.",
        "This waits until you answer.",
        "The CS manager leads it from now on.",
        "The answer comes here.",
        "Compliance has been told.",
    ],
)
def test_words_that_were_false_once_are_found(words: str) -> None:
    assert ACTS.search(words)


def test_a_claim_stands_while_its_fact_is_on_record() -> None:
    made = environment(outward=True, tight=False).from_string(
        "{% claim at %}told{% else %}not told yet{% endclaim %}"
    )
    assert made.render(at="14:02") == "told"
    assert made.render(at=None) == "not told yet"


@pytest.mark.expects_errors
def test_a_claim_without_its_fact_is_left_out_and_is_an_error_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = environment(outward=True, tight=False).from_string("{% claim at %}told{% endclaim %}.")
    with caplog.at_level(logging.ERROR):
        assert made.render(at=None) == "."
    assert "claims an act that is not on record" in caplog.text
