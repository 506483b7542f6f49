"""What is said of words that did not arrive: to the account, and inside."""

from __future__ import annotations

from protocols.account import outbound
from protocols.deliveries.state import Deliveries
from protocols.fixed_texts.sending import can_acknowledge_again
from protocols.replies.state import Calls
from templates.account.facts import missed_lines
from templates.account.outbound import subject_of
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


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
    return ", ".join(dict.fromkeys(subject_of(scene, key) for key in chosen))


def _is_missing(scene: Scene, key: str) -> bool:
    """Say whether an effect carried words for the account that it has not got by another road."""
    words = outbound.for_account(scene.ticket, key)
    return words is not None and not outbound.has_arrived(scene.ticket, words)


REMEDIES = {
    "channel_not_found": "invite",
    "not_in_channel": "invite",
    "is_archived": "archived",
    "user_not_found": "person",
    "account_inactive": "person",
}
"""What helps against what Slack says, for messages of our own people."""


@presents("delivery_buried")
def delivery_buried(scene: Scene) -> Facts:
    """Return what did not arrive, why, and who does not have it."""
    key, whom = scene.param("key"), scene.param("whom")
    return {
        **scene.common(),
        "what": subject_of(scene, key),
        "error": scene.param("error"),
        "remedy": REMEDIES.get(scene.param("error").partition(":")[0], ""),
        "to_account": outbound.for_account(scene.ticket, key) is not None,
        "can_send_again": can_acknowledge_again(scene.ticket, key),
        "person": scene.name(whom) if whom else "",
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
