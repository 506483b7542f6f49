"""Slack's side of a test: a real Bolt App, payloads in Slack's shapes, modals that keep state."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from handlers.kit.doors import Doors
from handlers.kit.ports import Desks
from handlers.slack.subjects import DOORS, register_all
from tests.unit.handlers.desk_in_memory import TEAM, RecordedInteractive, slack_id

Json = dict[str, Any]


@dataclass
class Answer:
    """What Slack got back."""

    status: int
    raw: str

    @property
    def body(self) -> Json:
        parsed: Json = json.loads(self.raw) if self.raw.startswith("{") else {"text": self.raw}
        return parsed

    @property
    def errors(self) -> Json:
        told: Json = self.body.get("errors", {})
        return told

    @property
    def text(self) -> str:
        """Return everything that is written in it, as one text."""
        return words(self.body)


def words(shown: object) -> str:
    """Return every text of a message or view, as one text."""
    if isinstance(shown, dict):
        own = [shown["text"]] if isinstance(shown.get("text"), str) else []
        return "\n".join([*own, *(words(v) for v in shown.values() if not isinstance(v, str))])
    if isinstance(shown, list):
        return "\n".join(words(each) for each in shown)
    return ""


def below(form: Modal, name: str) -> str:
    """Return what a form says between a field and the next one, as one text."""
    blocks = form.view["blocks"]
    at = next(i for i, b in enumerate(blocks) if b.get("block_id", "").partition(":")[0] == name)
    said = itertools.takewhile(lambda block: block["type"] != "input", blocks[at + 1 :])
    return words(list(said))


def in_utc(shown: str) -> str:
    """Return words as whoever cannot show local times reads them: each time in UTC, without day."""
    return re.sub(r"<!date\^[^|]*\|(?:\d+ \w+ \d{4} )?([^>]*)>", r"\1", shown)


@dataclass
class Modal:
    """A modal on somebody's screen: state belongs to block and action, as Slack keeps it."""

    view: Json
    id: str = "V1"
    hash: str = "1.a"
    state: dict[tuple[str, str], Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.show(self.view)

    def show(self, view: Json) -> None:
        """Show another version: what stands under the same ids stays, the rest is preset."""
        self.view = view
        kept = self.state
        self.state = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                key = (block["block_id"], element["action_id"])
                self.state[key] = kept.get(key) or _preset(element)

    def fill(self, name: str, value: object) -> None:
        """Write or pick in a field, named without its version."""
        for (block, action), element in self.state.items():
            if block.partition(":")[0] == name:
                self.state[block, action] = _value(element["type"], value)
                return
        raise AssertionError(f"the form has no field {name}")

    def block(self, name: str) -> str:
        """Return a field's block_id."""
        return next(b for b, _ in self.state if b.partition(":")[0] == name)

    def stands(self, name: str) -> object:
        """Return what stands in a field."""
        for (block, _), element in self.state.items():
            if block.partition(":")[0] == name:
                return _read(element)
        raise AssertionError(f"the form has no field {name}")

    def action(self, name: str) -> tuple[str, str, Json]:
        """Return a field's block, action and state."""
        for (block, action), element in self.state.items():
            if block.partition(":")[0] == name:
                return block, action, element
        raise AssertionError(f"the form has no field {name}")

    @property
    def payload(self) -> Json:
        values: Json = {}
        for (block, action), element in self.state.items():
            values.setdefault(block, {})[action] = element
        return {
            **self.view,
            "id": self.id,
            "hash": self.hash,
            "root_view_id": self.id,
            "private_metadata": self.view.get("private_metadata", ""),
            "state": {"values": values},
        }


_EMPTY: dict[str, Json] = {
    "plain_text_input": {"value": None},
    "checkboxes": {"selected_options": []},
    "users_select": {"selected_user": None},
    "datetimepicker": {"selected_date_time": None},
}


def _preset(element: Json) -> Json:
    kind = element["type"]
    state = {"type": kind, **_EMPTY.get(kind, {"selected_option": None})}
    for name, value in element.items():
        if name == "initial_value":
            state["value"] = value
        elif name in ("initial_option", "initial_options", "initial_user", "initial_date_time"):
            state[name.replace("initial", "selected")] = value
    return state


def _value(kind: str, value: object) -> Json:
    if kind == "plain_text_input":
        return {"type": kind, "value": value}
    if kind == "checkboxes":
        assert isinstance(value, (list, tuple))
        return {"type": kind, "selected_options": [{"value": each} for each in value]}
    if kind == "users_select":
        return {"type": kind, "selected_user": value}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": value}
    return {"type": kind, "selected_option": {"value": value} if value else None}


def _read(element: Json) -> object:
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"]]
    if "selected_option" in element:
        return (element["selected_option"] or {}).get("value")
    return element.get("value", element.get("selected_user", element.get("selected_date_time")))


class RecordingDesks(Desks, Protocol):
    """Desks whose answers to gestures are kept."""

    @property
    def interactive(self) -> RecordedInteractive:
        """The answers."""


class Slack:
    """Sends gestures of people to the App and hands back what it answered."""

    def __init__(self, desk: RecordingDesks, doors: Doors = DOORS) -> None:
        self.desk = desk
        self.app = App(
            name="bridgewatch",  # or Bolt reads the source of every frame to find one
            signing_secret="secret",
            process_before_response=True,
            authorize=lambda **_: AuthorizeResult(
                enterprise_id=None,
                team_id=TEAM,
                bot_token="xoxb-1",
                bot_id="B1",
                bot_user_id="UBOT",
            ),
        )
        register_all(self.app, desk, doors)
        self._count = 0

    def trigger(self) -> str:
        self._count += 1
        return f"{self._count}.1.abc"

    def send(self, body: Json, *, tries: int = 0) -> Answer:
        """Send a payload as Socket Mode does; ``tries`` is how often it was sent before."""
        headers: dict[str, str | Sequence[str]] = {"x-slack-retry-num": str(tries)} if tries else {}
        request = BoltRequest(body=body, mode="socket_mode", headers=headers)
        answer: BoltResponse = self.app.dispatch(request)
        return Answer(answer.status, answer.body or "")

    def _base(self, person: str, team: str) -> Json:
        user = person if person.startswith("U0") else slack_id(person)
        return {
            "team": {"id": TEAM, "domain": "vendor"},
            "user": {"id": user, "username": person, "team_id": team},
            "api_app_id": "A1",
            "trigger_id": self.trigger(),
            "is_enterprise_install": False,
            "enterprise": None,
        }

    def slash(
        self,
        person: str,
        command: str,
        text: str = "",
        *,
        channel: str = "C0GENERAL1",
        team: str = TEAM,
        trigger: str = "",
    ) -> Answer:
        user = person if person.startswith("U0") else slack_id(person)
        return self.send(
            {
                "command": command,
                "text": text,
                "user_id": user,
                "team_id": team,
                "channel_id": channel,
                "trigger_id": trigger or self.trigger(),
                "response_url": "https://hooks.slack.example/commands/1",
                "is_enterprise_install": "false",
            }
        )

    def press(
        self,
        person: str,
        action: str,
        value: str = "",
        *,
        channel: str = "C0GENERAL1",
        ts: str = "1795446130.000100",
        team: str = TEAM,
        trigger: str = "",
        **extra: object,
    ) -> Answer:
        """Press a button of a message."""
        body = self._base(person, team) | {
            "type": "block_actions",
            "container": {"type": "message", "message_ts": ts, "channel_id": channel},
            "channel": {"id": channel, "name": "x"},
            "message": {"ts": ts, "type": "message", "text": "", "blocks": []},
            "response_url": "https://hooks.slack.example/actions/1",
            "actions": [
                {
                    "type": "button",
                    "action_id": action,
                    "block_id": "b",
                    "value": value,
                    "action_ts": "1795446131.1",
                    **extra,
                }
            ],
        }
        if trigger:
            body["trigger_id"] = trigger
        return self.send(body)

    def pick(self, person: str, entry: str, **given: Any) -> Answer:
        """Choose an entry of an overflow menu: ``entry`` is the option's value."""
        option = {"text": {"type": "plain_text", "text": "x"}, "value": entry}
        return self.press(person, "more", "", type="overflow", selected_option=option, **given)

    def press_in(self, person: str, modal: Modal, action: str, value: str = "") -> Answer:
        """Press a button that stands in a modal, and show the modal that comes back."""
        before = len(self.desk.interactive.calls)
        answer = self._in_view(
            person, modal, {"type": "button", "action_id": action, "block_id": "x", "value": value}
        )
        self._show_again(modal, before)
        return answer

    def change(self, person: str, modal: Modal, name: str, value: object) -> Answer:
        """Change a live field, as Slack tells it, and show the modal that comes back."""
        modal.fill(name, value)
        block, action, element = modal.action(name)
        before = len(self.desk.interactive.calls)
        answer = self._in_view(
            person, modal, {**element, "action_id": action, "block_id": block, "action_ts": "1.1"}
        )
        self._show_again(modal, before)
        return answer

    def _show_again(self, modal: Modal, before: int) -> None:
        for call, given in self.desk.interactive.calls[before:]:
            if call == "update":
                modal.show(dict(given["view"]))  # type: ignore[call-overload]

    def _in_view(self, person: str, modal: Modal, action: Json) -> Answer:
        body = self._base(person, TEAM) | {
            "type": "block_actions",
            "container": {"type": "view", "view_id": modal.id},
            "view": modal.payload,
            "actions": [action],
        }
        return self.send(body)

    def submit(self, person: str, modal: Modal, *, team: str = TEAM) -> Answer:
        """Press a modal's submit button."""
        body = self._base(person, team) | {
            "type": "view_submission",
            "view": modal.payload,
            "response_urls": [],
        }
        answer = self.send(body)
        if answer.raw.startswith("{") and answer.body.get("response_action") == "update":
            view = answer.body["view"]
            if view.get("callback_id") == modal.view["callback_id"]:
                modal.show(view)
        return answer

    def shortcut(self, person: str, callback_id: str, *, team: str = TEAM) -> Answer:
        body = self._base(person, team) | {"type": "shortcut", "callback_id": callback_id}
        return self.send(body | {"action_ts": "1.1"})

    def message_shortcut(
        self,
        person: str,
        callback_id: str,
        *,
        channel: str,
        text: str,
        author: str,
        author_team: str = TEAM,
        ts: str = "1795446120.000300",
        thread: str = "",
    ) -> Answer:
        user = author if author.startswith("U0") else slack_id(author)
        message = {"type": "message", "text": text, "user": user, "ts": ts, "team": author_team}
        message |= {"thread_ts": thread} if thread else {}
        body = self._base(person, TEAM) | {
            "type": "message_action",
            "callback_id": callback_id,
            "channel": {"id": channel, "name": "x"},
            "message_ts": ts,
            "message": message,
            "response_url": "https://hooks.slack.example/app/1",
        }
        return self.send(body)

    def suggest(self, person: str, action: str, typed: str, *, team: str = TEAM) -> Answer:
        body = self._base(person, team) | {
            "type": "block_suggestion",
            "action_id": action,
            "block_id": "account",
            "value": typed,
            "container": {"type": "view", "view_id": "V1"},
        }
        return self.send(body)

    def event(self, fields: Json, *, event_id: str = "", tries: int = 0) -> Answer:
        self._count += 1
        return self.send(
            tries=tries,
            body={
                "type": "event_callback",
                "team_id": TEAM,
                "api_app_id": "A1",
                "event": fields,
                "event_id": event_id or f"Ev{self._count}",
                "event_time": 1795446120,
            },
        )

    def told(self) -> str:
        """Return the words of the newest answer that was sent beside an acknowledgment."""
        _, given = self.desk.interactive.calls[-1]
        return words(given.get("message") or given.get("view"))

    def shown(self) -> Modal:
        """Return the modal that was opened or pushed last."""
        views = [given["view"] for _, given in self.desk.interactive.calls if "view" in given]
        assert views, "no modal was opened"
        return Modal(dict(views[-1]))  # type: ignore[call-overload]
