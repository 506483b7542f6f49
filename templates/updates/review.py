"""The facts of a text on its way through review. Source: words, 4.10."""

from __future__ import annotations

from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.outreach.rules import others
from protocols.problems.state import Problem
from protocols.updates.approval import hash_of
from protocols.updates.checking import COUNTED, FIELD_LABELS, checked, hints
from protocols.updates.events import DraftKind
from protocols.updates.hands import may_release_now
from protocols.updates.releasing import next_update_number
from protocols.updates.state import Draft
from protocols.words.normal_form import normal_fields
from templates.account.outbound import draft_words
from templates.kit.marks import is_user
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.updates.facts import draft_of


def entries(scene: Scene, fields: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a text with their names on screen."""
    reference = scene.ticket.reference
    withdrawal = f"Please disregard our message with reference {reference}. No action is needed."
    return tuple(
        (FIELD_LABELS[name], withdrawal if name == "disregard" else words)
        for name, words in fields
        if words
    )


@presents("review")
def review(scene: Scene) -> Facts:
    """Return the whole text and where it goes, so that one reads what one releases."""
    draft = draft_of(scene)
    outcome = checked(scene.ticket, draft.fields, scene.ctx)
    return {
        **scene.common(),
        **_destination(scene, draft),
        "what": draft.kind.value,
        "number": _number(scene, draft),
        "corrects": draft.corrects,
        "draft_number": draft.number,
        "due_at": _due_at(scene, draft),
        "next_update_at": draft.next_at,
        "written_by": draft.written_by.name,
        "entries": entries(scene, normal_fields(draft.fields)),
        "asked_reason": draft.asked_reason,
        "hint": " ".join(each.sentence for each in hints(scene.ticket, draft.fields, scene.ctx)),
        "by_hand": draft.kind is DraftKind.STATUS_PAGE and not scene.ctx.status_hook,
        "checks_passed": outcome.passed,
        "checks_total": outcome.of,
        "releasers": _releasers(scene, draft),
        "shown_to": _shown_to(scene, draft),
        "text_hash": hash_of(draft),
    }


def _releasers(scene: Scene, draft: Draft) -> str:
    """Return who may release a text; whoever reads it alone, and may, is named first."""
    named, reader = scene.can_release(draft), str(scene.param("person") or "")
    if reader not in may_release_now(scene.ticket, draft, scene.ctx):
        return named
    others = (name for name in named.split(", ") if name not in ("", scene.name(reader)))
    return ", ".join(("you", *others))


def _shown_to(scene: Scene, draft: Draft) -> str:
    """Return the Slack users to whom **Release** is shown; empty where all who read it see it.

    Who may release later sees **Review**, and the words with it as of then. Source: M27, D22.
    """
    if scene.param("person"):
        return ""
    known = scene.links.slack_ids
    ids = (known.get(key, key) for key in may_release_now(scene.ticket, draft, scene.ctx))
    return " ".join(dict.fromkeys(each for each in ids if is_user(each)))


def _number(scene: Scene, draft: Draft) -> int:
    """Return the number that the update gets, or has."""
    if draft.update_number is not None:
        return draft.update_number
    return next_update_number(scene.ticket)


def _due_at(scene: Scene, draft: Draft) -> datetime | None:
    return scene.due_to_account_at if draft.kind in (*COUNTED, DraftKind.RESOLUTION) else None


def _destination(scene: Scene, draft: Draft) -> Facts:
    route = scene.ticket.of(Road).route
    public = draft.kind in (DraftKind.OUTREACH, DraftKind.STATUS_PAGE)
    in_channel = route.kind is RouteKind.CHANNEL and not public
    return {
        "channel_id": route.channel_id if in_channel else "",
        "channel_name": route.channel_name if in_channel else "",
        "outside_count": route.outside_count,
        "addresses_count": len(route.addresses) if route.kind is RouteKind.MAIL and not public
        else 0,
        "accounts_count": len(others(scene.ticket)),
        "also": ", ".join(_also(scene, draft)),
        "also_count": len(_also(scene, draft)),
    }  # fmt: skip


def _also(scene: Scene, draft: Draft) -> tuple[str, ...]:
    """Return the tickets with the same problem that the words resolve, too."""
    problem = scene.ticket.of(Problem)
    return problem.planned if problem.number == draft.number else ()


@presents("prompt_review")
def prompt_review(scene: Scene) -> Facts:
    """Return since when a text waits, and until when it may."""
    draft = draft_of(scene)
    return {
        **scene.common(),
        "number": draft.number,
        "since_at": draft.review_since,
        "due_at": _due_at(scene, draft),
    }


@presents("suggested")
def suggested(scene: Scene) -> Facts:
    """Return the other words, and whose they are."""
    draft = draft_of(scene)
    by = draft.suggested_by
    return {
        **scene.common(),
        "draft_number": draft.number,
        "entries": entries(scene, draft.suggested),
        "suggested_by": by.name if by is not None else scene.manager_name,
    }


@presents("sent_back")
def sent_back(scene: Scene) -> Facts:
    """Return why a text came back, and from whom: the one who acts now."""
    draft = draft_of(scene)
    return {
        **scene.common(),
        "draft_number": draft.number,
        "what": draft.kind.value,
        "sent_back_by": scene.ctx.by.name,
        "why": draft.sent_back_why,
        "due_at": scene.due_to_account_at,
    }


@presents("prompt_read")
def prompt_read(scene: Scene) -> Facts:
    """Return released words that only a call brings to the account, and whom to call."""
    draft = draft_of(scene)
    return {
        **scene.common(),
        "entries": entries(scene, normal_fields(draft.fields)),
        "next_update_at": draft.next_at,
        "phone": scene.account_phone,
        "what": draft_words(draft),
    }


@presents("over_line")
def over_line(scene: Scene) -> Facts:
    """Return which text is not to be released any more, and where the ticket stands."""
    return {
        **scene.common(),
        "what": draft_words(draft_of(scene)),
        "why": scene.param("why"),
    }
