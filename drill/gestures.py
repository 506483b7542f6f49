"""Orders of the control API turned into gestures of a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from drill.core import OpenView
from drill.errors import DrillRefusal
from drill.finding import find_button, find_field
from drill.walking import seen_by
from drill.workspace import Workspace

Wire = dict[str, Any]
Gesture = Callable[[Wire], Awaitable[Wire]]


class Gestures:
    """Carry out ``{"as": who, "do": what, ...}``."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self._known: dict[str, Gesture] = {
            "command": self._command,
            "message": self._message,
            "edit": self._edit,
            "delete": self._delete,
            "press": self._press,
            "pick": self._pick,
            "fill": self._fill,
            "options": self._options,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "message_shortcut": self._message_shortcut,
            "home": self._home,
            "invite": self._invite,
            "leave": self._leave,
        }

    async def do(self, order: Wire) -> Wire:
        """Carry out one order and return what came of it.

        Raises:
            DrillRefusal: there is no such gesture, or it cannot be made.
        """
        gesture = self._known.get(str(order.get("do")))
        if gesture is None:
            raise DrillRefusal(f"No gesture {order.get('do')!r}; there are {sorted(self._known)}.")
        return await gesture(order)

    def _view(self, order: Wire) -> OpenView:
        user = self.space.slack.world.person(order["as"])
        if order.get("where") == "home":
            home = self.space.slack.homes.get(user.id)
            if home is None:
                raise DrillRefusal(f"{user.real_name} has no home tab yet.")
            return home
        return self.space.forms.top(user)

    async def _command(self, order: Wire) -> Wire:
        return await self.space.acting.command(
            order["as"],
            order["command"],
            order.get("text", ""),
            order.get("channel"),
            order.get("thread_ts", ""),
        )

    async def _message(self, order: Wire) -> Wire:
        message = self.space.talking.say(
            order["as"],
            order.get("channel"),
            order["text"],
            order.get("thread_ts", ""),
            broadcast=bool(order.get("broadcast")),
        )
        return {"ts": message["ts"]}

    async def _edit(self, order: Wire) -> Wire:
        self.space.talking.edit(order["as"], order.get("channel"), order["ts"], order["text"])
        return {}

    async def _delete(self, order: Wire) -> Wire:
        self.space.talking.delete(order["as"], order.get("channel"), order["ts"])
        return {}

    async def _press(self, order: Wire) -> Wire:
        if order.get("where") not in ("modal", "home"):
            return await self.space.acting.press(
                order["as"], order["button"], order.get("channel"), order.get("ts", "")
            )
        opened = self._view(order)
        blocks = seen_by(opened.wire["blocks"], opened.user_id)
        found = find_button(blocks, order["button"])
        if found is None:
            raise DrillRefusal(f"The view has no button {order['button']!r}.")
        return await self.space.acting.press_in_view(order["as"], opened, found)

    async def _pick(self, order: Wire) -> Wire:
        return await self.space.acting.pick_in_message(
            order["as"], order["field"], order["value"], order.get("channel"), order["ts"]
        )

    async def _fill(self, order: Wire) -> Wire:
        opened = self._view(order)
        return await self.space.acting.set_field(
            order["as"], opened, order["field"], order.get("value")
        )

    async def _options(self, order: Wire) -> Wire:
        opened = self._view(order)
        block, element = find_field(opened.wire["blocks"], order["field"])
        options = await self.space.acting.options(
            order["as"], opened, block, element, order.get("typed", "")
        )
        return {"options": options}

    async def _submit(self, order: Wire) -> Wire:
        return await self.space.forms.submit(self.space.acting.actor(order["as"]))

    async def _close(self, order: Wire) -> Wire:
        user = self.space.acting.actor(order["as"])
        return await self.space.forms.close(user, everything=bool(order.get("all")))

    async def _shortcut(self, order: Wire) -> Wire:
        return await self.space.acting.shortcut(order["as"], order["shortcut"])

    async def _message_shortcut(self, order: Wire) -> Wire:
        return await self.space.acting.message_shortcut(
            order["as"], order["shortcut"], order.get("channel"), order["ts"]
        )

    async def _home(self, order: Wire) -> Wire:
        return await self.space.acting.open_home(order["as"], order.get("tab", "home"))

    async def _invite(self, order: Wire) -> Wire:
        self.space.talking.invite(order["as"], order["channel"], order["user"])
        return {}

    async def _leave(self, order: Wire) -> Wire:
        self.space.talking.leave(order["as"], order["channel"])
        return {}
