"""Checks on words that leave the house: what is refused, what is asked about, and why.

Deterministic tables, no judgement: a writer sees the same sentence for the same words every
time. *Refused* has no way round; *asked* needs a reason, on record. What is read is the normal
form, line breaks as blanks: no disguise takes words past a check. Source: S50, S56, M2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from protocols.words import wordlists
from protocols.words.account_names import AccountNames, named
from protocols.words.masking import MASK, mask
from protocols.words.near_findings import repeated
from protocols.words.normal_form import normal, reading

_LONGEST_QUOTE = 80


class Gravity(StrEnum):
    """How grave an objection is: refused has no way round, asked needs a reason."""

    REFUSED = "refused"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection to outward words.

    Attributes:
        severity: refused or asked.
        field: the label of the field, such as ``What we know``.
        code: the kind of objection.
        quote: the words objected to.
        sentence: what the writer reads, with the field's label in front.
        at: where the words begin in the text's normal form, ``end`` where they end.
    """

    severity: Gravity
    field: str
    code: str
    quote: str
    sentence: str
    at: int = 0
    end: int = 0

    @property
    def advice(self) -> str:
        """Return the sentence without the field's label, for an error under that field."""
        return self.sentence.removeprefix(f"{self.field}: ")


@dataclass(frozen=True, slots=True)
class CauseHold:
    """Legal holds every word on cause. Source: M6."""

    by: str
    since_at: datetime


@dataclass(frozen=True, slots=True)
class LanguageContext:
    """What the checks must know of the ticket.

    Attributes:
        account: its name, as sentences use it.
        cause_hold: set while Legal holds the cause.
        payments_stopped: whether a transaction hold is confirmed. Source: D17.
        findings: the raw facts recorded on the ticket, which never leave.
        other_account_names: accounts that this text must not name; the own one does not count.
    """

    account: str
    cause_hold: CauseHold | None = None
    payments_stopped: bool = False
    findings: tuple[str, ...] = ()
    other_account_names: AccountNames = field(default_factory=AccountNames)


@dataclass(frozen=True, slots=True)
class Review:
    """The outcome of all checks on all fields of a text."""

    findings: tuple[Objection, ...]
    passed: int
    of: int

    @property
    def refused(self) -> bool:
        """Say whether the text cannot go into review at all."""
        return any(each.severity is Gravity.REFUSED for each in self.findings)

    @property
    def summary(self) -> str:
        """Return the line of the review card, e.g. ``Checks passed: 9 of 9.``."""
        return f"Checks passed: {self.passed} of {self.of}."


@dataclass(frozen=True, slots=True)
class Examined:
    """One field's words: their normal form, and how checks read it, place by place."""

    form: str
    read: str


Place = re.Match[str] | tuple[int, int]
Found = Iterator[tuple[Gravity, str, Place, str]]
Check = Callable[[Examined, LanguageContext], Found]


def check(
    field: str, text: str, ctx: LanguageContext, only: frozenset[str] | None = None
) -> tuple[Objection, ...]:
    """Check one field of an outward text.

    Args:
        field: its label, as the form shows it.
        text: what the writer wrote.
        ctx: what the ticket allows.
        only: the kinds of objection that are meant; without it all.

    Returns:
        The objections in the order of the text; none when it may go into review.
    """
    return _in_order(each for found in _objections(field, text, ctx, only) for each in found)


def review(
    fields: Mapping[str, str], ctx: LanguageContext, only: frozenset[str] | None = None
) -> Review:
    """Check all fields of an outward text together.

    Args:
        fields: each label with what the writer wrote.
        ctx: what the ticket allows.
        only: the kinds of objection that are meant; without it all.

    Returns:
        The objections, and how many of the checks that were made found nothing in any field.
    """
    by_field = [_objections(field, text, ctx, only) for field, text in fields.items()]
    findings = [
        each for found in by_field for each in _in_order(one for part in found for one in part)
    ]
    failed = sum(any(found) for found in zip(*by_field, strict=True))
    made = len(_made(only))
    return Review(tuple(findings), made - failed, made)


def checked_form(text: str) -> str:
    """Return what the checks read of a text: its normal form, without card and bank numbers."""
    return mask(normal(text)).text


def _objections(
    field: str, text: str, ctx: LanguageContext, only: frozenset[str] | None
) -> list[list[Objection]]:
    """Return what each check that is made objects to, in the order of the checks."""
    form = checked_form(text)
    outward = Examined(form, reading(form))
    return [
        [
            _finding(field, outward, *objection)
            for objection in one(outward, ctx)
            if only is None or objection[1] in only
        ]
        for one in _made(only)
    ]


def _made(only: frozenset[str] | None) -> list[Check]:
    return [one for one, codes in CHECKS.values() if only is None or not only.isdisjoint(codes)]


def _finding(
    field: str, outward: Examined, severity: Gravity, code: str, where: Place, advice: str
) -> Objection:
    start, end = where if isinstance(where, tuple) else where.span()
    said = _short(outward.form[start:end])
    return Objection(severity, field, code, said, f'{field}: "{said}" {advice}', start, end)


def _in_order(found: Iterable[Objection]) -> tuple[Objection, ...]:
    return tuple(sorted(found, key=lambda each: (each.at, each.severity is Gravity.ASKED)))


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1].rstrip()}…"


def _numbers(text: Examined, _ctx: LanguageContext) -> Found:
    advice = "must not be sent. Take it out; the last four digits are enough."
    # A command's words are masked before any rule sees them; no number is repeated in a quote.
    for hidden in MASK.finditer(text.form):
        yield Gravity.REFUSED, "number", hidden, advice


def _zones(text: Examined, _ctx: LanguageContext) -> Found:
    for time in wordlists.TIME.finditer(text.read):
        rest = text.read[time.end() :]
        zone = wordlists.ZONE.match(rest)
        if zone is None:
            advice = (
                "is a time without a zone. Add the zone that it is meant in, and the same in UTC."
            )
            yield Gravity.REFUSED, "zone", time, advice
        elif zone[1] in wordlists.DOUBTFUL_ZONES and not wordlists.IN_UTC.match(rest):
            place = (time.start(), time.end() + zone.end())
            advice = f"{zone[1]} means more than one zone. Add the time in UTC."
            yield Gravity.REFUSED, "zone", place, f"is not one time: {advice}"


def _cause(text: Examined, ctx: LanguageContext) -> Found:
    for cause in wordlists.CAUSE.finditer(text.read):
        if ctx.cause_hold is not None:
            since = ctx.cause_hold.since_at.astimezone(UTC)
            yield (
                Gravity.REFUSED,
                "cause",
                cause,
                (
                    f"names a cause. Legal holds it ({ctx.cause_hold.by}, "
                    f"since {since:%H:%M} UTC). Take it out, or send the holding line."
                ),
            )
        else:
            advice = "names a cause. Is it confirmed? Take it out, or say who confirmed it."
            yield Gravity.ASKED, "cause", cause, advice


def _stopped(text: Examined, ctx: LanguageContext) -> Found:
    if ctx.payments_stopped:
        return
    for claim in wordlists.STOPPED.finditer(text.read):
        advice = "is not confirmed. Say that a stop has been asked for, or wait until it stands."
        yield Gravity.REFUSED, "not_stopped", claim, advice


def _internal(text: Examined, ctx: LanguageContext) -> Found:
    advice = (
        f"is a finding, and findings stay inside. Write what it means for {ctx.account} instead."
    )
    for place in repeated(text.form, ctx.findings):
        yield Gravity.REFUSED, "internal_text", place, advice


def _others(text: Examined, ctx: LanguageContext) -> Found:
    advice = f"is another account. Only {ctx.account} may be named here."
    for place in named(text.form, ctx.other_account_names, ctx.account):
        yield Gravity.REFUSED, "other_account", place, advice


def _certainty(text: Examined, _ctx: LanguageContext) -> Found:
    for forecast in wordlists.FORECAST.finditer(text.read):
        advice = "is a forecast. Say what is being done; the next update carries the time."
        yield Gravity.ASKED, "forecast", forecast, advice
    for guess in wordlists.SPECULATION.finditer(text.read):
        advice = "is a guess. Say what has been checked, or leave it out."
        yield Gravity.ASKED, "speculation", guess, advice


def _comfort(text: Examined, ctx: LanguageContext) -> Found:
    for comfort in wordlists.REASSURANCE.finditer(text.read):
        advice = f"is reassurance. {ctx.account} may rely on it; say what is confirmed instead."
        yield Gravity.ASKED, "reassurance", comfort, advice
    for apology in wordlists.APOLOGY.finditer(text.read):
        yield Gravity.ASKED, "apology", apology, "admits fault. Legal adds one if it is wanted."


def _codes(text: Examined, ctx: LanguageContext) -> Found:
    for code in wordlists.RAW_CODE.finditer(text.read):
        advice = f"is a raw code. Say what it means for {ctx.account}, e.g. {_meaning(code[0])}."
        yield Gravity.ASKED, "raw_code", code, advice
    for trace in wordlists.STACK_TRACE.finditer(text.read):
        advice = f"is from a program's log. Say what it means for {ctx.account}."
        yield Gravity.ASKED, "stack_trace", trace, advice


def _meaning(code: str) -> str:
    if re.match(r"R\d\d", code):
        return '"some payments came back unpaid"'
    return '"the connection to your system did not work"'


CHECKS: Mapping[str, tuple[Check, tuple[str, ...]]] = {
    "card and account numbers": (_numbers, ("number",)),
    "times with a zone": (_zones, ("zone",)),
    "no cause": (_cause, ("cause",)),
    "no stop before it is confirmed": (_stopped, ("not_stopped",)),
    "no finding": (_internal, ("internal_text",)),
    "no other account": (_others, ("other_account",)),
    "no forecast or guess": (_certainty, ("forecast", "speculation")),
    "no comfort or apology": (_comfort, ("reassurance", "apology")),
    "no raw code": (_codes, ("raw_code", "stack_trace")),
}
"""The nine checks and their kinds of objection, by the name a reviewer may read."""


CODES = frozenset(code for _check, codes in CHECKS.values() for code in codes)
"""Every kind of objection, as the record names it."""
