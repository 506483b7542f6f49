"""What a person does in Slack, and what comes of it: commands, presses, forms, messages."""

from __future__ import annotations

from typing import Any

from drill import payloads
from drill.core import Hook, OpenView, Slack
from drill.elements import all_options, check_groups, check_option
from drill.errors import DrillRefusal, SlackError
from drill.finding import find_field, find_input, newest_with, visible_messages, whole
from drill.findings import Findings
from drill.hooks import answer
from drill.inbound import Ack, Inbound
from drill.state import make_state, start_values
from drill.world import Channel, User

Wire = dict[str, Any]

TRIANGLE = "This button did not work: the app did not answer."
NO_OPTIONS = "Could not load options: the app did not answer."


def outcome(ack: Ack | None, told: str = "", **more: object) -> Wire:
    """Return what a person's action came to."""
    return {
        "status": ack.status if ack else 0,
        "ack_ms": ack.ack_ms if ack else 0.0,
        "failure": told,
        "sent": ack is not None,
        **more,
    }


class Acting:
    """Act as any person of the workspace."""

    def __init__(self, slack: Slack, inbound: Inbound) -> None:
        self.slack = slack
        self.inbound = inbound

    def actor(self, who: str) -> User:
        """Return a person who can act.

        Raises:
            DrillRefusal: they are a bot, or their account is deactivated.
        """
        user = self.slack.world.person(who)
        if user.kind in ("bot", "deactivated"):
            raise DrillRefusal(f"{user.real_name} cannot act: the account is a {user.kind} one.")
        return user

    def place(self, user: User, name: str | None) -> Channel:
        """Return a channel the person is in; their direct message with the app when unnamed."""
        if name is None:
            return self.slack.world.direct((user.id,))
        channel = self.slack.world.channel_named(name)
        if user.id not in channel.members:
            raise DrillRefusal(f"{user.real_name} is not in {channel.name}.")
        return channel

    async def command(
        self, who: str, name: str, text: str = "", channel: str | None = None, thread: str = ""
    ) -> Wire:
        """Type a slash command."""
        slack, user = self.slack, self.actor(who)
        place = self.place(user, channel)
        if thread:
            told = f"{name} is not supported in threads. Sorry!"
            slack.notice(user.id, told, place.id)
            return outcome(None, told)
        declared = slack.manifest.commands.get(name)
        if declared is None or user.is_outside:
            told = f"{name} is not a valid command."
            slack.notice(user.id, told, place.id)
            return outcome(None, told)
        fields = payloads.slash_command(slack, user, declared, text, place)
        ack = await self.inbound.command(fields)
        told = self._after_command(user, place, name, ack)
        return outcome(ack, told)

    def _after_command(self, user: User, place: Channel, name: str, ack: Ack) -> str:
        slack = self.slack
        told = f'{name} failed with the error "{ack.failure}"' if ack.failure else ""
        if not told and ack.body:
            hook = Hook(place.id, user.id, slack.clock.monotonic())
            body = ack.wire
            if body is None:
                body = {"text": ack.body.decode(errors="replace")}
            try:
                answer(slack, hook, body)
            except SlackError as error:
                told = f'{name} failed with the error "{error.error}"'
        if told:
            slack.notice(user.id, told, place.id)
        return told

    async def shortcut(self, who: str, name: str) -> Wire:
        """Use a global shortcut, by its name or callback_id."""
        user = self.actor(who)
        declared = self._shortcut(name, "global")
        if user.is_outside:
            return self._refused(user, f"{name} is not offered to people of other organisations.")
        payload = payloads.global_shortcut(self.slack, user, declared)
        ack = await self.inbound.interactive(payload, declared, user.id)
        return outcome(ack, self._triangle(user, ack))

    async def message_shortcut(self, who: str, name: str, channel: str | None, ts: str) -> Wire:
        """Use a shortcut on a message."""
        user = self.actor(who)
        place = self.place(user, channel)
        declared = self._shortcut(name, "message")
        if user.is_outside:
            return self._refused(user, f"{name} is not offered to people of other organisations.")
        message = place.messages.get(ts)
        if message is None:
            raise DrillRefusal(f"There is no message {ts} in {place.name}.")
        payload = payloads.message_shortcut(self.slack, user, declared, place, message)
        ack = await self.inbound.interactive(payload, declared, user.id)
        return outcome(ack, self._triangle(user, ack))

    def _shortcut(self, name: str, kind: str) -> str:
        for shortcut in self.slack.manifest.shortcuts:
            if shortcut.kind == kind and name in (shortcut.name, shortcut.callback_id):
                return shortcut.callback_id
        raise DrillRefusal(f"The manifest declares no {kind} shortcut {name!r}.")

    def _refused(self, user: User, told: str) -> Wire:
        self.slack.notice(user.id, told)
        return outcome(None, told)

    def _triangle(self, user: User, ack: Ack, where: str = "") -> str:
        if not ack.failure:
            return ""
        told = f"{TRIANGLE} ({ack.failure})"
        self.slack.notice(user.id, told, where)
        return told

    async def press(self, who: str, name: str, channel: str | None = None, ts: str = "") -> Wire:
        """Press a button (or an overflow's entry) in the newest message that shows it."""
        user = self.actor(who)
        place = None if channel is None else self.place(user, channel)
        found = newest_with(self.slack, user, name, place, ts)
        channel_of, seen, (block, element, option) = found
        message = whole(channel_of, seen)
        action = self._action(block, element, {"selected_option": option} if option else {})
        kept = self.slack.chosen.get((user.id, message["ts"]))
        values = start_values(message["blocks"], kept)
        shown = {k: v for k, v in message.items() if k not in ("for_user", "channel")}
        payload = payloads.message_action(
            self.slack, user, channel_of, shown, action, values=values
        )
        ack = await self.inbound.interactive(payload, element["action_id"], user.id)
        return outcome(ack, self._triangle(user, ack, channel_of.id), message_ts=message["ts"])

    async def pick_in_message(
        self, who: str, field: str, wanted: object, channel: str | None, ts: str
    ) -> Wire:
        """Choose in a select, boxes or a picker of a message."""
        user = self.actor(who)
        place = self.place(user, channel)
        message = next((m for m in visible_messages(user, place) if m["ts"] == ts), None)
        if message is None:
            raise DrillRefusal(f"{user.real_name} sees no message {ts} in {place.name}.")
        message = whole(place, message)
        block, element = find_field(message.get("blocks", []), field)
        value = make_state(element, wanted, self.slack.world)
        action = self._action(block, element, {k: v for k, v in value.items() if k != "type"})
        key = (user.id, message["ts"])
        values = start_values(message["blocks"], self.slack.chosen.get(key))
        self.slack.chosen[key] = values
        values[block["block_id"]][element["action_id"]] = value
        payload = payloads.message_action(self.slack, user, place, message, action, values=values)
        ack = await self.inbound.interactive(payload, element["action_id"], user.id)
        return outcome(ack, self._triangle(user, ack, place.id))

    def _action(self, block: Wire, element: Wire, more: Wire) -> Wire:
        action: Wire = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
        }
        for key in ("text", "value", "url", "style", "placeholder"):
            if key in element:
                action[key] = element[key]
        return {**action, **more, "action_ts": self.slack.clock.stamp()}

    async def press_in_view(self, who: str, opened: OpenView, found: Any) -> Wire:
        """Press a button of a modal or a home tab."""
        user = self.actor(who)
        block, element, option = found
        action = self._action(block, element, {"selected_option": option} if option else {})
        payload = payloads.view_action(self.slack, user, opened, action)
        ack = await self.inbound.interactive(payload, element["action_id"], user.id)
        return outcome(ack, self._triangle(user, ack, opened.id))

    async def set_field(self, who: str, opened: OpenView, name: str, wanted: object) -> Wire:
        """Type into or choose in a field of a view; tell the app when the field asks for it."""
        user = self.actor(who)
        block, element = find_input(opened, name)
        if element["type"].endswith("external_select") and _is_typed(wanted):
            wanted = await self._from_app(user, opened, block, element, wanted)
        value = make_state(element, wanted, self.slack.world)
        opened.values.setdefault(block["block_id"], {})[element["action_id"]] = value
        opened.errors.pop(block["block_id"], None)
        self.slack.touch()
        if block["type"] == "input" and not block.get("dispatch_action"):
            return outcome(None)
        bare = {k: v for k, v in value.items() if k != "type"}
        action = self._action(block, element, bare)
        payload = payloads.view_action(self.slack, user, opened, action)
        ack = await self.inbound.interactive(payload, element["action_id"], user.id)
        return outcome(ack, self._triangle(user, ack, opened.id))

    async def _from_app(
        self, user: User, opened: OpenView, block: Wire, element: Wire, wanted: object
    ) -> object:
        if element["type"] == "external_select":
            return await self._found(user, opened, block, element, str(wanted))
        names = wanted if isinstance(wanted, list) else [wanted]
        return [await self._found(user, opened, block, element, str(name)) for name in names]

    async def _found(
        self, user: User, opened: OpenView, block: Wire, element: Wire, wanted: str
    ) -> Wire:
        first_word = wanted.split(maxsplit=1)[0]
        for typed in dict.fromkeys((wanted, first_word)):
            options = await self.options(user.id, opened, block, element, typed)
            for option in options:
                label = option["text"]["text"]
                if wanted in (option["value"], label) or wanted.lower() in label.lower():
                    return option
        raise DrillRefusal(f"The app offered no option like {wanted!r}.")

    async def options(
        self, who: str, opened: OpenView, block: Wire, element: Wire, typed: str
    ) -> list[Wire]:
        """Type into an external select and return the options the app offers."""
        user = self.actor(who)
        if len(typed) < int(element.get("min_query_length", 3)):
            return []
        block_id, action_id = block["block_id"], element["action_id"]
        payload = payloads.suggestion(
            self.slack, user, block_id, action_id, typed=typed, place=opened
        )
        ack = await self.inbound.interactive(payload, action_id, user.id)
        offered = _offered(ack)
        if offered is None:
            self.slack.notice(user.id, NO_OPTIONS, opened.id)
            return []
        opened.options[action_id] = offered
        return offered

    async def open_home(self, who: str, tab: str = "home") -> Wire:
        """Open the app's home tab."""
        user = self.actor(who)
        event = payloads.home_opened(self.slack, user, tab)
        self.slack.emit("app_home_opened", event, None)
        return outcome(None)


def _is_typed(wanted: object) -> bool:
    """Say whether an option is yet to be found by what is typed, or several are."""
    several = wanted if isinstance(wanted, list) else [wanted]
    return bool(several) and all(isinstance(one, str) for one in several)


def _offered(ack: Ack) -> list[Wire] | None:
    body = ack.wire
    if ack.failure or body is None:
        return None
    found = Findings()
    if "option_groups" in body:
        check_groups(found, body["option_groups"], "/option_groups")
    elif found.count(body.get("options"), "/options", 100, 0):
        for place, option in enumerate(body["options"]):
            check_option(found, option, f"/options/{place}")
    return None if found.messages else all_options(body)
