"""What people are after: short rows of wishes that lead to what chance alone seldom reaches.

A wish is followed when it can be; between two of them anything else may happen. Nobody plays their
part out: a goal is forgotten as soon as one of its wishes cannot be had.
"""

from __future__ import annotations

from dataclasses import dataclass

PRESS, FILL, TYPE, WALK, INVITE, SAY_EDIT = "press", "fill", "type", "walk", "invite", "edit"
OPEN, WRITE = "open", "write"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is wanted next.

    Attributes:
        kind: A press, the form in front, a command, a walk of the clock, an opening, what an
            account writes.
        what: The button's action, the command's text, how far, the way, the words. A command names
            the first ticket, the last one, and the one before the last.
    """

    kind: str
    what: str = ""


def _presses(*actions: str) -> tuple[Wish, ...]:
    """Return wishes for buttons; ``*`` is the form that one opens, ``+`` one more in the bridge."""
    signs = {"*": Wish(FILL), "+": Wish(INVITE)}
    return tuple(signs.get(each) or Wish(PRESS, each) for each in actions)


_DUE = (Wish(WALK, "due"),)
_DAY = (Wish(WALK, "86400"),)
_SHOWN = (Wish(TYPE, "/ticket show {ref}"),)
_UPDATE = _presses("update.draft", "*", "+", "update.release")
_PARTNER, _OF_ACME = Wish(OPEN, "tier 1 of a partner"), Wish(OPEN, "tier 1")
_PROBLEM = (
    _PARTNER, Wish(TYPE, "/ticket link {last} {first} problem"),
    Wish(TYPE, "/ticket resolve {first}"), Wish(FILL), Wish(PRESS, "update.release"),
)  # fmt: skip
_MERGED = (_OF_ACME, _OF_ACME, Wish(TYPE, "/ticket merge {last} {before}"))
_REVIEW = (Wish(TYPE, "/ticket review {first}"), Wish(FILL))
_SHOWN_LAST = Wish(TYPE, "/ticket show {last}")
_COMPLAINT = Wish(WRITE, "This is a formal complaint. {}")
_RESOLVED = _presses("ticket.resolve", "*", "+", "update.release")

GOALS: dict[str, tuple[Wish, ...]] = {
    "an update": _UPDATE,
    "two updates": (*_UPDATE, *_DUE, *_UPDATE),
    "other words": _presses(
        "update.draft", "*", "update.suggest", "*", "update.use_suggested", "update.release"
    ),
    "sent back": _presses(
        "update.draft", "*", "update.send_back", "*", "update.draft", "*", "update.release"
    ),
    "a correction": (*_UPDATE, *_presses("update.correct", "*", "update.release")),
    "nothing new": (*_UPDATE, *_presses("say.open", "fixed.no_change")),
    "late": (*_UPDATE, *_DUE, *_presses("say.open", "fixed.late")),
    "holding": _presses("say.open", "fixed.holding"),
    "found by us": _presses("say.open", "fixed.acknowledge"),
    "resolution": (*_RESOLVED, *_presses("solved.yes")),
    "the end": (
        *_RESOLVED, *_presses("solved.yes"), *_DAY * 4, *_presses("analysis.open", "*"),
        *_DUE, *_DAY, *_DUE,
    ),
    "still wrong": (*_RESOLVED, *_presses("solved.no", "*")),
    "silence": (*_RESOLVED, *_DAY, *_DAY, *_DAY, *_DAY, *_DAY, *_DUE),
    "reopened": (*_RESOLVED, *_DAY, Wish(TYPE, "/ticket reopen {ref} {words}")),
    "closed without a word": (
        *_presses("called.open", "*"), *_RESOLVED, *_DAY * 4, *_presses("called.open", "*"),
        Wish(TYPE, "/ticket close {ref} {words}"),
    ),
    "by phone": (*_RESOLVED, *_SHOWN, *_presses("say.open", "words.open", "*")),
    "their words": _presses("say.open", "words.open", "*"),
    "a note": (*_SHOWN, *_presses("note.open", "*")),
    "it blocks": _presses("account.blocked", "bridge.go"),
    "a mistake": (*_presses("ticket.mistake", "*", "update.release"), *_DAY),
    "a decision": _presses("decision.open", "*", "exec.decide"),
    "a decision too late": (*_presses("decision.open", "*"), *_DUE, *_DUE),
    "a hold": _presses("hold.place", "*", "hold.stopped", "*", "hold.clear", "*"),
    "a hold between": (
        *_presses("update.draft", "*", "hold.place", "*", "update.release"),
    ),
    "the page": _presses("status_page.open", "*", "update.release", "status_page.on"),
    "outreach": _presses("outreach.accounts", "*", "outreach.draft", "*", "update.release"),
    "exposure": _presses("exposure.open", "*", "finding.open", "*", "isolated.open", "*"),
    "not possible": _presses("isolated.open", "isolated.not_possible", "*"),
    "scope": _presses("scope.open", "*", "bridge.bring_in", "call.started", "bridge.go"),
    "a crowd": (*(Wish(INVITE),) * 9, *_presses("bridge.keep", "*", "bridge.ask_to_leave")),
    "lower": (
        Wish(TYPE, "/ticket tier {ref} 3 {words}"), Wish(FILL),
        Wish(TYPE, "/ticket tier {ref} 2 {words}"), Wish(FILL),
    ),
    "raise": (*_presses("tier.open", "*"), *_DUE),
    "altered": (Wish(SAY_EDIT), Wish(SAY_EDIT)),
    "a certificate": _presses("ticket.certificate", "certificate.post"),
    "sorted anew": (
        Wish(TYPE, "/ticket change {ref}"), Wish(FILL),
        Wish(TYPE, "/ticket change {ref}"), Wish(FILL),
    ),
    "one problem of two": (*_PROBLEM, *_DUE, *_DUE, *_DAY),
    "a problem to name": (*_PROBLEM, *_DUE, *_DAY, *_DAY, *_presses("cause.open", "*")),
    "a problem held up": (
        _PARTNER, Wish(TYPE, "/ticket link {last} {first} problem"),
        Wish(TYPE, "/ticket hold {last} {words}"), Wish(FILL),
        Wish(TYPE, "/ticket resolve {first}"), Wish(FILL), Wish(PRESS, "update.release"),
        *_DUE, *_DAY, *_presses("problems.answer"),
    ),
    "merged": (*_MERGED, *_DAY, *_DAY),
    "merged and undone": (
        *_MERGED, Wish(TYPE, "/ticket show {before}"), *_presses("relations.undo"), *_DUE,
    ),
    "linked in a form": (*_SHOWN, _OF_ACME, _SHOWN_LAST, *_presses("relations.open", "*")),
    "another team": (*_REVIEW, *_presses("second_review.answer", "*")),
    "another team is silent": (
        *_REVIEW, *_DUE, *_DAY, *_DAY, *_presses("second_review.drop", "*"),
    ),
    "the checklist": (
        Wish(OPEN, "tier 2"), _SHOWN_LAST, *_presses("checklist.open", "*"), *_DAY, *_DAY,
    ),
    "a sync": (
        Wish(OPEN, "tier 2 of an ERP"), _SHOWN_LAST, *_presses("checklist.open", "*"),
        *_DAY, *_presses("sync.passed"),
    ),
    "a flag": (Wish(TYPE, "/ticket change {first}"), Wish(FILL), *_presses("flag.take"), *_DUE),
    "a complaint": (_COMPLAINT, *_DUE, *_presses("flag.yes", "flag.take")),
    "no complaint": (_COMPLAINT, *_presses("flag.no")),
    "followed": (
        Wish(TYPE, "/ticket follow {first}"), Wish(TYPE, "/ticket tier {first} 4 {words}"),
        Wish(FILL), *_presses("follow.stop"),
    ),
    "a young one": (Wish(TYPE, "/ticket {words}"), Wish(PRESS, "form.go_to")),
}  # fmt: skip
