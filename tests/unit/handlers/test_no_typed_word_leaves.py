"""No word that one of us types leaves the house without a release, whichever form it stood in.

A word of its own is typed into every field of every form, and after every verb; then everything
is sent that leaves without a second person, and days pass. Source: D15, D22.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from handlers.registry import table
from protocols import commands as cmd
from protocols.people import Who
from protocols.refusals import Refusal
from protocols.rules.approval import hash_of
from protocols.scales import Tier
from protocols.slices import Updates
from protocols.ticket import HoldKind, Status
from templates import actions
from tests.kit.tickets import with_fields
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, ACMES_TEAM, slack_id
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import Answer, Modal
from tests.unit.handlers.telling_desk import TellingDesk

WORD = "quillfeather"
State = Callable[[Incident], None]


def telling(incident: Incident) -> TellingDesk:
    assert isinstance(incident.desk, TellingDesk)
    return incident.desk


def opened() -> Incident:
    """Return a staffed Tier 3 with an update that was released and taken."""
    incident = Incident(TellingDesk())
    incident.staff()
    incident.draft()
    release(incident)
    incident.later(1)
    return incident


def release(incident: Incident) -> None:
    draft = incident.ticket.of(Updates).drafts[-1]
    incident.ask("cs-manager-one", cmd.ReleaseText(REF, draft.number, hash_of(draft)))
    telling(incident).taken()


def as_it_is(_incident: Incident) -> None:
    """Leave it open."""


def resolved(incident: Incident) -> None:
    incident.ask("csm-one", cmd.Resolve(REF, "The copies were returned.", "See your statement."))
    release(incident)


def held(incident: Incident) -> None:
    incident.ask("csm-one", cmd.PlaceHold(REF, HoldKind.TRANSACTION, "copies settle"))


def crowded(incident: Incident) -> None:
    incident.ask("csm-one", cmd.NoteJoined(REF, incident.who("finance-one")))


def in_review(incident: Incident) -> None:
    incident.draft(known="37 copies have settled.")


def systemic(incident: Incident) -> None:
    incident.ask("csm-one", cmd.ChangeTier(REF, Tier.SYSTEMIC, "in nine accounts"))


@dataclass(frozen=True)
class Form:
    """How a form is opened and what stands in its fields that take no words."""

    opens: Callable[[Incident], Modal]
    by: str = "csm-one"
    state: State = as_it_is
    given: Mapping[str, object] = field(default_factory=dict)
    team: str = ""


def pressed(by: str, action: str, *more: str) -> Callable[[Incident], Modal]:
    return lambda incident: incident.form(by, action, *more)


def typed(text: str) -> Callable[[Incident], Modal]:
    def open_form(incident: Incident) -> Modal:
        incident.slack.slash("csm-one", "/ticket", text, channel="C0OTHER")
        return incident.own(incident.slack.shown())

    return open_form


def not_possible(incident: Incident) -> Modal:
    below = incident.form("engineer-one", "isolated.open")
    incident.slack.press_in("engineer-one", below, "isolated.not_possible", REF)
    return incident.own(incident.slack.shown())


def theirs(incident: Incident) -> Modal:
    incident.slack.press("U0THEIRS", "solved.no", REF, channel=ACME_CHANNEL, team=ACMES_TEAM)
    return incident.own(incident.slack.shown())


DUE = 1795449600
PERSON = {"person": slack_id("security-one")}
PHONE = {"contact": "other"}
FORMS: dict[str, list[Form]] = {
    actions.VIEW_OPEN_TICKET: [
        Form(
            typed("Payments sent twice"),
            given={
                "account": "birch",
                "impact_money": ["funds_moved_wrongly"],
                "noticed": "account",
            },
        ),
        Form(typed("Payments sent twice"), given={"account": "birch"}),
    ],
    actions.VIEW_OPENED_BY_MISTAKE: [
        Form(pressed("cs-manager-one", "ticket.mistake"), "cs-manager-one", given={"kind": kind})
        for kind in ("wrong_account", "not_a_problem")
    ],
    actions.VIEW_SCOPE: [Form(pressed("csm-one", "scope.open"))],
    actions.VIEW_FINDING: [
        Form(
            pressed("engineer-one", "finding.open"),
            "engineer-one",
            given={"accounts_count": "1", "records_count": "412"},
        )
    ],
    actions.VIEW_ISOLATED: [Form(pressed("engineer-one", "isolated.open"), "engineer-one")],
    actions.VIEW_NOT_POSSIBLE: [Form(not_possible, "engineer-one")],
    actions.VIEW_EXPOSURE: [Form(pressed("csm-one", "exposure.open"))],
    actions.VIEW_PLACE_HOLD: [
        Form(pressed("csm-one", "hold.place"), given={"kind": kind})
        for kind in ("transaction", "disclosure", "retention")
    ],
    actions.VIEW_HOLD_STOPPED: [Form(pressed("csm-one", "hold.stopped", "1"), state=held)],
    actions.VIEW_CLEAR_HOLD: [
        Form(pressed("finance-one", "hold.clear", "1"), "finance-one", state=held)
    ],
    actions.VIEW_CHANGE_TIER: [
        Form(
            pressed("csm-one", "tier.open"),
            given={"tier": "4", "impacts": ["platform_failing"]},
        )
    ],
    actions.VIEW_HAND_OVER: [
        Form(
            pressed("csm-two", "hand_over.open", "communicator"),
            "csm-two",
            given={"person": slack_id("csm-one")},
        ),
        Form(
            pressed("csm-one", "hand_over.open"),
            given={"role": "contact", "person": slack_id("csm-two")},
        ),
    ],
    actions.VIEW_BRING_IN: [Form(pressed("csm-one", "bridge.invite"), given=PERSON)],
    actions.VIEW_KEEP_PERSON: [
        Form(pressed("cs-manager-one", "bridge.keep", "finance-one"), "cs-manager-one", crowded)
    ],
    actions.VIEW_RESOLVE: [Form(pressed("csm-one", "ticket.resolve"))],
    actions.VIEW_THEIR_WORDS: [
        Form(pressed("csm-one", "words.open"), given=PHONE),
        *(
            Form(pressed("csm-one", "words.open"), state=resolved, given={**PHONE, "solved": said})
            for said in ("yes", "no", "not_asked")
        ),
    ],
    actions.VIEW_NOTE: [Form(pressed("csm-one", "note.open"))],
    actions.VIEW_CALLED: [Form(pressed("csm-one", "called.open"))],
    actions.VIEW_ANALYSIS: [Form(pressed("csm-one", "analysis.open"), state=resolved)],
    actions.VIEW_DRAFT_UPDATE: [Form(pressed("csm-two", "update.draft"), "csm-two")],
    actions.VIEW_DRAFT_OUTREACH: [
        Form(pressed("csm-one", "outreach.draft"), state=systemic, given={"since_at": DUE - 9999})
    ],
    actions.VIEW_DRAFT_STATUS_PAGE: [
        Form(pressed("csm-one", "status_page.open"), state=systemic),
    ],
    actions.VIEW_DRAFT_CORRECTION: [Form(pressed("csm-two", "update.correct"), "csm-two")],
    actions.VIEW_SUGGEST_WORDS: [
        Form(pressed("csm-one", "update.suggest", "2"), state=in_review),
    ],
    actions.VIEW_SEND_BACK: [
        Form(pressed("csm-one", "update.send_back", "2"), state=in_review),
    ],
    actions.VIEW_SAY_LATE: [
        Form(pressed("csm-one", "fixed.late"), state=lambda incident: incident.later(46))
    ],
    actions.VIEW_STILL_WRONG: [Form(theirs, "U0THEIRS", state=resolved, team=ACMES_TEAM)],
    actions.VIEW_ASK_QUESTION: [Form(pressed("sponsor-one", "exec.ask"), "sponsor-one")],
    actions.VIEW_IMPACTED: [
        Form(pressed("csm-one", "outreach.accounts"), given={"accounts": "birch"})
    ],
    actions.VIEW_DECISION_REQUEST: [
        Form(pressed("cs-manager-one", "decision.open"), "cs-manager-one", given={"due_at": DUE})
    ],
}
WORDLESS = {actions.VIEW_SAY_LATE, actions.VIEW_IMPACTED}
"""Forms in which no words are typed: one asks, the other takes keys of accounts."""
LINES = {"answers": f"{WORD}one\n{WORD}two"}
"""Fields that are read line by line."""


def fill(modal: Modal, given: Mapping[str, object]) -> int:
    """Type a word of its own into every field, and choose where there is a choice."""
    count = 0
    for block in modal.view["blocks"]:
        if block["type"] != "input":
            continue
        name, element = block["block_id"].partition(":")[0], block["element"]
        if name in given:
            modal.fill(name, given[name])
        elif element["type"] == "plain_text_input":
            count += 1
            modal.fill(name, LINES.get(name, f"{WORD}{count}"))
        elif element["type"] in ("radio_buttons", "static_select") and not modal.stands(name):
            modal.fill(name, element["options"][0]["value"])
    return count


def everything_leaves(incident: Incident, reference: str = REF) -> None:
    """Send all that leaves without a second person, and let days pass."""
    desk = telling(incident)
    desk.taken()
    for name in ("acknowledgment", "holding", "no_change"):
        with suppress(Refusal):
            incident.ask("csm-one", cmd.SendFixed(reference, name))
    desk.pass_time(reference, timedelta(hours=3))
    ticket = desk.tickets[reference]
    if ticket.status is Status.OPEN and not ticket.of(Updates).waiting_drafts():
        with suppress(Refusal):
            incident.ask("csm-one", cmd.Resolve(reference, "It was returned.", "Look."))
            release(incident)
    desk.pass_time(reference, timedelta(days=8))
    for solved in (False, True):
        with suppress(Refusal):
            words = cmd.RecordAnswer(reference, f"{WORD}who", f"{WORD}when", f"{WORD}said", solved)
            incident.ask("csm-one", words)
    desk.pass_time(reference, timedelta(days=8))


def stay_inside(incident: Incident) -> None:
    heard = telling(incident).outward()
    assert heard
    assert not [words for words in heard if WORD in words]


def test_every_form_is_filled_here() -> None:
    assert set(table("SUBMISSIONS")) == set(FORMS), "how is the new form opened and filled?"


CASES = [(view, at) for view, forms in FORMS.items() for at in range(len(forms))]


@pytest.mark.parametrize(("view", "at"), CASES)
def test_no_word_typed_into_a_form_leaves_unreleased(view: str, at: int) -> None:
    form, incident = FORMS[view][at], opened()
    form.state(incident)
    modal = form.opens(incident)
    assert modal.view["callback_id"] == view
    takes_words = fill(modal, form.given)
    assert takes_words or view in WORDLESS
    before = len(incident.desk.commands)
    answer = submitted(incident, form, modal)
    assert len(incident.desk.commands) > before or "asked_reason" in answer.raw, answer.raw
    everything_leaves(incident, max(incident.desk.tickets))
    stay_inside(incident)


def submitted(incident: Incident, form: Form, modal: Modal) -> Answer:
    """Submit a form, twice where it says first what has changed meanwhile."""
    team = {"team": form.team} if form.team else {}
    answer = incident.slack.submit(form.by, modal, **team)
    if "Something changed while you wrote" in answer.raw:
        fill(modal, form.given)
        answer = incident.slack.submit(form.by, modal, **team)
    return answer


def test_the_same_words_arrive_once_they_are_released() -> None:
    incident = opened()
    modal = incident.form("csm-two", "update.draft")
    fill(modal, {})
    incident.send("csm-two", modal)
    release(incident)
    assert [words for words in telling(incident).outward() if WORD in words]


VERBS = [("/ticket", verb) for verb in table("TICKET_VERBS")] + [
    ("/bridge", verb) for verb in table("BRIDGE_VERBS")
]
RESTS = (f"{WORD} words", f"4 {WORD}", f"2 {WORD}", f"scribe <@{slack_id('support-one')}> {WORD}")


@pytest.mark.parametrize(("command", "verb"), VERBS)
@pytest.mark.parametrize("state", [as_it_is, held, resolved], ids=lambda state: state.__name__)
def test_no_word_typed_after_a_verb_leaves(command: str, verb: str, state: State) -> None:
    incident = opened()
    state(incident)
    for person in ("csm-one", "cs-manager-one"):
        for rest in RESTS:
            for text in (f"{verb} {REF} {rest}", f"{verb} {rest}"):
                incident.slack.slash(person, command, text, channel="C0BRIDGE01")
    everything_leaves(incident)
    stay_inside(incident)


@pytest.mark.parametrize("shortcut", table("MESSAGE_SHORTCUTS"))
def test_no_word_of_a_message_leaves(shortcut: str) -> None:
    incident = opened()
    for author in ("csm-one", "csm-two"):
        incident.slack.message_shortcut(
            "csm-one", shortcut, channel="C0BRIDGE01", text=f"{WORD} seen", author=author
        )
    everything_leaves(incident)
    stay_inside(incident)


def test_no_name_that_people_gave_themselves_leaves() -> None:
    incident = opened()
    stranger = Who("U0MEMBER1", f"{WORD} Support")
    incident.ask("csm-one", cmd.OfferPoc(REF, Who("csm-two", f"{WORD} CSM")))
    incident.ask("csm-two", cmd.AnswerPoc(REF, True))
    incident.desk.tickets[REF] = with_fields(incident.ticket, poc=stranger)
    everything_leaves(incident)
    stay_inside(incident)
    assert "Bridgewatch Payments support" in "".join(telling(incident).outward())
