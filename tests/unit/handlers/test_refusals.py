"""Every refusal reaches the one who acted as a sentence; no fault reaches them as a traceback."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import protocols
from handlers.kit import refusing, replies
from handlers.kit.edge import Press, Submission, View
from handlers.kit.journey import error_code, field_at_fault, on_press
from protocols.contact.refusals import NotACsm
from protocols.holds.refusals import ClearerIsPlacer
from protocols.kernel.refusals import OldButton, Refusal
from protocols.rights.refusals import NotYours
from protocols.roles.refusals import RoleConflict
from tests.kit.errors import ErrorLines
from tests.unit.handlers.desk_in_memory import TEAM, InMemoryDesk, slack_id
from tests.unit.handlers.slack_side import Slack, words

CLASSES = sorted(Refusal.__subclasses__(), key=lambda found: found.code)
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
GIVEN = {
    "other": "BW-1002",
    "file": "directory.yaml",
    "people": "Legal One", "person": "CSM Two", "reference": "BW-1001", "poc": "CSM One",
    "manager": "CS Manager One", "status": "opened_in_error", "count": 8, "size": 8, "tier": 3,
    "minutes": 7, "seconds": 20, "duties": "cs-manager", "since_at": AT, "changed_at": AT,
    "placed_at": AT, "asked_at": AT, "role": "scribe", "holds": "investigator", "account": "acme",
    "findings": (("What we know", "A cause is named.", "cause"),), "has_refused": True,
    "attempts_wanted": 2, "attempts_found": 1, "owed": "the written analysis",
    "answer": "Stop them", "decided_at": AT, "ended_at": AT,
    "released_at": AT, "done_at": AT, "promised_at": AT, "what": "older",
    "known": "csm, legal", "at": AT, "sent_at": AT, "until_at": AT, "now": AT, "at_most": None,
    "asked": "TakeRole", "team": "Payroll", "rows": "Asked for by a colleague",
    "teams": "Channel Finance, Legal", "category": "Technical and Product",
    "cause": "Used otherwise than meant", "fields": ("done",), "flag": "complaint", "most": 20,
}  # fmt: skip


@cache
def facts_raised() -> dict[str, set[str]]:
    """Return which facts the rules give each refusal, read from where they raise it."""
    found: dict[str, set[str]] = {}
    for path in Path(str(protocols.__file__)).parent.glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = getattr(node.exc.func, "id", "")
                found.setdefault(name, set()).update(k.arg for k in node.exc.keywords if k.arg)
    return found


@pytest.mark.parametrize("refusal", CLASSES)
def test_every_refusal_has_a_sentence_even_when_the_rule_says_nothing_more(
    refusal: type[Refusal],
) -> None:
    desk = InMemoryDesk()
    ctx = desk.context(desk.actor(TEAM, slack_id("csm-one")))
    sentence = refusing.sentence(refusal(), ctx)
    assert sentence.endswith((".", ". ")) or ":" in sentence
    assert "None" not in sentence


@pytest.mark.parametrize("refusal", CLASSES)
def test_every_refusal_has_a_sentence_with_the_facts_its_rule_gives(
    refusal: type[Refusal],
) -> None:
    raised = facts_raised().get(refusal.__name__, set())
    given = {name: GIVEN[name] for name in raised}
    desk = InMemoryDesk()
    ctx = desk.context(desk.actor(TEAM, slack_id("csm-one")))
    sentence = refusing.sentence(refusal(**given), ctx)
    assert "None" not in sentence
    assert "_in_" not in sentence


def test_nobody_on_duty_is_not_named_as_a_person() -> None:
    desk = InMemoryDesk()
    ctx = desk.context(desk.actor(TEAM, slack_id("csm-one")))
    told = refusing.sentence(ClearerIsPlacer(people="nobody on duty now"), ctx)
    assert told == "Hold kept. You placed it, so someone else clears it."


def test_a_role_conflict_names_the_role_that_stands_in_the_way() -> None:
    desk = InMemoryDesk()
    ctx = desk.context(desk.actor(TEAM, slack_id("csm-one")))
    conflict = RoleConflict(person="Engineer One", role="communicator", holds="investigator")
    assert "Engineer One is the investigator" in refusing.sentence(conflict, ctx)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "1 second"), (20, "20 seconds"), (150, "2 min"), (7300, "2 h"), (200_000, "2 d")],
)
def test_an_age_is_one_figure(seconds: int, said: str) -> None:
    assert refusing.age(seconds) == said


def test_a_refused_press_is_told_beside_the_message() -> None:
    desk = InMemoryDesk()
    slack = Slack(desk)
    answer = slack.press("csm-one", "ticket.show", "BW-4711")
    assert (answer.status, answer.raw) == (200, "")
    call, given = desk.interactive.calls[-1]
    assert call == "respond"
    message = given["message"]
    assert isinstance(message, dict)
    assert message["response_type"] == "ephemeral"
    assert message["replace_original"] is False
    assert "no ticket is called BW-4711" in message["text"]


def test_an_unknown_button_is_told_to_be_old() -> None:
    desk = InMemoryDesk()
    slack = Slack(desk)
    assert slack.press("csm-one", "nonsense.gone", "BW-1").status == 200
    assert "from an earlier state" in slack.told()


def test_a_busy_desk_is_told_in_the_acknowledgment_of_a_command() -> None:
    desk = InMemoryDesk()
    desk.interactive.is_busy = True
    answer = Slack(desk).slash("csm-one", "/ticket", "Payments late")
    assert "too many people" in answer.text


def test_a_busy_desk_still_acknowledges_a_button() -> None:
    desk = InMemoryDesk()
    desk.interactive.is_busy = True
    assert Slack(desk).press("csm-one", "ticket.show", "BW-1").status == 200


@pytest.mark.expects_errors
def test_a_fault_is_told_with_a_code_that_stands_in_the_log(error_lines: ErrorLines) -> None:
    def broken(_desk: object, _press: Press) -> replies.Answer:
        raise KeyError("secret detail")

    desk = InMemoryDesk()
    slack = Slack(desk)
    listen = on_press(desk, broken)
    acknowledged: list[object] = []
    listen(lambda *given: acknowledged.append(given), {
        "type": "block_actions", "user": {"id": slack_id("csm-one")},
        "actions": [{"action_id": "x"}], "response_url": "https://hooks.slack.example/1",
    })  # fmt: skip
    assert acknowledged == [()]
    told = slack.told()
    assert "secret" not in told
    code = told.partition("(code ")[2].partition(")")[0]
    assert code.startswith("e-")
    assert any(code in line for line in error_lines.unexpected())


def test_the_same_fault_has_the_same_code_twice() -> None:
    def fault() -> str:
        try:
            raise ValueError("x")
        except ValueError as raised:
            return error_code(raised)

    assert fault() == fault()


def view(*fields: str) -> View:
    return View("V1", "1.a", "x", "V1", ("BW-1001",), {}, {name: f"{name}:1" for name in fields})


def test_an_error_stands_under_the_field_with_its_version() -> None:
    answer = replies.errors(view("account", "contact"), {"contact": "Pick a CSM."})
    assert answer == {"response_action": "errors", "errors": {"contact:1": "Pick a CSM."}}


def test_an_error_of_no_field_stands_under_the_first() -> None:
    answer = replies.errors(view("account", "contact"), {"": "No."})
    assert answer["errors"] == {"account:1": "No."}


def test_two_errors_of_one_field_are_told_together() -> None:
    answer = replies.errors(view("known"), {"known": "One.", "doing": "Two."})
    assert answer["errors"] == {"known:1": "One. Two."}


def test_a_form_without_a_field_is_replaced_by_the_sentence() -> None:
    answer = replies.errors(view(), {"": "Not done."})
    assert answer["response_action"] == "update"
    assert "Not done." in words(answer["view"])


def test_errors_have_no_markup() -> None:
    text = "*Bold* `code` <https://x.example|go> &amp; <https://y.example>"
    assert replies.plain(text) == "Bold code go & https://y.example"


def test_the_field_at_fault_is_one_that_the_form_has() -> None:
    gesture = Submission("U1", "T1", "d", view=view("account", "contact"))
    assert field_at_fault(gesture, NotACsm(person="x")) == "contact"
    assert field_at_fault(gesture, OldButton()) == ""
    assert field_at_fault(gesture, NotYours()) == ""
