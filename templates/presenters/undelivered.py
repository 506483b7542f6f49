"""This file owns what is said of words that did not arrive, are held back, or are on their way.

Only words addressed to the account count as not delivered to it, each text once; of all else it is
said who was not reached.
"""

from __future__ import annotations

from protocols.rules import outbound
from protocols.rules.updates import ALIVE, STATUSES
from protocols.slices import Calls, Decisions, Deliveries, Road, Updates
from protocols.ticket import Draft, DraftKind, DraftState, RouteKind
from templates import titles
from templates.presenters.registry import presents
from templates.presenters.scene import Facts, Scene

TO_ACCOUNT = {
    "ack": "the acknowledgment",
    "holding": "the holding line",
    "no-change": "the update without change",
    "late": "the word that we are late",
    "escalated": "the escalation notice",
    "reminder": "the question whether it is solved",
    "reopened": "the word that it is open again",
    "confirmed": "the thanks",
    "closed-unconfirmed": "the word that it is closed",
}
INSIDE = {
    "bridge": "the bridge's channel",
    "card": "the card",
    "vendor": "the mail to the processor contact",
    "pin": "the pin of the card",
    "topic": "the bridge's topic",
    "bookmark": "the link of the call",
    "archive": "the bridge's archiving",
}


def subject(scene: Scene, key: str) -> str:
    """Return what an effect's key stands for, in words."""
    words = outbound.words_of(scene.ticket.reference, key)
    if words is not None and words.name != "vendor":
        draft = scene.ticket.of(Updates).draft(words.number) if words.name == "text" else None
        return TO_ACCOUNT.get(words.name, "") or (_of_draft(draft) if draft else "the text")
    first, _, rest = key.removeprefix(f"{scene.ticket.reference}/").partition("/")
    if first.startswith("brief"):
        return f"the brief to {scene.name(rest.partition('/')[0])}"
    if first == "invite":
        return f"the invitation of {scene.name(rest.partition('/')[0])}"
    if first == "decision":
        return _of_decision(scene, rest)
    return INSIDE.get(first) or _of_message(scene, key, first)


def _of_draft(draft: Draft) -> str:
    if draft.update_number is not None:
        return f"update {draft.update_number}"
    if draft.kind is DraftKind.UPDATE:
        return f"the update (draft {draft.number})"
    return f"the {titles.draft_title(draft.kind.value).lower()}"


def _of_message(scene: Scene, key: str, first: str) -> str:
    person = dict(scene.ticket.of(Deliveries).unreached).get(key, "")
    if person:
        return f"a message to {scene.name(person)}"
    if key.endswith("/manager"):
        return "a message to the CS manager"
    return f"a message ({first.replace('-', ' ')})"


def _of_decision(scene: Scene, rest: str) -> str:
    number, _, what = rest.partition("/")
    found = scene.ticket.of(Decisions).decision(int(number)) if number.isdecimal() else None
    if found is None:
        return "a message (decision)"
    if what == "answer":
        return f"the word to {found.asked_by.name} on the decision"
    return f"the question to {found.asked_of.name}" + (" by mail" if what == "mail" else "")


def for_account(scene: Scene) -> str:
    """Return the words for the account that were refused for good, and not told by phone since.

    Empty when all arrived, or somebody has called.
    """
    return _listed(
        scene,
        scene.ticket.of(Deliveries).dead[scene.ticket.of(Calls).dead_when_called :],
        outside=True,
    )


def was_told_by_phone(scene: Scene) -> bool:
    """Say whether somebody has called since the last words for the account were refused."""
    told = scene.ticket.of(Deliveries).dead[: scene.ticket.of(Calls).dead_when_called]
    return any(_is_missing(scene, key) for key in told) and not for_account(scene)


def inside(scene: Scene) -> str:
    """Return everything else that was refused for good; empty when all arrived."""
    return _listed(scene, scene.ticket.of(Deliveries).dead, outside=False)


def _listed(scene: Scene, keys: tuple[str, ...], *, outside: bool) -> str:
    ticket = scene.ticket
    chosen = (
        key
        for key in keys
        if (_is_missing(scene, key) if outside else outbound.for_account(ticket, key) is None)
    )
    return ", ".join(dict.fromkeys(subject(scene, key) for key in chosen))


def _is_missing(scene: Scene, key: str) -> bool:
    """Say whether an effect carried words for the account that it has not got by another road."""
    words = outbound.for_account(scene.ticket, key)
    return words is not None and not outbound.has_arrived(scene.ticket, words)


def leaving(scene: Scene) -> Draft | None:
    """Return the newest released text that is on its way out, None when none is."""
    ticket = scene.ticket
    return next((draft for draft in reversed(ticket.of(Updates).drafts)
                 if draft.state is DraftState.RELEASED and draft.kind is not DraftKind.OUTREACH
                 and draft.poster is None and not outbound.is_dead(ticket, draft)
                 and (ticket.of(Road).route.kind is not RouteKind.NONE or draft.kind in outbound.PUBLIC)),
                None)  # fmt: skip


def on_its_way(scene: Scene) -> Facts:
    """Return what is on its way out, and under which number it may be recalled."""
    draft = leaving(scene)
    if draft is None:
        return {
            "leaving": "",
            "leaving_number": None,
            "leaving_public": False,
            "leaving_recalled": False,
        }
    return {
        "leaving": _of_draft(draft),
        "leaving_number": draft.number,
        "leaving_public": draft.kind in outbound.PUBLIC,
        "leaving_recalled": draft.recalled_at is not None,
    }


@presents("delivery_buried")
def delivery_buried(scene: Scene) -> Facts:
    """Return what did not arrive, why, and who does not have it."""
    key, whom = scene.param("key"), scene.param("whom")
    return {
        **scene.common(),
        "what": subject(scene, key),
        "error": scene.param("error"),
        "to_account": outbound.for_account(scene.ticket, key) is not None,
        "person": scene.name(whom) if whom else "",
    }


def is_public(scene: Scene, key: str) -> bool:
    """Say whether an effect's words are for more than the ticket's account."""
    draft = _draft_of(scene, key)
    return draft is not None and draft.kind in outbound.PUBLIC


def _draft_of(scene: Scene, key: str) -> Draft | None:
    words = outbound.words_of(scene.ticket.reference, key)
    return (
        scene.ticket.of(Updates).draft(words.number)
        if words is not None and words.name == "text"
        else None
    )


@presents("withdrawn_line")
def withdrawn_line(scene: Scene) -> Facts:
    """Return which words were held back, and why."""
    key = scene.param("key")
    draft = _draft_of(scene, key)
    in_review = draft is not None and draft.state is DraftState.REVIEW
    may_leave = draft is not None and scene.ticket.status in STATUSES.get(draft.kind, ALIVE)
    return {
        **scene.common(),
        "what": subject(scene, key),
        "withdrawn_why": scene.param("why"),
        "public": is_public(scene, key),
        "in_review": in_review and may_leave,
        "draft_number": draft.number if draft is not None else None,
    }


@presents("recalled_late")
def recalled_late(scene: Scene) -> Facts:
    """Return which words had left before they were recalled, and since when they are there."""
    draft = scene.ticket.of(Updates).draft(scene.number("draft"))
    if draft is None:
        raise LookupError("the ticket has no such text")
    return {
        **scene.common(),
        "what": _of_draft(draft),
        "public": draft.kind in outbound.PUBLIC,
        "at": draft.delivered_at,
    }


@presents("road_lost")
def road_lost(scene: Scene) -> Facts:
    """Return by which road the account is written to from now on."""
    return {
        **scene.common(),
        "error": scene.param("error"),
        "no_route": scene.has_no_route,
        "mail_contact": scene.mailed_to,
    }
