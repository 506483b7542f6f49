"""The Jinja environments: what a template may do, and what it can never let out.

Two audiences, two environments. Inside templates may use date tokens, mentions and channels.
Outward templates do not have these filters at all, so that nothing meant for colleagues can be
written into words for an account. Every value is cleaned, cut to a cap and masked by ``finalize``.

Source: T09-T13 of the threat list, D15, D29.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

from jinja2 import Environment, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from protocols.counts import counted
from templates.kit import marks, shelves, text, titles, when
from templates.kit.actions import LABELS
from templates.kit.claims import ClaimTag
from templates.kit.compiled import compiled
from templates.kit.marks import Mark
from templates.kit.values import Value

Filter = TypeVar("Filter", bound=Callable[..., Any])
VALUE_MAX = 500
"""Characters that one value may take, unless its template says otherwise."""
TIGHT_VALUE_MAX = 80
"""The same, for a second try when a message would be too long as a whole."""


class Sized(str):
    """Outside text of which the template has said how much of it is shown."""

    __slots__ = ()


class Whole(Sized):
    """Outside text that is shown whole or not at all, because someone answers for its words."""

    __slots__ = ()


def cut_filter(value: str, limit: int) -> Sized:
    """Show one line of at most ``limit`` characters, with "…" where it was cut."""
    return Sized(text.cut(text.one_line(text.clean(_words(value))), limit))


def whole_filter(value: str) -> Whole:
    """Show all of the text, with its line breaks; sections are split where it is long."""
    return Whole(text.clean(_words(value)).strip())


def quoted_filter(value: str) -> Whole:
    """Show all of the text as the lines of a quotation."""
    # Only the ">" of ours starts a quotation: the one of the text is escaped like all its marks.
    return Whole(whole_filter(value).replace("\n", f"\n{text.QUOTE}"))


def url_filter(value: str) -> Whole:
    """Show an address, if it is one of http or https."""
    return Whole(marks.address(_words(value)))


def name_filter(value: str) -> Sized:
    """Show a person's or an account's name: one line, 80 characters, never nothing."""
    return Sized(titles.short_name(_words(value)))


def stopped_filter(value: str) -> Sized:
    """Show words as a whole sentence, which ends once."""
    return Sized(titles.stopped(_words(value)))


def said_filter(value: str) -> Sized:
    """Show somebody's words in quotation marks, as the end of a sentence."""
    return Sized(titles.said(_words(value)))


def label_filter(action: str) -> str:
    """Return the words on the button of this action."""
    return LABELS[action]


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"words are needed where {type(value).__name__} was given")
    return value


def finalizer(value_max: int, *, tight: bool) -> Callable[[object], str]:
    """Return the function that every value of a template passes on its way out.

    A tight one also cuts text of which the template wants more: for surfaces inside, where a
    shortened card is better than none.
    """

    def finalize(value: object) -> str:
        if isinstance(value, Mark):
            return text.mask_raw(value)
        if isinstance(value, Sized):
            shorten = tight and not isinstance(value, Whole)
            return text.mask(text.cut(value, value_max) if shorten else value)
        if isinstance(value, str):
            cleaned = text.clean(value)
            return text.mask(text.cut(cleaned, value_max)) if cleaned else ""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        # StrictUndefined says itself what is missing; everything else is a fact of a wrong kind.
        if isinstance(value, StrictUndefined):
            return str(value)
        raise TypeError(f"{type(value).__name__} cannot be written as it is")

    return finalize


OUTWARD_FILTERS: dict[str, Callable[..., object]] = {
    "cut": cut_filter,
    "link": marks.link,
    "minutes_late": when.minutes_late,
    "name": name_filter,
    "outward": when.outward,
    "outward_brief": when.outward_brief,
    "outward_day": when.outward_day,
    "said": said_filter,
    "url": url_filter,
    "whole": whole_filter,
}
INTERNAL_FILTERS: dict[str, Callable[..., object]] = {
    **OUTWARD_FILTERS,
    "bare": titles.bare,
    "capital": titles.capital,
    "channel": marks.channel,
    "clock_in": when.clock_in,
    "counted": counted,
    "at_token": when.at_token,
    "day_in": when.day_in,
    "day_token": when.day_token,
    "draft_title": titles.draft_title,
    "duration": titles.duration,
    "duty_title": titles.duty_title,
    "id": titles.identifier,
    "label": label_filter,
    "mention": marks.mention,
    "quoted": quoted_filter,
    "role_name": titles.role_name,
    "role_title": titles.role_title,
    "seat_label": titles.seat_label,
    "span": when.span,
    "stopped": stopped_filter,
    "the_duty": titles.the_duty,
    "tier_named": titles.tier_named,
    "standing": when.standing,
    "token": when.token,
    "utc": when.utc,
    "utc_clock": when.utc_clock,
    "utc_day": when.utc_day,
    "utc_full": when.utc_full,
    "utc_minute": when.utc_minute,
    "utc_stamp": when.utc_stamp,
}
OUTWARD_AUDIENCES = frozenset({"customer", "partner", "third_party"})


def filter_inside(name: str) -> Callable[[Filter], Filter]:
    """Register a subject's own filter, for the templates that colleagues read."""

    def register(function: Filter) -> Filter:
        INTERNAL_FILTERS[name] = function
        return function

    return register


class _Closed(ImmutableSandboxedEnvironment):
    """A sandbox that is smaller still: attributes of our own values only, and quicker for it."""

    kind = ""

    def compile(
        self, source: Any, name: str | None = None, filename: str | None = None, *more: Any
    ) -> Any:
        """Return a template's code, which was kept if it was compiled before."""
        if not isinstance(source, str) or any(more):
            return super().compile(source, name, filename, *more)
        made_of = (self.kind, name or "", filename or "", source)
        make = partial(super().compile, source, name, filename)
        return compiled().code(made_of, make)

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an attribute of one of our values.

        Raises:
            SecurityError: It belongs to something else.
        """
        if isinstance(obj, Value | LoopContext) and not attribute.startswith("_"):
            return getattr(obj, attribute)
        if isinstance(obj, StrictUndefined):
            return str(obj)
        raise SecurityError(f"a template may not read {attribute!r} of a {type(obj).__name__}")


@cache
def environment(*, outward: bool, tight: bool) -> Environment:
    """Return the one environment of this audience."""
    made = _Closed(
        loader=shelves.loader(),
        extensions=(ClaimTag,),
        undefined=StrictUndefined,
        finalize=finalizer(TIGHT_VALUE_MAX if tight else VALUE_MAX, tight=tight),
        autoescape=False,
        auto_reload=False,
        cache_size=-1,
    )
    made.kind = f"outward {outward}, tight {tight}"
    made.globals.clear()
    made.filters.clear()
    made.filters.update(OUTWARD_FILTERS if outward else INTERNAL_FILTERS)
    made.tests = {key: made.tests[key] for key in ("none", "defined", "in", "equalto")}
    return made
