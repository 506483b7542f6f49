"""The shapes of answers to a gesture, and the way back to the one who made it.

An answer is the body that acknowledges the gesture: empty for "noted", a message for a command,
a ``response_action`` for a modal. Only what answers a gesture is told here; it is for reading,
so nothing that must be proved is told this way.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Mapping
from typing import Any

from handlers.kit.edge import Gesture, View
from handlers.kit.ports import Answers, Busy
from templates.kit.plainer import newer_in, plain_blocks
from templates.kit.render import Message

Answer = Mapping[str, Any]


NOTED: Answer = {}
"""Acknowledge, and say nothing; in a modal it closes the top view."""
CLOSE_ALL: Answer = {"response_action": "clear"}
"""Close every view of the modal."""


_ERROR_MAX = 2000
_LINKED = re.compile(r"<(?:[^<>|]*)\|([^<>]*)>")
_ADDRESS = re.compile(r"<((?:https?|mailto):[^<>|]*)>")
_LOGGER = logging.getLogger(__name__)


class Correct(Exception):
    """Raised by a form's handler: what is wrong, by field; the form stays open as it is."""

    def __init__(self, **fields: str) -> None:
        super().__init__(", ".join(fields))
        self.fields: Mapping[str, str] = fields


def ephemeral(message: Message | str) -> dict[str, object]:
    """Return a message that only the one who acted sees, beside the original."""
    shown: dict[str, object] = {"response_type": "ephemeral", "replace_original": False}
    if isinstance(message, str):
        return shown | {"text": message, "unfurl_links": False}
    return shown | {"text": message.text, "blocks": message.blocks, "unfurl_links": False}


def said(message: Message | str) -> Answer:
    """Return the answer to a command: a message in the acknowledgment itself."""
    body = ephemeral(message)
    del body["replace_original"]
    return body


def beside(desk: Answers, gesture: Gesture, message: Message) -> Answer:
    """Answer a command beside the acknowledgment, where newer blocks can give way to plain ones.

    When too many wait, or nothing newer is in it, the acknowledgment itself is the answer.
    """
    if not newer_in(message.blocks) or not gesture.response_url:
        return said(message)
    try:
        desk.interactive.respond(gesture.response_url, ephemeral(message))
    except Busy:
        return said(message)
    return NOTED


def in_channel(message: Message) -> dict[str, object]:
    """Return a message that everyone in the channel sees, beside the original."""
    shown = ephemeral(message)
    return shown | {"response_type": "in_channel"}


def reading(message: Message, title: str = "Bridgewatch") -> dict[str, object]:
    """Return a modal to read that shows a message; tables and boxes are shown in messages only."""
    return notice(message.text, title) | {"blocks": plain_blocks(message.blocks)}


def errors(view: View, fields: Mapping[str, str]) -> Answer:
    """Return errors under fields; what belongs to no field of the view goes under the first.

    Slack takes an error only for an input that stands in the view; without any input the view is
    replaced by the sentences.
    """
    told: dict[str, str] = {}
    for name, sentence in fields.items():
        block = view.blocks.get(name) or next(iter(view.blocks.values()), "")
        told[block] = f"{told[block]} {sentence}" if block in told else sentence
    if not view.blocks:
        return updated(notice(" ".join(fields.values())))
    shown = {block: plain(sentence)[:_ERROR_MAX] for block, sentence in told.items()}
    return {"response_action": "errors", "errors": shown}


def updated(view: Mapping[str, object]) -> Answer:
    """Return the answer that puts another view in the submitted one's place."""
    return {"response_action": "update", "view": dict(view)}


def pushed(view: Mapping[str, object]) -> Answer:
    """Return the answer that puts a view on top of the submitted one."""
    return {"response_action": "push", "view": dict(view)}


def notice(sentence: str, title: str = "Bridgewatch") -> dict[str, object]:
    """Return a modal that says one thing; the sentence is markup that was rendered already."""
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Done"},
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": sentence[:3000]}}],
    }


def plain(sentence: str) -> str:
    """Return a sentence of markup as it reads where Slack shows no markup."""
    bare = _ADDRESS.sub(r"\1", _LINKED.sub(r"\1", sentence))
    return html.unescape(bare.replace("*", "").replace("`", ""))


def tell(desk: Answers, gesture: Gesture, message: Message | str) -> None:
    """Tell the one who acted, by whichever way their gesture leaves open.

    A busy desk is only logged: the gesture itself was done, or refused, already.
    """
    try:
        if gesture.response_url:
            desk.interactive.respond(gesture.response_url, ephemeral(message))
        elif gesture.channel_id:
            body = ephemeral(message)
            shown: dict[str, object] = {
                name: body[name] for name in ("text", "blocks") if name in body
            }
            desk.interactive.say_to(gesture.channel_id, gesture.user_id, shown)
        elif gesture.trigger_id:
            _over(desk, gesture, notice(message) if isinstance(message, str) else reading(message))
    except Busy:
        _LOGGER.warning("An answer to a gesture was not sent: too many wait")


def _over(desk: Answers, gesture: Gesture, view: Mapping[str, object]) -> None:
    """Show a view over the modal that was pressed in, or on its own."""
    if getattr(gesture, "view", None) is not None:
        desk.interactive.push_view(gesture.trigger_id, view)
    else:
        desk.interactive.open_view(gesture.trigger_id, view)


def say_and_note(desk: Answers, gesture: Gesture, message: Message | str) -> Answer:
    """Tell the one who pressed, and return the bare acknowledgment."""
    tell(desk, gesture, message)
    return NOTED


def show_view(desk: Answers, gesture: Gesture, view: Mapping[str, object]) -> Answer:
    """Open a modal for a gesture outside of one, or on top of the modal it stands in.

    Raises:
        Busy: Too many gestures wait; it is told where the gesture is acknowledged.
    """
    address = gesture.response_url or None
    if getattr(gesture, "view", None) is not None:
        desk.interactive.push_view(gesture.trigger_id, view, response_url=address)
    else:
        desk.interactive.open_view(gesture.trigger_id, view, response_url=address)
    return NOTED
