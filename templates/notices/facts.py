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
from protocols.notices.state import Notice, NoticeReplies, NoticeTelling
from protocols.updates.released import of_notice
from templates.account.facts import missed_lines
from templates.kit import outward
from templates.kit.links import Links
from templates.kit.presenting import presented, presents
from templates.kit.scene import Facts, read_of


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
    return template, presented(template, NoticeScene(record, ctx, links, params))


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
        "is_last": text.last,
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
        "now": read_of(scene.ctx, scene.params),
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
    cards = _cards(scene)
    return {
        "ref": scene.notice.about,
        "now": read_of(scene.ctx, scene.params),
        "since_at": scene.text.released_at,
        "accounts": ", ".join(card.name for card in cards),
        "accounts_count": len(cards),
        "callers": _callers(scene, cards),
    }


def _cards(scene: NoticeScene) -> list[AccountCard]:
    keys = scene.params["accounts"]
    found = [scene.telling.card(str(key)) for key in keys] if isinstance(keys, list) else []
    return [card for card in found if card is not None]


def _callers(scene: NoticeScene, cards: list[AccountCard]) -> str:
    found = (caller_of(card, scene.ctx) for card in cards)
    return ", ".join(dict.fromkeys(who.name for who in found if who is not None))


@presents("notice_reply")
def notice_reply(scene: NoticeScene) -> Facts:
    """Return what an account wrote, and by when it waits for an answer."""
    params, card = scene.params, scene.card
    since = scene.ctx.now if params["again"] else datetime.fromisoformat(str(params["wrote_at"]))
    return {
        "ref": scene.notice.about,
        "now": read_of(scene.ctx, scene.params),
        "account": card.name,
        "author": params["author"],
        "words": params["words"],
        "link": params["link"],
        "outside": params["outside"],
        "waits": params["waits"],
        "again": params["again"],
        "at": datetime.fromisoformat(str(params["wrote_at"])),
        "due_at": since + scene.ctx.policy.notice.answer_within,
        "value": f"{scene.notice.about}|{card.key}|{scene.notice.reference}",
    }


@presents("notice_altered")
def notice_altered(scene: NoticeScene) -> Facts:
    """Return what words in the thread of a notice were, and what they are."""
    names = ("author", "was", "words", "link")
    facts = {name: scene.params[name] for name in names}
    return {**facts, "ref": scene.notice.about, "account": scene.card.name}


@presents("notice_unanswered")
def notice_unanswered(scene: NoticeScene) -> Facts:
    """Return the accounts that wait for an answer, by name, and who was asked to give it."""
    cards = _cards(scene)
    waiting = scene.notice.of(NoticeReplies).waiting
    keys = [card.key for card in cards]
    return {
        "ref": scene.notice.about,
        "now": read_of(scene.ctx, scene.params),
        "since_at": min(
            (reply.at for reply in waiting if reply.account in keys), default=scene.ctx.now
        ),
        "accounts": ", ".join(card.name for card in cards),
        "accounts_count": len(cards),
        "callers": _callers(scene, cards),
    }


@presents("notice_promise")
def notice_promise(scene: NoticeScene) -> Facts:
    """Return by when the next words were promised, to how many."""
    return {
        "ref": scene.notice.about,
        "now": read_of(scene.ctx, scene.params),
        "due_at": scene.text.next_at or scene.ctx.now,
        "is_late": scene.params["is_late"],
        "is_mistake": not scene.notice.is_open and scene.telling.text is None,
        "accounts_count": len(scene.telling.accounts),
    }


@presents("notice_over")
def notice_over(scene: NoticeScene) -> Facts:
    """Return which accounts have words that were recalled, of a matter that is over."""
    cards = _cards(scene)
    return {
        "ref": scene.notice.about,
        "accounts": ", ".join(card.name for card in cards),
        "accounts_count": len(cards),
    }


@presents("notice_said")
def notice_said(scene: NoticeScene) -> Facts:
    """Return that what was promised to many was released, and whether it was the last."""
    ending = cast("Became", scene.params["ending"])
    return {
        "ref": scene.notice.about,
        "now": read_of(scene.ctx, scene.params),
        "word": ending.word,
        "at": ending.at,
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
