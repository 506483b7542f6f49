"""Opening a ticket: the ways in, the live form, and its submission.

Source: S80, S170, S178, S182; words.md 1 and 2.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from handlers.kit import replies
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, MessageShortcut, Options, Press, Shortcut, Submission, View
from handlers.kit.grammar import DESCRIPTION_MAX, readable, summary_and_description
from handlers.kit.journey import actor_of, refusal
from handlers.kit.ports import Answers, Desk, Glance, NotSaved
from handlers.kit.replies import NOTED, Answer, Correct
from handlers.slack.account import OPTIONS_MOST, found_accounts, option
from handlers.slack.opening import answer as opened_answer
from handlers.slack.opening import facts as opening_facts
from handlers.slack.opening import form as opening_form
from handlers.slack.opening.facts import OpeningScene
from handlers.slack.opening.form import NOT_IN_THE_LIST, OpeningForm
from protocols.classification.events import Classify
from protocols.contact.refusals import NotACsm
from protocols.kernel.context import Context
from protocols.opening.events import OpenTicket
from protocols.opening.refusals import SecondCritical
from protocols.people.people import Standing
from protocols.rights.guards import need_staff
from protocols.scales import NoticedBy
from protocols.words.masking import masked_and_cut
from templates.kit import render
from templates.opening.words import (
    FORM_ACCOUNT,
    FORM_CONFIRMED,
    FORM_IMPACT_MONEY,
    FORM_IMPACT_PAYMENTS,
    FORM_IMPACT_PLATFORM,
    FORM_NOTICED,
    FORM_OPEN,
    FORM_SEE_TEXT,
    FORM_SIGNAL,
    VIEW_OPEN_TICKET,
)
from templates.replies.attached import sized

LARGEST_FILE = 25_000_000
SHORTCUT_OPEN = "ticket.open"
SHORTCUT_OPEN_FROM_MESSAGE = "ticket.open_from_message"


_LOGGER = logging.getLogger(__name__)


def open_form(desk: Answers, gesture: Gesture, form: OpeningForm) -> Answer:
    """Open the form for one of us.

    Raises:
        Outside: The one who asks is not one of us.
        Busy: Too many gestures wait.
    """
    ctx = desk.context(actor_of(desk, gesture), form.key)
    need_staff(ctx)
    shown = opening_facts.view(opening_facts.scene(desk, form, ctx))
    return replies.show_view(desk, gesture, shown)


def open_with_words(desk: Answers, gesture: Gesture, text: str, source: str = "command") -> Answer:
    """Open the form with what was typed as its summary, and the channel's account filled in."""
    summary, description = summary_and_description(text)
    account_key = desk.account_of_channel(gesture.channel_id) if gesture.channel_id else None
    form = OpeningForm(
        account_key=account_key or "", summary=summary, description=description, source=source
    )
    return open_form(desk, gesture, form)


def _from_button(desk: Answers, press: Press) -> Answer:
    """Open the form from the help: the button carries the words."""
    return open_with_words(desk, press, "|".join(press.value))


def _from_shortcut(desk: Answers, shortcut: Shortcut) -> Answer:
    return open_form(desk, shortcut, OpeningForm(source="shortcut"))


def _from_message(desk: Answers, shortcut: MessageShortcut) -> Answer:
    """Open the form for a message; one of the account's people wrote it, so they told us."""
    author = desk.actor(shortcut.author_team_id or None, shortcut.author_id)
    told = desk.who(shortcut.author_id) is None and author.standing is not Standing.MEMBER
    account_key = desk.account_of_channel(shortcut.channel_id) or author.account
    written = readable(shortcut.text)
    form = OpeningForm(
        account_key=account_key or "",
        noticed=NoticedBy.ACCOUNT if told else NoticedBy.US,
        summary=summary_and_description(written)[0],
        description=masked_and_cut(written, DESCRIPTION_MAX),
        source="message",
        source_link=_link_of(desk, shortcut),
    )
    return open_form(desk, shortcut, form)


def _link_of(desk: Glance, shortcut: MessageShortcut) -> str:
    """Return the address of a message, with its thread, as Slack itself writes it."""
    link = desk.permalink(shortcut.channel_id, shortcut.message_ts).replace("|", "")
    if not link or shortcut.thread_ts in ("", shortcut.message_ts):
        return link
    return f"{link}?thread_ts={shortcut.thread_ts}&cid={shortcut.channel_id}"


def _search(desk: Glance, typed: Options) -> Answer:
    """Find accounts; the last entry opens without one. People outside find nothing."""
    if actor_of(desk, typed).standing is not Standing.MEMBER:
        return {"options": []}
    last = option(NOT_IN_THE_LIST, render.line("not_in_the_list", {}))
    return {"options": [*found_accounts(desk, typed, most=OPTIONS_MOST - 1), last]}


def _changed(desk: Answers, press: Press) -> Answer:
    """Show what a changed field changes; everything typed stays where it is."""
    view = _view_of(press)
    form = opening_form.read(view)
    if press.action == FORM_SIGNAL:
        form = opening_form.with_signal(form)
    seen = _scene(desk, press, form)
    desk.interactive.update_view(view.id, opening_facts.view(seen), view_hash=view.hash or None)
    return NOTED


def _see_text(desk: Desk, press: Press) -> Answer:
    """Show the acknowledgment as it would be sent, over the form."""
    seen = _scene(desk, press, opening_form.read(_view_of(press)))
    return replies.show_view(desk, press, opened_answer.preview(desk, seen))


def _submit(desk: Desk, submission: Submission) -> Answer:
    """Open the ticket, once, if the screen showed what will happen."""
    form = opening_form.read(submission.view)
    seen = _scene(desk, submission, form)
    _refuse_fields(seen)
    if form.shown != seen.shown:
        warning = render.line("error_changed", {"tier": int(form.tier)})
        return replies.updated(_with_warning(opening_facts.view(seen), warning))
    category = form.category_or_preset(seen.kind)
    if category is None:
        raise Correct(category=render.line("error_required", {}))
    contact = _contact(desk, seen)
    command: OpenTicket | Classify = form.command(submission.team_id, category, contact)
    if form.reference:
        command = form.classifies(category, contact)
    try:
        opened = desk.submit(command, seen.ctx.actor, delivery=submission.delivery)
    except SecondCritical as refused:
        return _warn(desk, submission, seen, refused)
    except NotSaved as reason:
        _LOGGER.warning("A ticket was not saved")
        raise Correct(account=render.line("error_not_saved", {})) from reason
    return opened_answer.answer(desk, submission.view.id, opened, seen.ctx)


def _refuse_fields(seen: OpeningScene) -> None:
    form = seen.form
    wrong: dict[str, str] = {}
    # An account can leave the directory while the form stands open.
    if not form.account_key or (form.key and seen.account is None):
        wrong["account"] = render.line("error_account_missing", {})
    if not form.summary.strip():
        wrong["summary"] = render.line("error_required", {})
    large = max(form.files, key=lambda file: file.size, default=None)
    if large is not None and large.size > LARGEST_FILE:
        facts = {"file": large.name, "size": sized(large.size)}
        wrong["files"] = render.line("error_file_too_large", facts)
    if wrong:
        raise Correct(**wrong)


def _contact(desk: Glance, seen: OpeningScene) -> str | None:
    """Return the chosen contact's key.

    Raises:
        NotACsm: Nobody we know stands in the field.
    """
    if not seen.form.contact_id:
        return None
    chosen = desk.who(seen.form.contact_id)
    if chosen is None:
        raise NotACsm(person="This person")
    return chosen.key


def _warn(
    desk: Glance, submission: Submission, seen: OpeningScene, refused: SecondCritical
) -> Answer:
    """Say that the account has a young critical ticket; the next press opens another."""
    sentence = refusal(desk, submission, refused)
    warned = replace(seen.form, warned=seen.form.key or NOT_IN_THE_LIST)
    shown = opening_facts.view(replace(seen, form=warned))
    return replies.updated(_with_warning(shown, sentence))


def _with_warning(view: dict[str, object], sentence: str) -> dict[str, object]:
    """Return the form with a sentence on top of it."""
    block = {
        "type": "section",
        "block_id": "warning",
        "text": {"type": "mrkdwn", "text": f":warning: {sentence}", "verbatim": True},
    }
    blocks = view["blocks"]
    return view | {"blocks": [block, *blocks]} if isinstance(blocks, list) else view


def _scene(desk: Glance, gesture: Gesture, form: OpeningForm) -> OpeningScene:
    ctx: Context = desk.context(actor_of(desk, gesture), form.key)
    need_staff(ctx)
    return opening_facts.scene(desk, form, ctx)


def _view_of(press: Press) -> View:
    if press.view is None:
        raise ValueError("a field of the form was changed outside of a form")
    return press.view


DOORS = Doors(
    presses={
        FORM_OPEN: _from_button,
        FORM_ACCOUNT: _changed,
        FORM_SIGNAL: _changed,
        FORM_IMPACT_PLATFORM: _changed,
        FORM_IMPACT_MONEY: _changed,
        FORM_IMPACT_PAYMENTS: _changed,
        FORM_CONFIRMED: _changed,
        FORM_NOTICED: _changed,
        FORM_SEE_TEXT: _see_text,
    },
    submissions={
        VIEW_OPEN_TICKET: _submit,
    },
    options={
        FORM_ACCOUNT: _search,
    },
    shortcuts={
        SHORTCUT_OPEN: _from_shortcut,
    },
    message_shortcuts={
        SHORTCUT_OPEN_FROM_MESSAGE: _from_message,
    },
)
