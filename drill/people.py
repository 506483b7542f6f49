"""A person of the local Slack, to act as in a test."""

from __future__ import annotations

from typing import Any

from drill.errors import DrillRefusal
from drill.finding import channels_of, visible_messages
from drill.reading import Form, Outcome, Seen
from drill.running import RunningSlack
from drill.seen import unread
from drill.world import User

Wire = dict[str, Any]


class Person:
    """Somebody in the workspace."""

    def __init__(self, slack: RunningSlack, user_id: str) -> None:
        self._slack = slack
        self.id = user_id

    @property
    def user(self) -> User:
        """Return the account."""
        return self._slack.core.world.users[self.id]

    @property
    def name(self) -> str:
        """Return what they are called."""
        return self.user.real_name

    # -- acting -----------------------------------------------------------------------------

    def command(
        self, command: str, text: str = "", channel: str | None = None, thread: str = ""
    ) -> Outcome:
        """Type a slash command, in the direct message with the app when no channel is named."""
        acting = self._slack.space.acting
        return Outcome.of(self._slack.run(acting.command(self.id, command, text, channel, thread)))

    def press(self, button: str, channel: str | None = None, ts: str = "") -> Outcome:
        """Press a button in the newest message that shows it (or in the one named)."""
        acting = self._slack.space.acting
        return Outcome.of(self._slack.run(acting.press(self.id, button, channel, ts)))

    def pick(self, field: str, value: object, channel: str | None, ts: str) -> Outcome:
        """Choose in a select or a group of boxes of a message."""
        acting = self._slack.space.acting
        return Outcome.of(
            self._slack.run(acting.pick_in_message(self.id, field, value, channel, ts))
        )

    def shortcut(
        self, name: str, on: Seen | str | None = None, channel: str | None = None
    ) -> Outcome:
        """Use a shortcut: a global one, or on a message of a channel."""
        acting = self._slack.space.acting
        if on is None:
            return Outcome.of(self._slack.run(acting.shortcut(self.id, name)))
        ts = on if isinstance(on, str) else on.ts
        return Outcome.of(self._slack.run(acting.message_shortcut(self.id, name, channel, ts)))

    def say(
        self, channel: str | None, text: str, thread: str | None = None, *,
        broadcast: bool = False, file: str = "",
    ) -> Seen:  # fmt: skip
        """Write a message or a reply; to the app directly when no channel is named."""
        talking = self._slack.space.talking
        return Seen(
            self._slack.ask(
                lambda: talking.say(
                    self.id, channel, text, thread or "", broadcast=broadcast, file=file
                )
            )
        )

    def edit(self, channel: str | None, ts: str, text: str) -> None:
        """Change one's own message."""
        self._slack.ask(lambda: self._slack.space.talking.edit(self.id, channel, ts, text))

    def delete(self, channel: str | None, ts: str) -> None:
        """Delete one's own message."""
        self._slack.ask(lambda: self._slack.space.talking.delete(self.id, channel, ts))

    def remove(self, channel: str | None, ts: str) -> None:
        """Delete a message of the app's, as an administrator may."""
        self._slack.ask(lambda: self._slack.space.talking.remove(self.id, channel, ts))

    def unpin(self, channel: str | None, ts: str) -> None:
        """Take the pin off a message."""
        self._slack.ask(lambda: self._slack.space.talking.unpin(self.id, channel, ts))

    def invite(self, channel: str, other: str) -> None:
        """Invite somebody else into a channel."""
        self._slack.ask(lambda: self._slack.space.talking.invite(self.id, channel, other))

    def kick(self, channel: str, other: str) -> None:
        """Remove somebody, the app too, from a channel."""
        self._slack.ask(lambda: self._slack.space.talking.kick(self.id, channel, other))

    def leave(self, channel: str) -> None:
        """Leave a channel."""
        self._slack.ask(lambda: self._slack.space.talking.leave(self.id, channel))

    def archive(self, channel: str) -> None:
        """Archive a channel by hand."""
        self._slack.ask(lambda: self._slack.space.talking.archive(self.id, channel))

    def open_home(self, tab: str = "home") -> None:
        """Open the app's home tab."""
        self._slack.run(self._slack.space.acting.open_home(self.id, tab))

    # -- seeing -----------------------------------------------------------------------------

    @property
    def has_view(self) -> bool:
        """Tell whether a modal is open before them."""
        return bool(self._slack.core.stacks.get(self.id))

    @property
    def view(self) -> Form:
        """Return the modal in front.

        Raises:
            DrillRefusal: none is open; the sentence gives what Slack told them last.
        """
        stack = self._slack.core.stacks.get(self.id)
        if not stack:
            raise DrillRefusal(f"{self.name} has no modal open. Told: {self.notices[-1:]}")
        return Form(self._slack, self.id, stack[-1])

    @property
    def views(self) -> list[Form]:
        """Return the whole stack of modals, the root first."""
        stack = self._slack.core.stacks.get(self.id, [])
        return [Form(self._slack, self.id, opened) for opened in stack]

    @property
    def home(self) -> Form:
        """Their home tab.

        Raises:
            DrillRefusal: the app has published none.
        """
        opened = self._slack.core.homes.get(self.id)
        if opened is None:
            raise DrillRefusal(f"{self.name} has no home tab yet.")
        return Form(self._slack, self.id, opened)

    def messages(self, channel: str) -> list[Seen]:
        """Return what they see in a channel, oldest first; nothing when they are not in it."""

        def read() -> list[Seen]:
            world = self._slack.core.world
            place = world.channel_named(channel)
            return [Seen(m) for m in visible_messages(self.user, place)]

        return self._slack.ask(read)

    def sees(self, channel: str | None, words: str) -> Seen | None:
        """Return the newest message holding these words, in a channel or from the app directly."""
        shown = self.dm() if channel is None else self.messages(channel)
        return next((m for m in reversed(shown) if words in m.words or words in m.text), None)

    def dm(self) -> list[Seen]:
        """Return their direct messages with the app, oldest first."""

        def read() -> list[Seen]:
            place = self._slack.core.world.direct((self.id,))
            return [Seen(m) for m in visible_messages(self.user, place)]

        return self._slack.ask(read)

    @property
    def ephemerals(self) -> list[Seen]:
        """Return what was shown to them alone, anywhere, oldest first."""

        def read() -> list[Seen]:
            channels = self._slack.core.world.channels.values()
            found = [m for c in channels for m in c.ephemerals if m["for_user"] == self.id]
            return [Seen(m) for m in sorted(found, key=lambda m: float(m["ts"]))]

        return self._slack.ask(read)

    @property
    def notices(self) -> list[str]:
        """Return what Slack itself told them because the app failed."""
        return [n.text for n in self._slack.notices if n.user == self.id]

    @property
    def channels(self) -> list[str]:
        """Return the names of the channels they are in."""
        core = self._slack.core
        return self._slack.ask(
            lambda: [c.name for c in channels_of(core, self.user) if c.kind == "channel"]
        )

    def unread(self, channel: str) -> int:
        """Return how many messages in a channel they have not read."""
        core = self._slack.core
        return self._slack.ask(lambda: unread(core.world.channel_named(channel), self.user))
