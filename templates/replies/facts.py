"""The facts of what somebody outside wrote."""

from __future__ import annotations

from datetime import datetime

from protocols.account.state import Road
from protocols.closure.answering import ENDED, is_asked, may_confirm
from protocols.replies.reading import may_be_answer
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.updates.words import needed_for


@presents("reply_line", "outside_wrote")
def reply_line(scene: Scene) -> Facts:
    """Return where and when the account wrote, or someone who does not stand for it."""
    route, channel_id = scene.ticket.of(Road).route, scene.param("channel_id")
    own = route.channel_name if channel_id == route.channel_id else ""
    return {
        **scene.common(),
        "channel_id": channel_id,
        "channel_name": own,
        "at": datetime.fromisoformat(scene.param("wrote_at")),
        "link": scene.param("link"),
        "author": scene.param("author"),
    }


@presents("reply_to_read")
def reply_to_read(scene: Scene) -> Facts:
    """Return words that decided nothing, and what they could answer as the ticket stands."""
    ticket = scene.ticket
    return {
        **scene.common(),
        "apart": bool(scene.params.get("apart")),
        "at": datetime.fromisoformat(scene.param("wrote_at")),
        "author": scene.param("author"),
        "can_confirm": may_confirm(ticket),
        "can_reopen": ticket.status in ENDED,
        "link": scene.param("link"),
        "ts": scene.param("message_ts"),
        "was_asked": is_asked(ticket),
        "words": scene.param("words"),
    }


@presents("answered_after")
def answered_after(scene: Scene) -> Facts:
    """Return an answer that came after another one of the account's."""
    return {
        **scene.common(),
        "author": scene.param("author"),
        "solved": bool(scene.params.get("solved")),
        "words": scene.param("words"),
    }


@presents("words_altered")
def words_altered(scene: Scene) -> Facts:
    """Return what words in the account's thread were, and what they are; empty when deleted.

    While the account owes an answer, what it writes anew may be the answer. Source: S84.
    """
    author = scene.param("author")
    return {
        **scene.common(),
        "author": author,
        "may_answer": may_be_answer(scene.ticket, author),
        "link": scene.param("link"),
        "was": scene.param("was"),
        "words": scene.param("words"),
    }


@presents("own_words")
def own_words(scene: Scene) -> Facts:
    """Return what a colleague wrote to the account, and what the checks say of it."""
    stops, needed = scene.params.get("stops"), scene.params.get("needed")
    return {
        **scene.common(),
        "author": scene.param("author"),
        "link": scene.param("link"),
        "needed": needed_for(needed) if isinstance(needed, tuple | list) else "",
        "stops": tuple(stops) if isinstance(stops, tuple | list) else (),
        "unverified": bool(scene.params.get("unverified")),
        "words": scene.param("words"),
    }
