"""Posted commands: written with the change that caused them, and decided later, each once.

Source: design, Records.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Protocol

from bot.engine.kinds import COMMANDS
from protocols.kernel.command import Command
from protocols.kernel.posting import Post, PostsNothing
from protocols.kernel.refusals import BeingUpdated, Refusal
from protocols.people.people import Actor
from store import codec
from store.codec_errors import FromNewer
from store.db import Connection
from store.journal_rows import Written
from store.write import posted

_log = logging.getLogger(__name__)


class Decider(Protocol):
    """Decides a posted command on its record, inside the caller's transaction."""

    def decide_posted(self, conn: Connection, command: Command, actor: Actor) -> object:
        """Decide it.

        Raises:
            Refusal: The rules say no.
        """
        ...


def put(
    conn: Connection,
    causes: tuple[Written, ...],
    posts: tuple[tuple[Post, ...], ...],
    at: datetime,
    *,
    by_post: bool,
) -> None:
    """Write what events post, under keys made from the place at which each event stands.

    Args:
        conn: The transaction in which the events were written.
        causes: The events, as they stand in their chain.
        posts: What each of them posts.
        at: Business now.
        by_post: Whether a posted command decided them.

    Raises:
        PostsNothing: A posted command decided them, and a rule posts all the same.
    """
    new = [
        _new(f"{cause.chain}/{cause.seq}/{number}", post)
        for cause, caused in zip(causes, posts, strict=True)
        for number, post in enumerate(caused, 1)
    ]
    if new and by_post:
        raise PostsNothing(new[0].key)
    posted.put(conn, new, at)


def _new(key: str, post: Post) -> posted.NewPost:
    command = COMMANDS.encode(post.command)
    return posted.NewPost(key, post.command.reference, command, codec.encode(post.actor))


def decide_oldest(conn: Connection, decider: Decider, target: str, at: datetime) -> None:
    """Decide the oldest command that waits for a record which is held, and mark it so.

    A refusal is its end: nobody waits for an answer, and what was refused is not asked again.

    Raises:
        BeingUpdated: A newer process posted it, or wrote its record; it is left to that one.
    """
    post = posted.oldest(conn, target)
    if post is None:
        return
    command, actor = _read(target, post)
    try:
        with conn.begin_nested():
            decider.decide_posted(conn, command, actor)
    except BeingUpdated:
        raise
    except Refusal as refused:
        _log.info("what %s posted to %s is refused: %s", post.key, target, refused.code)
        posted.settle(conn, post, "refused", at, refused.code)
    else:
        posted.settle(conn, post, "done", at)


def _read(target: str, post: posted.Posted) -> tuple[Command, Actor]:
    try:
        return COMMANDS.decode(post.command), codec.decode(Actor, post.actor)
    except FromNewer as newer:
        raise BeingUpdated(reference=target, found=str(newer)) from newer
