"""The way from a name and facts to what a gateway sends.

Facts are plain words, numbers, aware instants and the values of ``facts.py``; every fact that a
surface names must be given, if only as None or "". What cannot be made is told by an error that
names the surface; the caller decides what to do then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Template, TemplateError

from protocols.words.outward import may_leave
from templates.kit import blocks, catalogue, limits, notation, plain_mail, shelves, text
from templates.kit.catalogue import CatalogueEntry
from templates.kit.compiled import compiled
from templates.kit.environment import environment
from templates.kit.errors import LimitExceeded, TemplateBroken
from templates.kit.plainer import newer_in, plain_blocks

Json = dict[str, Any]
Facts = Mapping[str, object]
CLOSING = ("contact", "contact_phone", "follow_url", "ref")
"""The facts of the lines that close a mail."""
_INCLUDED = re.compile(r"{%-? include '([^']+)'")


@dataclass(frozen=True, slots=True)
class Message:
    """A message for Slack: its notification text and its blocks."""

    text: str
    blocks: list[Json]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: subject and plain body."""

    subject: str
    body: str


def message(name: str, facts: Facts) -> Message:
    """Render a message for Slack.

    Args:
        name: One of ``catalogue.messages()``.
        facts: Every fact that the surface names.

    Raises:
        TemplateBroken: The template is unknown, a fact is missing, or its notation is wrong.
        LimitExceeded: Slack would refuse it.
    """
    surface = _surface(catalogue.messages(), name)
    try:
        return _checked(_message(surface, facts, tight=False), name)
    except LimitExceeded:
        if surface.is_outward:
            raise
        # Inside, a shortened card is better than none.
        return _checked(_message(surface, facts, tight=True), name)


def _checked(made: Message, name: str) -> Message:
    """Return a message that Slack takes as it is, and in the plain form as well."""
    limits.check_message(name, made.text, made.blocks)
    if newer_in(made.blocks):
        limits.check_message(name, made.text, plain_blocks(made.blocks))
    return made


def _message(surface: CatalogueEntry, facts: Facts, *, tight: bool) -> Message:
    source = _rendered(surface, facts, "slack", tight=tight)
    if len(source) > 2 * limits.MESSAGE_CHARACTERS:
        # Escaping only makes it longer; nothing is gained by splitting it first.
        raise LimitExceeded(
            surface.name, "message", "characters", limits.MESSAGE_CHARACTERS, len(source)
        )
    items = notation.read(surface.name, source)
    if not items or items[0].key != "text":
        raise TemplateBroken(surface.name, "its first line is not its notification text")
    try:
        notice = text.to_mrkdwn(text.cut_masked(items[0].rest, limits.MESSAGE_TEXT))
    except ValueError as reason:
        raise TemplateBroken(surface.name, str(reason)) from reason
    return Message(notice, blocks.compile_items(surface.name, items))


def mail(name: str, facts: Facts, *, drill: bool = False) -> Mail:
    """Render a message as a mail: the same words, with a subject and closing lines.

    Beside the message's own facts, words that leave the house need ``ref``, ``contact``,
    ``follow_url`` (None where there is no page) and ``contact_phone``.

    Raises:
        TemplateBroken: As ``message``.
    """
    surface = _surface(catalogue.messages(), name)
    items = notation.read(name, _rendered(surface, facts, "mail", tight=False))
    closing = ""
    if surface.audience in {"customer", "partner"}:
        _refuse_free_text(surface, facts, CLOSING)
        closing = _template("kit/parts/closing.j2", outward=True, tight=False).render(**facts)
    try:
        subject, body = plain_mail.lay_out(name, items, closing, drill=drill)
    except ValueError as reason:
        raise TemplateBroken(name, str(reason)) from reason
    return Mail(subject, body)


def view(name: str, facts: Facts) -> Json:
    """Render a modal.

    Raises:
        TemplateBroken: As ``message``.
        LimitExceeded: Slack would refuse it.
    """
    surface = _surface(catalogue.views(), name)
    items = notation.read(name, _rendered(surface, facts, "slack", tight=False))
    made: Json = {"type": "modal", "blocks": blocks.compile_items(name, items)}
    for item in items:
        if item.key == "view":
            made["callback_id"] = item.rest
        elif item.key == "metadata":
            made["private_metadata"] = text.to_plain(item.rest)
        elif item.key == "frame":
            made |= _frame(name, item)
    if "callback_id" not in made or "title" not in made:
        raise TemplateBroken(name, "it has no view or no frame")
    limits.check_view(name, made)
    return made


def _frame(name: str, item: notation.Item) -> Json:
    words = notation.parts(item.rest)
    if len(words) != 3:
        raise TemplateBroken(name, "a frame has a title, a submit and a close")
    named = zip(("title", "submit", "close"), words, strict=True)
    return {part: blocks.plain(shown, 24) for part, shown in named if shown != "-"}


def line(name: str, facts: Facts) -> str:
    """Render a one-line text: a bridge message, help, a form's error, a topic.

    Raises:
        TemplateBroken: As ``message``.
    """
    return _one_line(_surface(catalogue.lines(), name), facts)


def page(name: str, facts: Facts) -> str:
    """Render the words of a page to someone's pager.

    Raises:
        TemplateBroken: As ``message``.
    """
    return line(f"page_{name}", facts)


def refusal(code: str, facts: Facts) -> str:
    """Render the sentence of a refusal.

    Raises:
        TemplateBroken: As ``message``.
    """
    return _one_line(_surface(catalogue.refusals(), code), facts)


def _one_line(surface: CatalogueEntry, facts: Facts) -> str:
    masked = _rendered(surface, facts, "slack", tight=False).strip()
    if surface.kind == catalogue.PLAIN:
        return text.to_plain(text.cut_masked(masked, limits.MESSAGE_TEXT, plain=True))
    return text.to_mrkdwn(text.cut_masked(masked, limits.MESSAGE_TEXT))


def _surface(group: Mapping[str, CatalogueEntry], name: str) -> CatalogueEntry:
    found = group.get(name)
    if found is None:
        raise TemplateBroken(name, "no template has this name")
    return found


def _rendered(surface: CatalogueEntry, facts: Facts, medium: str, *, tight: bool) -> str:
    _refuse_free_text(surface, facts, surface.facts)
    missing = surface.facts - facts.keys()
    if missing:
        raise TemplateBroken(surface.name, f"missing facts: {', '.join(sorted(missing))}")
    try:
        template = (
            _from_source(surface.source, tight=tight)
            if surface.source
            else _template(surface.path, outward=surface.is_outward, tight=tight)
        )
        return template.render(**{**facts, "medium": medium})
    except (TemplateError, TypeError, ValueError, AttributeError, KeyError) as reason:
        said = f"{type(reason).__name__}: {reason}"
        raise TemplateBroken(surface.name, said) from reason


def _refuse_free_text(surface: CatalogueEntry, facts: Facts, names: Iterable[str]) -> None:
    """Nothing leaves the house that is neither looked up nor released. Source: D15, M1."""
    free = [name for name in sorted(names) if name in facts and not may_leave(facts[name])]
    if surface.is_outward and free:
        raise TemplateBroken(surface.name, f"neither looked up nor released: {', '.join(free)}")


@cache
def _template(path: str, *, outward: bool, tight: bool) -> Template:
    return environment(outward=outward, tight=tight).get_template(path)


@cache
def _from_source(source: str, *, tight: bool) -> Template:
    return environment(outward=False, tight=tight).from_string(source)


def warm() -> None:
    """Compile every template now, so that nobody waits for the first use of one."""
    for surface in catalogue.surfaces():
        if surface.source:
            _from_source(surface.source, tight=False)
        else:
            _template(surface.path, outward=surface.is_outward, tight=False)
            _warm_parts(surface.path, outward=surface.is_outward)
    _template("kit/parts/closing.j2", outward=True, tight=False)
    compiled().keep()


@cache
def _warm_parts(path: str, *, outward: bool) -> None:
    """Compile what a template includes; Jinja would do so at its first rendering."""
    made = environment(outward=outward, tight=False)
    source, _, _ = shelves.loader().get_source(made, path)
    for part in _INCLUDED.findall(source):
        made.get_template(part)
        _warm_parts(part, outward=outward)
