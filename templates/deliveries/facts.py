"""What is said of words that did not arrive: to the account, and inside."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.account import outbound
from protocols.deliveries.state import Deliveries
from protocols.fixed_texts.sending import can_acknowledge_again
from protocols.replies.state import Calls
from templates.account.facts import missed_lines
from templates.account.outbound import subject_of
from templates.deliveries.causes import why
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


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
    known = scene.ticket.of(Deliveries)
    waits = tuple(key for key in known.dead if key not in known.told)
    return _listed(scene, waits, outside=False)


def _listed(scene: Scene, keys: tuple[str, ...], *, outside: bool) -> str:
    ticket = scene.ticket
    chosen = (
        key
        for key in keys
        if (_is_missing(scene, key) if outside else outbound.for_account(ticket, key) is None)
    )
    return ", ".join(dict.fromkeys(subject_of(scene, key) for key in chosen))


def _is_missing(scene: Scene, key: str) -> bool:
    """Say whether an effect carried words for the account that it has not got by another road."""
    words = outbound.for_account(scene.ticket, key)
    return words is not None and not outbound.has_arrived(scene.ticket, words)


SHOWN = 12
"""So many lines of what did not arrive have room in one message."""
HELP = {
    "account_inactive": "Have their part given to somebody else.",
    "user_not_found": "Correct their address in the directory.",
    "cannot_dm_bot": "Give their part to a person.",
    "users_not_found": "Correct their address in the directory.",
    "channel_not_found": "Invite the bot there in Slack, then try again.",
    "not_in_channel": "Invite the bot there in Slack, then try again.",
    "is_archived": "Open it again in Slack, then try again.",
    "restricted_action": "An administrator of Slack allows it, then try again.",
    "cant_invite": "Ask them into the bridge in Slack.",
    "missing_scope": "Install the app anew with its manifest, then try again.",
    "messages_tab_disabled": "Turn them on in the app's settings, then try again.",
}
"""What helps against it, in a sentence."""
NEVER_TAKEN = ("account_inactive", "user_disabled", "cannot_dm_bot")
"""What no further try changes."""


@dataclass(frozen=True, slots=True)
class UndeliveredLine(Value):
    """One thing that did not arrive: why, what helps, and how it stands now."""

    what: str
    why: str
    remedy: str
    state: str
    by: str = ""


@presents("undelivered")
def undelivered(scene: Scene) -> Facts:
    """Return what of ours did not arrive, by name, why, and what can be done."""
    known, batch = scene.ticket.of(Deliveries), scene.number("batch")
    keys, waits = known.of_batch(batch), known.open_of_batch(batch)
    return {
        **scene.common(),
        "lines": tuple(_line(scene, key) for key in keys[:SHOWN]),
        "more": max(len(keys) - SHOWN, 0),
        "open_count": len(waits),
        "can_try": any(known.reason(key) not in NEVER_TAKEN for key in waits),
        "can_tell": bool(waits),
    }


def _line(scene: Scene, key: str) -> UndeliveredLine:
    known = scene.ticket.of(Deliveries)
    reason = known.reason(key)
    state = "told" if key in known.told else "open" if key in known.dead else "revived"
    state = "tried" if key in known.tried else state
    teller = known.told_by(key)
    return UndeliveredLine(
        subject_of(scene, key),
        why(reason),
        HELP.get(reason, ""),
        state,
        teller.name if teller is not None else "",
    )


@presents("delivery_buried")
def delivery_buried(scene: Scene) -> Facts:
    """Return which words for the account did not arrive, and why."""
    key, error = scene.param("key"), scene.param("error")
    return {
        **scene.common(),
        "what": subject_of(scene, key),
        "why": why(error),
        "can_send_again": can_acknowledge_again(scene.ticket, key),
    }


@presents("addresses_missed")
def addresses_missed(scene: Scene) -> Facts:
    """Return which addresses of the account a mail did not reach, whose they are, and why."""
    contacts = scene.ticket.account.contacts if scene.ticket.account is not None else ()
    return {
        **scene.common(),
        "what": subject_of(scene, scene.param("key")),
        "missed": missed_lines(scene.params, contacts),
    }
