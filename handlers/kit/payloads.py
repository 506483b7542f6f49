"""The reading of Slack's payloads into the values of ``edge``.

Whatever a payload lacks is an empty string, never an exception: Slack leaves keys out, and sends
null where an older app never saw it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.kit import edge
from handlers.kit.edge import Chosen, Payload
from handlers.kit.grammar import readable
from protocols.opening.events import AttachedFile
from templates.kit.actions import MORE, base

_ONE = ("selected_user", "selected_channel", "selected_conversation", "selected_date")
HOME = "home"
LONGEST_NAME = 80
"""So much of a file's name is kept."""
_MANY = ("selected_users", "selected_channels", "selected_conversations")


def press(body: Payload) -> edge.Press:
    """Read a ``block_actions`` payload."""
    action = _first(body.get("actions"))
    action_id, value = _word(action, "action_id"), _word(action, "value")
    if base(action_id) == MORE:
        action_id, _, value = _option(action.get("selected_option")).partition("|")
    container = _part(body, "container")
    message = _part(body, "message")
    trigger = _word(body, "trigger_id")
    stamp = trigger or f"{_word(action, 'action_ts')}:{action_id}"
    return edge.Press(
        **_who(body, f"press:{stamp}"),
        action=base(action_id),
        version=action_id.partition(":")[2],
        value=parts(value),
        chosen=chosen(action),
        message_ts=_word(container, "message_ts") or _word(message, "ts"),
        thread_ts=_word(container, "thread_ts") or _word(message, "thread_ts"),
        is_ephemeral=bool(container.get("is_ephemeral")),
        view=_modal(_part(body, "view")),
    )


def _modal(found: Payload) -> edge.View | None:
    """Return the modal that was pressed in; in a Home there is none to be changed or put over."""
    return view(found) if found and _word(found, "type") != HOME else None


def slash(body: Payload) -> edge.Slash:
    """Read a slash command's form."""
    trigger = _word(body, "trigger_id")
    return edge.Slash(
        user_id=_word(body, "user_id"),
        team_id=_word(body, "team_id"),
        delivery=f"slash:{trigger}",
        trigger_id=trigger,
        response_url=_word(body, "response_url"),
        channel_id=_word(body, "channel_id"),
        command=_word(body, "command"),
        text=_word(body, "text"),
    )


def submission(body: Payload) -> edge.Submission:
    """Read a ``view_submission``: one modal is submitted once, however often it is sent."""
    shown = view(_part(body, "view"))
    return edge.Submission(**_who(body, f"view:{shown.id}:{shown.callback_id}"), view=shown)


def shortcut(body: Payload) -> edge.Shortcut:
    """Read a global shortcut."""
    return edge.Shortcut(
        **_who(body, f"shortcut:{_word(body, 'trigger_id')}"),
        callback_id=_word(body, "callback_id"),
    )


def message_shortcut(body: Payload) -> edge.MessageShortcut:
    """Read a shortcut on a message."""
    message = _part(body, "message")
    return edge.MessageShortcut(
        **_who(body, f"shortcut:{_word(body, 'trigger_id')}"),
        callback_id=_word(body, "callback_id"),
        message_ts=_word(body, "message_ts") or _word(message, "ts"),
        thread_ts=_word(message, "thread_ts"),
        text=_word(message, "text"),
        author_id=_word(message, "user") or _word(message, "bot_id"),
        author_team_id=_word(message, "user_team") or _word(message, "team"),
    )


def options(body: Payload) -> edge.Options:
    """Read a ``block_suggestion``."""
    return edge.Options(
        **_who(body, ""), action=base(_word(body, "action_id")), typed=_word(body, "value")
    )


def event(body: Payload) -> edge.SlackEvent:
    """Read an Events API callback."""
    fields = _part(body, "event")
    # An edit or a deletion tells of a message inside; the author stands there.
    inner = _part(fields, "message") or _part(fields, "previous_message")
    user = fields.get("user") or inner.get("user")
    user_id = _word(user, "id") if isinstance(user, Mapping) else str(user or "")
    channel = fields.get("channel") or _part(fields, "item").get("channel")
    channel_id = _word(channel, "id") if isinstance(channel, Mapping) else str(channel or "")
    kind, subtype = _word(fields, "type"), _word(fields, "subtype")
    ts = _word(fields, "ts") or _word(fields, "event_ts")
    teams = (
        _word(part, name)
        for part in (fields, inner)
        for name in ("user_team", "source_team", "team")
    )
    return edge.SlackEvent(
        user_id=user_id,
        team_id=next((team for team in teams if team), _word(body, "team_id")),
        delivery=f"event:{_word(body, 'event_id')}",
        channel_id=channel_id,
        kind=kind,
        subtype=subtype,
        ts=ts,
        thread_ts=_word(fields, "thread_ts"),
        text=_word(fields, "text"),
        gesture=_gesture(fields, f"{kind}:{subtype}:{channel_id}", ts),
        is_bot=bool(fields.get("bot_id") or inner.get("bot_id")) or subtype == "bot_message",
        fields=fields,
        late=body.get(READ_LATE) is True,
    )


def files(event: edge.SlackEvent) -> tuple[Mapping[str, Any], ...]:
    """Return the files that came with a message, as Slack describes each."""
    found = event.fields.get("files")
    return (
        tuple(each for each in found if isinstance(each, Mapping))
        if isinstance(found, list)
        else ()
    )


TOMBSTONE = "tombstone"
"""What Slack calls a message that was deleted while others had answered it."""
READ_LATE = "read_late"
"""What marks an event that was not heard but read afterwards; Slack itself never says it."""


def _gesture(fields: Payload, kind: str, ts: str) -> str:
    """Return what happened, under the name that it has whether it was heard or read late."""
    message = _part(fields, "message")
    edited_ts = _word(_part(message, "edited"), "ts")
    return f"{kind}:{_word(message, 'ts')}:{edited_ts}" if edited_ts else f"{kind}:{ts}"


def within(event: edge.SlackEvent, name: str) -> edge.SlackEvent:
    """Read a message inside an event, as it was or is; without words when there is none.

    Of one that was deleted while others had answered it Slack leaves a tombstone: that is none.
    """
    found = _part(event.fields, name)
    found = {} if found.get("subtype") == TOMBSTONE else found
    text, ts, thread_ts = (_word(found, each) for each in ("text", "ts", "thread_ts"))
    return replace(event, text=text, ts=ts, thread_ts=thread_ts, fields=found)


def view(shown: Payload) -> edge.View:
    """Read a modal and everything that stands in it."""
    values: dict[str, Chosen] = {}
    put: dict[str, tuple[AttachedFile, ...]] = {}
    state = _part(_part(shown, "state"), "values")
    for block_id, elements in state.items():
        for element in _list(list(elements.values()) if isinstance(elements, Mapping) else ()):
            values[base(block_id)] = chosen(element)
            put[base(block_id)] = tuple(map(attached, _list(element.get("files"))))
    inputs = (block for block in _list(shown.get("blocks")) if block.get("type") == "input")
    return edge.View(
        id=_word(shown, "id"),
        hash=_word(shown, "hash"),
        callback_id=_word(shown, "callback_id"),
        root_id=_word(shown, "root_view_id"),
        metadata=parts(_word(shown, "private_metadata")),
        values=values,
        blocks={base(_word(block, "block_id")): _word(block, "block_id") for block in inputs},
        files={name: found for name, found in put.items() if found},
    )


def attached(file: Payload) -> AttachedFile:
    """Return a file as Slack describes it, on a message or in a form."""
    name = readable(_word(file, "name") or _word(file, "title"))[:LONGEST_NAME]
    kind = (_word(file, "pretty_type") or _word(file, "filetype"))[:LONGEST_NAME]
    size = file.get("size")
    return AttachedFile(name, kind, size if isinstance(size, int) else 0, _word(file, "permalink"))


def chosen(element: Payload) -> Chosen:
    """Return what stands in one element of a form, whatever its kind."""
    if "selected_options" in element:
        return tuple(_word(option, "value") for option in _list(element["selected_options"]))
    if "selected_option" in element:
        return _option(element["selected_option"])
    for name in _MANY:
        if name in element:
            several = element[name]
            return tuple(map(str, several)) if isinstance(several, list) else ()
    for name in (*_ONE, "selected_time"):
        if name in element:
            return _word(element, name)
    if "selected_date_time" in element:
        stamp = element["selected_date_time"]
        return "" if stamp is None else str(stamp)
    return _word(element, "value")


def parts(value: str) -> tuple[str, ...]:
    """Return the parts of a button's value or a modal's metadata."""
    return tuple(value.split("|")) if value else ()


def _who(body: Payload, delivery: str) -> dict[str, str]:
    user = _part(body, "user")
    container = _part(body, "container")
    return {
        "user_id": _word(user, "id"),
        "team_id": _word(user, "team_id") or _word(_part(body, "team"), "id"),
        "delivery": delivery,
        "trigger_id": _word(body, "trigger_id"),
        "response_url": _word(body, "response_url"),
        "channel_id": _word(_part(body, "channel"), "id") or _word(container, "channel_id"),
    }


def _part(body: Payload, name: str) -> Payload:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _word(body: Payload, name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""


def _list(found: object) -> list[Payload]:
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _first(found: object) -> Payload:
    return next(iter(_list(found)), {})


def _option(found: object) -> str:
    return _word(found, "value") if isinstance(found, Mapping) else ""
