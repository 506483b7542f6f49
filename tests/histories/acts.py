"""Making a move: through the gestures of the local Slack, and what came of it in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from drill.core import OpenView
from drill.errors import DrillRefusal
from drill.world import User
from templates.bridge.words import BRIDGE_GO_ON
from tests.histories import moves, openings, sight
from tests.histories.machine import Machine
from tests.histories.moves import Move
from tests.histories.place import Place
from tests.histories.weather import Cloud, Fate

Act = Callable[[Move], str]
NOT_POSSIBLE = "not possible"
_JUMP_MOST_S = 10 * 24 * 3600.0


class Acts:
    """Makes moves.

    Args:
        place: The workspace.
        machine: The program.
    """

    def __init__(self, place: Place, machine: Machine) -> None:
        self._place, self._machine = place, machine
        self._acts: dict[str, Act] = {
            moves.OPEN: self._open,
            moves.PRESS: self._press,
            moves.PRESS_IN_FORM: self._press_in_form,
            moves.FILL: self._fill,
            moves.CLOSE: self._close,
            moves.TYPE: self._type,
            moves.SAY: self._say,
            moves.EDIT: self._edit,
            moves.DELETE: self._delete,
            moves.SHORTCUT: self._shortcut,
            moves.INVITE: self._invite,
            moves.LEAVE: self._leave,
            moves.ARCHIVE: self._archive,
            moves.SHARE: self._share,
            moves.UNSHARE: self._share,
            moves.BECOME: self._become,
            moves.WALK: self._walk,
            moves.CLOUD: self._cloud,
            moves.CLEAR: self._clear,
            moves.DIE: self._die,
        }

    def makes(self, move: Move) -> str:
        """Make a move; return what came of it in a few words."""
        if move.after_s:
            self._machine.walks_to(self._machine.clock.reads() + timedelta(seconds=move.after_s))
        try:
            came = self._acts[move.kind](move)
        except DrillRefusal as refused:
            came = f"{NOT_POSSIBLE}: {refused}"
        if not move.lazy:
            self._place.runs_errands()
            self._machine.settles()
        return came

    # -- gestures ----------------------------------------------------------------------------

    def _user(self, move: Move) -> User:
        return self._place.acting.actor(move.who)

    def _top(self, move: Move) -> OpenView:
        return self._place.forms.top(self._user(move))

    def _told(self, move: Move, outcome: dict[str, Any], before: int) -> str:
        """Return what the person alone was shown for it, or what failed."""
        if outcome.get("failure"):
            return f"FAILED: {outcome['failure']}"
        if outcome.get("errors"):
            return f"errors: {outcome['errors']}"
        fresh = self._whispers(move.who)[before:]
        return " / ".join(text.splitlines()[0][:100] for text in fresh if text)

    def _whispers(self, who: str) -> list[str]:
        user = self._place.slack.world.person(who).id
        channels = self._place.slack.world.channels.values()
        own = [m for c in channels for m in c.ephemerals if m["for_user"] == user]
        return [str(m.get("text", "")) for m in sorted(own, key=lambda m: float(m["ts"]))]

    def _open(self, move: Move) -> str:
        return openings.opens(self._place, move)

    def _press(self, move: Move) -> str:
        user = self._user(move)
        found = sight.find(self._place.slack, user, move.where, move.what, move.value)
        if found is None or (move.what == BRIDGE_GO_ON and self._is_a_bridge_shared()):
            return NOT_POSSIBLE
        before = len(self._whispers(move.who))
        for _ in range(2 if move.twice else 1):
            press = self._place.acting.press(user.id, found.name, found.channel.id, found.ts)
            outcome = self._place.does(press)
        return self._told(move, outcome, before)

    def _is_a_bridge_shared(self) -> bool:
        """Say whether one is: nobody says that it is taken back while it is not."""
        channels = self._place.slack.world.channels.values()
        return any(c.is_ext_shared and c.id in self._place.shared_since for c in channels)

    def _press_in_form(self, move: Move) -> str:
        view = self._top(move)
        for block in sight.form_buttons(view):
            if block[1]["action_id"] == move.what:
                press = self._place.acting.press_in_view(move.who, view, block)
                return self._told(move, self._place.does(press), 0) or "pressed"
        return NOT_POSSIBLE

    def _fill(self, move: Move) -> str:
        view = self._top(move)
        if view.wire["callback_id"] != move.what:
            return NOT_POSSIBLE
        for name, value in move.entries:
            self.sets(move.who, view, name, value)
        before = len(self._whispers(move.who))
        if not view.wire.get("submit"):
            return NOT_POSSIBLE
        for _ in range(2 if move.twice else 1):
            if self._place.slack.stacks.get(self._user(move).id, [None])[-1] is not view:
                break
            outcome = self._place.does(self._place.forms.submit(self._user(move)))
        return self._told(move, outcome, before)

    def sets(self, who: str, view: OpenView, name: str, value: object) -> None:
        """Set one field of a form; one that is not there any more is passed over."""
        ids = [str(block.get("block_id", "")) for block in view.wire["blocks"]]
        block = next((each for each in ids if each.partition(":")[0] == name), None)
        if block is not None:
            self._place.does(self._place.acting.set_field(who, view, block, value))

    def _close(self, move: Move) -> str:
        self._place.does(self._place.forms.close(self._user(move), everything=True))
        return ""

    def _type(self, move: Move) -> str:
        before = len(self._whispers(move.who))
        typed = self._place.acting.command(move.who, move.what, move.value, move.where or None)
        return self._told(move, self._place.does(typed), before)

    # -- what is said, and who is where ------------------------------------------------------

    def _say(self, move: Move) -> str:
        place = self._place.acting.place(self._user(move), move.where)
        threads = [ts for ts, m in place.messages.items() if m.get("bot_id")] if move.what else []
        thread = threads[0] if threads else ""
        self._place.talking.say(move.who, move.where, move.value, thread)
        return "in the thread" if thread else ""

    def _own(self, move: Move) -> str:
        user = self._user(move)
        place = self._place.acting.place(user, move.where)
        own = [
            ts
            for ts, m in place.messages.items()
            if m.get("user") == user.id and not m.get("subtype")
        ]
        if not own:
            raise DrillRefusal("They wrote nothing there.")
        return own[-1]

    def _edit(self, move: Move) -> str:
        self._place.talking.edit(move.who, move.where, self._own(move), move.value)
        return ""

    def _delete(self, move: Move) -> str:
        self._place.talking.delete(move.who, move.where, self._own(move))
        return ""

    def _shortcut(self, move: Move) -> str:
        before = len(self._whispers(move.who))
        place = self._place.acting.place(self._user(move), move.where)
        written = [ts for ts, m in place.messages.items() if m.get("user") and not m.get("subtype")]
        if not written:
            return NOT_POSSIBLE
        used = self._place.acting.message_shortcut(move.who, move.what, move.where, written[-1])
        return self._told(move, self._place.does(used), before)

    def _invite(self, move: Move) -> str:
        self._place.talking.invite(move.who, move.where, move.value)
        return ""

    def _leave(self, move: Move) -> str:
        self._place.talking.leave(move.who, move.where)
        return ""

    def _archive(self, move: Move) -> str:
        self._place.talking.archive(move.who, move.where)
        return ""

    def _share(self, move: Move) -> str:
        shared = move.kind == moves.SHARE
        self._place.talking.share(move.where, "T0BIRCH001", shared=shared)
        self._place.runs_errands()
        self._machine.reads()
        channel = self._place.slack.world.channel_named(move.where)
        if channel.is_ext_shared:
            self._place.shared_since.setdefault(channel.id, self._machine.clock.reads())
            self._place.shared_until.pop(channel.id, None)
        elif channel.id in self._place.shared_since:
            self._place.shared_until[channel.id] = self._machine.clock.reads()
        return ""

    def _become(self, move: Move) -> str:
        self._place.talking.set_kind(move.who, move.value)
        return ""

    # -- the clock, the wires, the process ---------------------------------------------------

    def _walk(self, move: Move) -> str:
        now, due = self._machine.clock.reads(), self._machine.next_due()
        at = now + timedelta(seconds=float(move.value or 0))
        if move.what == "due":
            if due is None:
                return NOT_POSSIBLE
            at = min(max(due, now) + timedelta(seconds=1), now + timedelta(seconds=_JUMP_MOST_S))
        self._machine.walks_to(at)
        return f"to {at:%a %d %b %H:%M:%S}"

    def _cloud(self, move: Move) -> str:
        entries = dict(move.entries)
        cloud = Cloud(
            Fate(move.what), move.where, int(move.value), entries.get("error", "not_in_channel")
        )
        self._machine.weather.clouds.append(cloud)
        return ""

    def _clear(self, move: Move) -> str:
        del move
        self._machine.weather.clears()
        return ""

    def _die(self, move: Move) -> str:
        self._machine.dies_at(int(move.value), "after" if move.what == "after" else "before")
        return ""
