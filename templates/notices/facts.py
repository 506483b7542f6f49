"""The facts of a notice: its words in each account's zone, and for who calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from protocols.account.events import AccountCard
from protocols.kernel.context import Context
from protocols.kernel.endings import Became
from protocols.notices.events import NoticeText
from protocols.notices.routing import caller_of
from protocols.notices.state import Notice, NoticeTelling
from protocols.updates.released import of_notice
from templates.account.facts import missed_lines
from templates.kit import outward
from templates.kit.errors import TemplateBroken
from templates.kit.links import Links
from templates.kit.presenting import PRESENTERS, presents
from templates.kit.scene import Facts


@dataclass(frozen=True, slots=True)
class NoticeScene:
    """One notice at one instant, as words see it; ``params`` are the effect's own."""

    notice: Notice
    ctx: Context
    links: Links
    params: Mapping[str, object]

    @property
    def telling(self) -> NoticeTelling:
        """Return the texts, the accounts, and how far each is."""
        return self.notice.of(NoticeTelling)

    @property
    def text(self) -> NoticeText:
        """Return the words that the effect is about.

        Raises:
            LookupError: The notice has no such words.
        """
        found = self.telling.text_of(int(str(self.params["text"])))
        if found is None:
            raise LookupError(f"no text {self.params['text']} in {self.notice.reference}")
        return found

    @property
    def card(self) -> AccountCard:
        """Return the account that the effect is about.

        Raises:
            LookupError: The notice does not list it.
        """
        found = self.telling.card(str(self.params["account"]))
        if found is None:
            raise LookupError(f"no account {self.params['account']} in {self.notice.reference}")
        return found


def rendering(
    template: str, params: Mapping[str, object], record: Notice, ctx: Context, links: Links
) -> tuple[str, Facts]:
    """Return the template of a notice's effect, and the facts that fill it.

    Raises:
        TemplateBroken: Nothing gathers its facts, or the notice lacks what it speaks of.
    """
    presenter = PRESENTERS.get(template)
    if presenter is None:
        raise TemplateBroken(template, "nothing gathers its facts")
    try:
        return template, presenter(NoticeScene(record, ctx, links, params))
    except LookupError as reason:
        raise TemplateBroken(template, f"{type(reason).__name__}: {reason}") from reason


@presents("notice")
def notice(scene: NoticeScene) -> Facts:
    """Return the released words, with times in the account's zone, and its own contact."""
    text, card = scene.text, scene.card
    return {
        **outward.of_notice(scene.ctx, scene.links, scene.notice.about, card),
        "at": text.released_at,
        "known": of_notice(text, "known"),
        "doing": of_notice(text, "doing"),
        "for_you": of_notice(text, "for_you"),
        "next_update_at": text.next_at,
        "replaces_at": _replaced_at(scene, card, text),
    }


def _replaced_at(scene: NoticeScene, card: AccountCard, text: NoticeText) -> datetime | None:
    """Return when the recalled words were released that an account has, None without any."""
    found = scene.telling.replaced(card.key, text.number)
    return found.released_at if found is not None else None


@presents("notice_call")
def notice_call(scene: NoticeScene) -> Facts:
    """Return the words that are read to an account, and its phone."""
    card = scene.card
    phones = (contact.phone for contact in card.contacts if contact.phone)
    return {
        **notice(scene),
        "account": card.name,
        "phone": next(phones, ""),
        "value": f"{scene.notice.about}|{card.key}",
    }


@presents("notice_settled")
def notice_settled(scene: NoticeScene) -> Facts:
    """Return what became of a call that somebody was asked to make."""
    ending = cast("Became", scene.params["ending"])
    return {
        "ref": scene.notice.about,
        "account": scene.card.name,
        "now": scene.ctx.now,
        "word": ending.word,
        "person": ending.by.name if ending.by is not None else "",
        "at": ending.at,
    }


@presents("notice_recalled")
def notice_recalled(scene: NoticeScene) -> Facts:
    """Return which account is not to be called."""
    return {"ref": scene.notice.about, "account": scene.card.name}


@presents("notice_held")
def notice_held(scene: NoticeScene) -> Facts:
    """Return which account has not got the words, and why they were held back."""
    why = str(scene.params["why"]).replace("_", " ")
    return {"ref": scene.notice.about, "account": scene.card.name, "why": why}


@presents("notice_late")
def notice_late(scene: NoticeScene) -> Facts:
    """Return the accounts that have not got the words, by name, and who was asked to call."""
    keys = scene.params["accounts"]
    found = [scene.telling.card(str(key)) for key in keys] if isinstance(keys, list) else []
    cards = [card for card in found if card is not None]
    callers = (caller_of(card, scene.ctx) for card in cards)
    return {
        "ref": scene.notice.about,
        "now": scene.ctx.now,
        "since_at": scene.text.released_at,
        "accounts": ", ".join(card.name for card in cards),
        "accounts_count": len(cards),
        "callers": ", ".join(dict.fromkeys(who.name for who in callers if who is not None)),
    }


@presents("notice_promise")
def notice_promise(scene: NoticeScene) -> Facts:
    """Return by when the next words were promised, to how many."""
    return {
        "ref": scene.notice.about,
        "now": scene.ctx.now,
        "due_at": scene.text.next_at or scene.ctx.now,
        "is_late": scene.params["is_late"],
        "accounts_count": len(scene.telling.accounts),
    }


@presents("notice_missed")
def notice_missed(scene: NoticeScene) -> Facts:
    """Return which of an account's addresses the words did not reach, and why."""
    card = scene.card
    return {
        "ref": scene.notice.about,
        "account": card.name,
        "missed": missed_lines(scene.params, card.contacts),
    }
