"""What happens around people, by chance: who comes and goes, the clock, the wires, the process."""

from __future__ import annotations

from random import Random

from drill.world import Channel
from tests.histories import moves, sight
from tests.histories.moves import Move
from tests.histories.persons import INSIDERS, OUTSIDERS, TEAM_CHANNELS
from tests.histories.place import Place
from tests.histories.weather import Fate

WHERE = ("chat.postMessage", "chat.update", "conversations.create", "conversations.invite",
         "mail", "status", "pager", "C0ACMESUP1", "C0BIRCHPA1", "pins.add")  # fmt: skip
REFUSALS = ("not_in_channel", "channel_not_found", "is_archived", "token_revoked", "msg_too_long")


class Surroundings:
    """Makes the moves that are nobody's work on a ticket.

    Args:
        chance: Where chance comes from.
        place: Who is where.
    """

    def __init__(self, chance: Random, place: Place) -> None:
        self.chance = chance
        self._place = place

    def member(self, channel: Channel) -> str:
        """Return someone who is in a channel; empty when nobody is."""
        world = self._place.slack.world
        here = [world.users[m].handle for m in channel.members if world.users[m].kind != "bot"]
        return self.chance.choice(here) if here else ""

    # -- who is where ------------------------------------------------------------------------

    def social(self) -> Move | None:
        """Return someone's coming, going, or change of what they are."""
        if self.chance.random() < 0.06:
            kind = self.chance.choice((moves.SHARE, moves.UNSHARE))
            return Move(kind, "csm-one", self.chance.choice(TEAM_CHANNELS))
        bridges = [b for b in sight.bridges(self._place.slack) if not b.archived]
        if not bridges:
            return None
        bridge = self.chance.choice(bridges)
        who = self.member(bridge)
        if not who:
            return None
        kind = self.chance.choices(
            (moves.INVITE, moves.LEAVE, moves.ARCHIVE, moves.SHARE, moves.UNSHARE, moves.BECOME),
            (5, 4, 1, 0.7, 0.7, 0.3),
        )[0]
        if kind == moves.INVITE:
            shared = OUTSIDERS if bridge.is_ext_shared else ()
            return Move(
                kind,
                who,
                bridge.name,
                value=self.chance.choice((*INSIDERS, "colleague-one", *shared)),
            )
        if kind == moves.BECOME:
            return Move(
                kind, self.chance.choice(INSIDERS), value=self.chance.choice(("guest", "member"))
            )
        return Move(kind, who, bridge.name)

    # -- the clock, the wires, the process ---------------------------------------------------

    def walk(self) -> Move:
        """Return a walk of the clock: mostly to the next due point."""
        if self.chance.random() < 0.65:
            return Move(moves.WALK, what="due")
        seconds = self.chance.choice((600, 1800, 3600, 4 * 3600, 86_400))
        return Move(moves.WALK, what="on", value=str(seconds))

    def weather(self) -> Move:
        """Return a cloud over some calls, or clear weather."""
        if self.chance.random() < 0.3:
            return Move(moves.CLEAR)
        fate = self.chance.choice([each for each in Fate if each is not Fate.CARRIED])
        count = self.chance.choice((1, 1, 2, 6))
        error = self.chance.choice(REFUSALS)
        where = self.chance.choice(WHERE)
        return Move(
            moves.CLOUD, where=where, what=fate, value=str(count), entries=(("error", error),)
        )

    def die(self) -> Move:
        """Return the end of the process at one of its next commits."""
        return Move(
            moves.DIE,
            what=self.chance.choice(("before", "after")),
            value=str(self.chance.randint(1, 6)),
        )
