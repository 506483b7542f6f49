"""The forms in which words for an account are written. Source: S46-S52; D10, D15.

A form is drawn from the ticket and from what stands in it, so that it can be drawn again at any
time without losing a word: when another time is chosen, and when a check asks for a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from handlers.kit.acting import account_name, account_zone
from handlers.kit.edge import View
from handlers.kit.replies import Correct
from handlers.slack import promises
from handlers.slack.updates.objecting import asks_reason, hint, stops_in
from protocols.account.state import Road
from protocols.details.clocks import TO_RESOLVE
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.outreach.rules import others
from protocols.outreach.state import OutreachTold
from protocols.rights.guards import need_status
from protocols.scales import Tier
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.checking import statuses
from protocols.updates.events import DraftKind
from protocols.updates.rules import correctable
from protocols.updates.second_person import reasons
from protocols.updates.state import Draft, Updates
from protocols.verification.rules import is_unverified
from protocols.words.masking import masked_and_cut
from protocols.words.normal_form import normal
from templates.answers.words import VIEW_WRITE_ANSWER
from templates.details.facts import clock_facts
from templates.details.words import VIEW_ASK_DETAILS
from templates.kit import render
from templates.kit.render import Json
from templates.kit.scene import read_by
from templates.kit.when import outward
from templates.outreach.words import VIEW_DRAFT_OUTREACH
from templates.program_records.facts import record_lines
from templates.status_page.words import VIEW_DRAFT_STATUS_PAGE
from templates.updates.facts import SentUpdate
from templates.updates.instead import Stop
from templates.updates.words import VIEW_DRAFT_CORRECTION, VIEW_DRAFT_UPDATE, needed_for, releaser


@dataclass(frozen=True, slots=True)
class TextForm:
    """A form for one kind of text: its modal and the fields whose words are kept.

    ``done`` is the line that says that the text left on its writer's word.
    """

    kind: DraftKind
    view: str
    fields: tuple[str, ...]
    done: str = ""


UPDATE = TextForm(DraftKind.UPDATE, VIEW_DRAFT_UPDATE, ("known", "doing"), "done_update_sent")
OUTREACH = TextForm(DraftKind.OUTREACH, VIEW_DRAFT_OUTREACH, ("known", "doing"))
STATUS_PAGE = TextForm(DraftKind.STATUS_PAGE, VIEW_DRAFT_STATUS_PAGE, ("known", "doing"))
CORRECTION = TextForm(DraftKind.CORRECTION, VIEW_DRAFT_CORRECTION, ("wrong", "right"))
DETAILS = TextForm(DraftKind.DETAILS, VIEW_ASK_DETAILS, ("questions",), "done_details_asked")
ANSWER = TextForm(DraftKind.ANSWER, VIEW_WRITE_ANSWER, ("answer",), "done_answer_sent")
FORMS = {form.view: form for form in (UPDATE, OUTREACH, STATUS_PAGE, CORRECTION, DETAILS, ANSWER)}
_WRONG_MAX = 1500
"""How many characters of an update the field *What we wrote* holds; the template says so."""
TYPED_MAX = 1500
"""How many characters of a command stand in a form; its field holds as many."""
_MOST_UPDATES = 100
"""How many entries Slack allows in a menu."""
LAST = {"known": "last_known", "doing": "last_doing"}
LAST_OF_A_MISTAKE = {"known": "last_known_mistake", "doing": "last_doing_mistake"}
BY_KIND = {form.kind: form for form in FORMS.values()}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form.

    Attributes:
        number: The draft that is edited.
        base: The minute from which the offered times count.
        chosen: The key of the chosen time; empty for the usual one.
        stops: What stands against the words; none before they were submitted.
        came_back: Why the text was sent back.
        corrects: The update that a correction is about; 0 in other forms.
        turn: How often the words were stopped or changed by a press: fields of another turn are
            other fields to Slack, which else keeps showing what stood in them.
    """

    base: datetime
    words: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None
    chosen: str = ""
    stops: tuple[Stop, ...] = ()
    came_back: str = ""
    corrects: int = 0
    turn: int = 0


def blank(ctx: Context) -> Typed:
    """Return an empty form."""
    return Typed(promises.opened_at(ctx))


def of_draft(draft: Draft, ctx: Context) -> Typed:
    """Return a form with the words of a text that is written anew."""
    return Typed(
        promises.opened_at(ctx),
        {name: text for name, text in draft.fields if name in BY_KIND[draft.kind].fields},
        draft.number,
        chosen=promises.NONE if draft.is_last else "",
        came_back=draft.sent_back_why,
        corrects=draft.corrects,
    )


def last_words(ticket: Ticket, ctx: Context) -> Typed:
    """Return the form for many accounts with the words that end their notice. Source: S23.

    Raises:
        OldButton: No account has a notice.
    """
    if not ticket.of(OutreachTold).notice:
        raise OldButton(reference=ticket.reference)
    is_mistake = ticket.status is Status.OPENED_IN_ERROR
    facts, names = {"ref": ticket.reference}, LAST_OF_A_MISTAKE if is_mistake else LAST
    words = {name: render.line(line, facts) for name, line in names.items()}
    return Typed(promises.opened_at(ctx), words, chosen=promises.NONE)


def of_suggestion(draft: Draft, ticket: Ticket, ctx: Context) -> Typed:
    """Return a form with the words that were suggested for a text, and what stops them."""
    fields = BY_KIND[draft.kind].fields
    words = {name: text for name, text in draft.suggested if name in fields}
    return stopped(replace(of_draft(draft, ctx), words=words), ticket, ctx)


def correcting(ticket: Ticket, ctx: Context) -> Typed:
    """Return a form that corrects the newest update, with what stands in that one.

    Raises:
        NothingToCorrect: No update is with the account.
    """
    newest = correctable(ticket)[0]
    return Typed(
        promises.opened_at(ctx),
        {"wrong": sent_words(newest)},
        corrects=newest.update_number or 0,
    )


def turned(typed: Typed, ticket: Ticket, before: int) -> Typed:
    """Return the form after another update is chosen: its words, unless others were typed."""
    sent = {
        draft.update_number: sent_words(draft) for draft in ticket.of(Updates).delivered_updates()
    }
    stands = typed.words.get("wrong", "").strip()
    if stands and stands != sent.get(before):
        return typed
    return replace(typed, words={**typed.words, "wrong": sent.get(typed.corrects, "")})


def sent_words(draft: Draft) -> str:
    """Return what an update said is known; of a correction, what it said is right."""
    return masked_and_cut(draft.field("known") or draft.field("right"), _WRONG_MAX).strip()


def stopped(typed: Typed, ticket: Ticket, ctx: Context) -> Typed:
    """Return the form with what stands against its words now, in fields of another turn."""
    return replace(typed, stops=stops_in(typed.words, ticket, ctx), turn=typed.turn + 1)


def of_view(view: View) -> Typed:
    """Return what stands in a form on somebody's screen.

    Raises:
        OldButton: The form is not one of today's.
    """
    form = FORMS[view.callback_id]
    return Typed(
        base_of(view),
        {name: view.text(name) for name in form.fields},
        number_of(view),
        view.text("next"),
        corrects=corrects_of(view),
        turn=turn_of(view),
    )


def number_of(view: View) -> int | None:
    """Return the draft that a form edits, None when it makes a new one."""
    words = view.metadata[1] if len(view.metadata) > 1 else ""
    return int(words) if words.isascii() and words.isdigit() else None


def turn_of(view: View) -> int:
    """Return how often the words of a form were stopped or changed by a press."""
    words = view.metadata[4] if len(view.metadata) > 4 else ""
    return int(words) if words.isascii() and words.isdigit() else 0


def corrects_of(view: View) -> int:
    """Return the update that a correction is about: the chosen one, else the one it showed."""
    words = view.text("corrects") or shown_update(view)
    return int(words) if words.isascii() and words.isdigit() else 0


def shown_update(view: View) -> str:
    """Return the number of the update whose words the form showed; empty in other forms."""
    return view.metadata[3] if len(view.metadata) > 3 else ""


def base_of(view: View) -> datetime:
    """Return the minute from which a form's offered times count.

    Raises:
        OldButton: The form does not say; it is not one of today's.
    """
    stamp = view.metadata[2] if len(view.metadata) > 2 else ""
    if not (stamp.isascii() and stamp.isdigit()):
        raise OldButton(reference=view.reference)
    return datetime.fromtimestamp(int(stamp), UTC)


def drawn(form: TextForm, ticket: Ticket, ctx: Context, typed: Typed) -> Json:
    """Return the form with what stands in it.

    Raises:
        WrongState: The ticket was opened by mistake, where nothing is promised any more.
    """
    is_mistake = ticket.status is Status.OPENED_IN_ERROR
    choices = () if is_mistake else promises.choices(ticket, ctx, typed.base)
    can_end = form is OUTREACH and bool(ticket.of(OutreachTold).notice)
    if is_mistake:
        need_status(ticket, *statuses(form.kind, last=can_end))
    facts: dict[str, object] = {
        **dict.fromkeys(("known", "doing", "wrong", "right", "questions", "answer", "shown"), ""),
        **typed.words,
        **_alone(form, ticket, ctx, typed),
        **_destination(ticket),
        "account": account_name(ticket),
        "asks_reason": asks_reason(typed.stops),
        "can_end": can_end,
        **(clock_facts(ticket, ctx, TO_RESOLVE) if form is DETAILS else {}),
        "corrects": typed.corrects,
        "draft_number": typed.number,
        "impacted_count": len(others(ticket)),
        "next_choices": choices,
        "next_chosen": typed.chosen or (choices[0].key if choices else promises.NONE),
        "now": read_by(ctx, ctx.by.key),
        "of_payments": ticket.tier.has_bridge,
        "record_lines": record_lines(ticket) if form is DETAILS else (),
        "ref": ticket.reference,
        "releaser": releaser(ticket, form.kind, ctx.actor),
        "sent_back_why": typed.came_back,
        "stops": typed.stops,
        "turn": typed.turn,
        "updates": () if typed.number is not None else _sent_updates(ticket),
        "zone": account_zone(ticket, ctx),
    }
    made = render.view(form.view, facts)
    stamp = str(int(typed.base.timestamp()))
    kept = (
        ticket.reference,
        str(typed.number or ""),
        stamp,
        str(typed.corrects or ""),
        str(typed.turn),
    )
    return made | {"private_metadata": "|".join(kept)}


def _alone(form: TextForm, ticket: Ticket, ctx: Context, typed: Typed) -> dict[str, object]:
    """Return whether the words leave on their writer's word, and why not; what they look like."""
    words = {name: normal(text) for name, text in typed.words.items()}
    needs = reasons(ticket, form.kind, "\n".join(words.values()), ctx)
    fields = tuple((name, text) for name, text in words.items() if text)
    contact = ctx.public_name(ticket.poc or ctx.by) or f"{ctx.policy.vendor_name} support"
    return {
        "alone": not needs,
        "needs": needed_for(needs) if ticket.tier < Tier.CRITICAL else "",
        "contact": contact,
        "hint": hint(ticket, fields, ctx),
        "shown": words.get("answer", ""),
        "unverified": is_unverified(ticket, "\n".join(words.values()), ctx),
    }


def _sent_updates(ticket: Ticket) -> tuple[SentUpdate, ...]:
    return tuple(
        SentUpdate(draft.update_number or 0, draft.delivered_at, sent_words(draft))
        for draft in reversed(ticket.of(Updates).delivered_updates())
        if draft.delivered_at is not None
    )[:_MOST_UPDATES]


def _destination(ticket: Ticket) -> dict[str, object]:
    route = ticket.of(Road).route
    return {
        "channel_id": route.channel_id,
        "channel_name": route.channel_name,
        "addresses": ", ".join(route.addresses),
    }


def need_words(fields: list[tuple[str, str]]) -> None:
    """Refuse a field in which nothing stands that a reader sees.

    Raises:
        Correct: It names each such field.
    """
    empty = {name: render.line("error_required", {}) for name, text in fields if not text}
    if empty:
        raise Correct(**empty)


def written(
    form: TextForm, view: View, ticket: Ticket, ctx: Context
) -> tuple[tuple[str, str], ...]:
    """Return the fields of the text that a form makes.

    Raises:
        Correct: Nothing that a reader sees stands in one of them.
    """
    fields = [(name, normal(view.text(name))) for name in form.fields]
    need_words(fields)
    stamp = view.text("since_at")
    if stamp.isascii() and stamp.isdigit():
        since = outward(datetime.fromtimestamp(int(stamp), UTC), account_zone(ticket, ctx))
        fields.append(("for_you", f"Payments submitted since {since} may not be processed yet."))
    return tuple(fields)
