"""Choosing the next move: by chance, rather what this history has seen least.

Each history has an appetite of its own, drawn from its seed: some kinds of moves it likes, some it
hardly makes. So a few hundred short histories reach what one long even mixture never would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

from drill.core import OpenView
from tests.histories import goals, moves, sight
from tests.histories.goals import GOALS, Wish
from tests.histories.moves import Move
from tests.histories.openings import CRITICAL, OPENINGS
from tests.histories.persons import (
    CHANNEL_OF,
    CSMS,
    EVERYONE,
    INSIDERS,
    MANAGERS,
    TEAM_CHANNELS,
    VOICES,
)
from tests.histories.place import Place
from tests.histories.sight import Button
from tests.histories.stepping import StepClock
from tests.histories.surroundings import Surroundings
from tests.histories.words import Pen

Maker = Callable[[], Move | None]

COMMANDS: tuple[tuple[str, str], ...] = (
    ("/ticket", "mine"), ("/ticket", "show {ref}"), ("/ticket", "why {ref}"), ("/ticket", "help"),
    ("/ticket", "tier {ref} {tier} {words}"), ("/ticket", "resolve {ref}"),
    ("/ticket", "change {ref}"),
    ("/ticket", "reopen {ref} {words}"), ("/ticket", "close {ref} {words}"),
    ("/ticket", "history acme"), ("/oncall", ""), ("/oncall", "{duty} @{person} until 18:00"),
    ("/bridge", "status"), ("/bridge", "timeline"), ("/bridge", "certificate"),
    ("/bridge", "finding {words}"), ("/bridge", "note {words}"), ("/bridge", "update"),
    ("/bridge", "correct"), ("/bridge", "say"), ("/bridge", "hold"), ("/bridge", "clear 1"),
    ("/bridge", "tier {tier} {words}"), ("/bridge", "resolve"), ("/bridge", "decision"),
    ("/bridge", "role {role} @{person}"), ("/bridge", "invite @{person} {words}"),
    ("/bridge", "help"), ("/ticket", "resolv"), ("/bridge", "note 4111 1111 1111 1111 {words}"),
)  # fmt: skip
ROLES = ("investigator", "communicator", "scribe", "commander", "contact")
DUTIES = ("csm", "engineer", "legal", "cs-manager")
SAYINGS = (
    "Thanks, that works now. {}", "It is still wrong. {}", "When do you know more? {}",
    "You can close it. {}", "Thank you. {}",
)  # fmt: skip

_KINDS: dict[str, float] = {
    "press": 9.0, "type": 1.5, "say": 1.2, "edit": 0.3, "shortcut": 0.5, "social": 0.6,
    "walk": 2.5, "weather": 0.8, "die": 0.35, "open": 0.25, "close": 0.2,
}  # fmt: skip
_FILL_SHARE = 0.85
_GOAL_SHARE = 0.6
_MISSES_MOST = 6
_DEEP: dict[str, float] = {
    "update.release": 14, "update.use_suggested": 9, "update.draft": 5, "ticket.resolve": 4,
    "solved.yes": 6, "solved.no": 6, "update.suggest": 4, "update.send_back": 2,
    "status_page.open": 3, "status_page.on": 5, "outreach.draft": 4, "outreach.accounts": 4,
    "decision.open": 4, "exec.decide": 6, "words.open": 3, "analysis.open": 5, "hold.clear": 4,
    "hold.stopped": 4, "update.correct": 6, "fixed.acknowledge": 4, "fixed.holding": 3,
    "fixed.late": 5, "fixed.no_change": 4, "called.open": 3, "account.blocked": 4,
    "bridge.keep": 6, "poc.accept": 3, "page.open": 3, "certificate.post": 2,
    "bridge.go": 0.3, "bridge.on_it": 0.4, "ticket.timeline": 0.4, "exec.ask": 0.4,
    "ticket.mistake": 0.35, "say.open": 2, "update.review": 3,
}  # fmt: skip
"""What lies deep is wanted more: it is seldom in sight."""


class Chooser:
    """Chooses moves.

    Args:
        seed: Of its chance.
        place: What can be seen.
        clock: The clock, for times that are picked.
    """

    def __init__(self, seed: int, place: Place, clock: StepClock) -> None:
        self.chance = Random(seed)
        self.pen = Pen(self.chance)
        self._around = Surroundings(self.chance, place)
        self._place, self._clock = place, clock
        self._counts: Counter[str] = Counter()
        self._kinds = {
            kind: share * self.chance.choice((0.3, 1, 1, 2)) for kind, share in _KINDS.items()
        }
        self._likes: dict[str, float] = {}
        self._refused: Counter[str] = Counter()
        self._makers: dict[str, Maker] = {
            "press": self._press, "type": self._type, "say": self._say, "edit": self._edit,
            "shortcut": self._shortcut, "social": self._around.social, "walk": self._around.walk,
            "weather": self._around.weather, "die": self._around.die, "open": self._open,
            "close": self._close,
        }  # fmt: skip
        self._wishes: list[Wish] = []
        self._missed = 0
        self._opened = 0
        self._spoke = ("", "")
        # Seeds in a row begin in every way, and with every goal.
        ways = list(OPENINGS)
        self._first = ways[seed % CRITICAL] if seed % 3 else ways[seed // 3 % len(ways)]
        self._writer = ""
        self._goal = list(GOALS)[seed % len(GOALS)]

    def next(self, number: int) -> Move:
        """Return the next move; the first one opens a ticket."""
        move = self._opening(self._first) if number == 0 else self._some()
        if not self._wishes:
            self._wishes = list(GOALS[self._goal])
            self._goal = self.chance.choice(list(GOALS))
        self._counts[move.label] += 1
        self._opened += move.kind == moves.OPEN
        if move.kind == moves.FILL:
            self._writer = move.who
        after_s = self.chance.choice((1, 2, 5, 20, 60, 240))
        lazy = self.chance.random() < 0.12 and move.kind not in (moves.WALK, moves.OPEN)
        return replace(move, after_s=float(after_s), lazy=lazy)

    def _some(self) -> Move:
        if self._wishes and self.chance.random() < _GOAL_SHARE:
            wanted = self._wished()
            if wanted is not None:
                return wanted
        if self.chance.random() < _FILL_SHARE:
            filled = self._fill()
            if filled is not None:
                return filled
        kinds = list(self._kinds)
        while True:
            kind = self.chance.choices(kinds, [self._kinds[each] for each in kinds])[0]
            move = self._makers[kind]()
            if move is not None:
                return move

    # -- what people are after ---------------------------------------------------------------

    def _wished(self) -> Move | None:
        """Return the next move of the goal; a goal whose wish cannot be had is forgotten."""
        wish = self._wishes[0]
        move = self._of_wish(wish)
        if move is not None:
            self._wishes.pop(0)
            self._missed = 0
            return move
        self._missed += 1
        if self._missed > _MISSES_MOST:
            self._wishes.clear()
            self._missed = 0
        return None

    def _of_wish(self, wish: Wish) -> Move | None:
        match wish.kind:
            case goals.PRESS:
                return self._press_of(wish.what) or self._in_form_of(wish.what)
            case goals.FILL:
                return self._fill()
            case goals.TYPE:
                return self._typed(wish.what)
            case goals.OPEN:
                return self._opening(wish.what)
            case goals.WRITE:
                return self._written(wish.what)
            case goals.WALK:
                far = wish.what
                return Move(
                    moves.WALK,
                    what="due" if far == "due" else "on",
                    value="" if far == "due" else far,
                )
            case goals.INVITE:
                return self._inviting()
            case _:
                return self._said_again()

    def _typed(self, wanted: str) -> Move:
        name, _, form = wanted.partition(" ")
        text = form.format(
            ref=self._reference(), words=self.pen.note(), first="BW-1001",
            last=f"BW-{1000 + self._opened}", before=f"BW-{max(1001, 999 + self._opened)}",
        )  # fmt: skip
        return Move(moves.TYPE, self.chance.choice(MANAGERS), "", name, text)

    def _written(self, form: str) -> Move:
        """Return what an account writes below the newest of what the desk posted there."""
        channel = self.chance.choice(list(VOICES))
        words = self.pen.marked(form)
        return Move(moves.SAY, self.chance.choice(VOICES[channel]), channel, "in the thread", words)

    def _press_of(self, action: str) -> Move | None:
        """Return a press of one kind of button by anyone who sees one."""
        slack = self._place.slack
        people = [who for who in dict.fromkeys(self._who_sees()) if who != self._writer]
        self.chance.shuffle(people)
        for who in people:
            user = slack.world.person(who)
            for channel in sight.channels_of(slack, user):
                for button in sight.seen_by(user, channel):
                    if button.action.partition(":")[0] == action and self.chance.random() < 0.7:
                        where = sight.name_of(channel)
                        return Move(moves.PRESS, who, where, button.action, button.value)
        return None

    def _in_form_of(self, action: str) -> Move | None:
        """Return a press of one kind of button in a form that somebody has open."""
        for user, stack in self._place.slack.stacks.items():
            for _, element, _ in sight.form_buttons(stack[-1]) if stack else ():
                if element["action_id"] == action:
                    who = self._place.slack.world.users[user].handle
                    return Move(moves.PRESS_IN_FORM, who, what=action)
        return None

    def _inviting(self) -> Move | None:
        bridges = [b for b in sight.bridges(self._place.slack) if not b.archived]
        if not bridges:
            return None
        world = self._place.slack.world
        outside = [w for w in INSIDERS if world.person(w).id not in bridges[0].members]
        who = self._around.member(bridges[0])
        return (
            Move(moves.INVITE, who, bridges[0].name, value=outside[0]) if outside and who else None
        )

    def _said_again(self) -> Move | None:
        bridges = [b for b in sight.bridges(self._place.slack) if not b.archived]
        who = self._around.member(bridges[0]) if bridges else ""
        if not who:
            return None
        who, where = self._spoke if self._spoke[0] else (who, bridges[0].name)
        kind = moves.EDIT if self._spoke[0] else moves.SAY
        self._spoke = ("", "") if self._spoke[0] else (who, where)
        return Move(kind, who, where, value=self.pen.note())

    def _reference(self) -> str:
        return f"BW-{1000 + self.chance.randint(1, max(1, len(sight.bridges(self._place.slack))))}"

    # -- forms and buttons -------------------------------------------------------------------

    def _fill(self) -> Move | None:
        opened = [(user, stack[-1]) for user, stack in self._place.slack.stacks.items() if stack]
        if not opened:
            return None
        user, view = self.chance.choice(opened)
        who = self._place.slack.world.users[user].handle
        name = str(view.wire["callback_id"])
        asked = self._refused[view.id]
        self._refused[view.id] += 1
        if not view.wire.get("submit") or asked > 1 or name == "open_ticket":
            return self._in_form(who, view) or Move(moves.CLOSE, who, what=name)
        if asked == 0 and self.chance.random() < 0.1:
            pressed = self._in_form(who, view)
            if pressed is not None:
                return pressed
        twice = self.chance.random() < 0.05
        entries = self.pen.entries(view, self._clock.reads())
        return Move(moves.FILL, who, what=name, entries=entries, twice=twice)

    def _in_form(self, who: str, view: OpenView) -> Move | None:
        found = [element["action_id"] for _, element, _ in sight.form_buttons(view)]
        if not found or self._refused[f"in {view.id}"]:
            return None
        self._refused[f"in {view.id}"] += 1
        return Move(moves.PRESS_IN_FORM, who, what=self.chance.choice(found))

    def _press(self) -> Move | None:
        slack = self._place.slack
        who = self.chance.choice(self._who_sees())
        user = slack.world.person(who)
        found = [b for c in sight.channels_of(slack, user) for b in sight.seen_by(user, c)]
        fresh = {(b.action, b.value): b for b in reversed(found)}
        if not fresh:
            return None
        buttons = list(fresh.values())
        chosen = self.chance.choices(buttons, [self._appeal(b) for b in buttons])[0]
        twice = self.chance.random() < 0.08
        where = sight.name_of(chosen.channel)
        return Move(moves.PRESS, who, where, chosen.action, chosen.value, twice=twice)

    def _who_sees(self) -> list[str]:
        """Return people, those in a bridge more often."""
        world = self._place.slack.world
        here = [world.users[m].handle for c in sight.bridges(self._place.slack) for m in c.members]
        return [*EVERYONE, *(who for who in here if who in EVERYONE), *INSIDERS]

    def _appeal(self, button: Button) -> float:
        action = button.action.partition(":")[0]
        if action not in self._likes:
            self._likes[action] = _DEEP.get(action, 1.0) * self.chance.choice((0.2, 1, 1, 3))
        seen = float(1 + 2 * self._counts[f"{moves.PRESS} {button.action}"])
        return self._likes[action] / seen

    # -- words -------------------------------------------------------------------------------

    def _type(self) -> Move:
        name, form = min(
            self.chance.sample(COMMANDS, 4),
            key=lambda each: self._counts[f"{moves.TYPE} {' '.join(each)}"],
        )
        bridges = sight.bridges(self._place.slack)
        text = form.format(
            ref=self._reference(), tier=self.chance.randint(1, 4), words=self.pen.note(),
            duty=self.chance.choice(DUTIES), person=self.chance.choice(INSIDERS),
            role=self.chance.choice(ROLES),
        )  # fmt: skip
        if name == "/bridge" and bridges:
            bridge = self.chance.choice(bridges)
            who = self._around.member(bridge)
            if who:
                return Move(moves.TYPE, who, bridge.name, name, text)
        return Move(moves.TYPE, self.chance.choice(INSIDERS), "", name, text)

    def _say(self) -> Move | None:
        bridges = [b for b in sight.bridges(self._place.slack) if not b.archived]
        if bridges and self.chance.random() < 0.3:
            bridge = self.chance.choice(bridges)
            who = self._around.member(bridge)
            return Move(moves.SAY, who, bridge.name, "", self.pen.note()) if who else None
        if self.chance.random() < 0.2:
            channel = self.chance.choice(TEAM_CHANNELS)
            who = self._around.member(self._place.slack.world.channel_named(channel))
            return Move(moves.SAY, who, channel, "under the card", self.pen.note())
        channel = self.chance.choice(list(VOICES))
        ours = self.chance.random() < 0.2
        who = self._around.member(self._place.slack.world.channel_named(channel)) if ours else ""
        words = self.pen.marked(self.chance.choice(SAYINGS))
        where = self.chance.choice(("in the thread", ""))
        return Move(moves.SAY, who or self.chance.choice(VOICES[channel]), channel, where, words)

    def _edit(self) -> Move | None:
        who = self.chance.choice(self._who_sees())
        channels = sight.channels_of(self._place.slack, self._place.slack.world.person(who))
        named = [c.name for c in channels if c.kind == "channel" and c.messages]
        if not named:
            return None
        kind = self.chance.choice((moves.EDIT, moves.DELETE))
        return Move(kind, who, self.chance.choice(named), value=self.pen.note())

    def _shortcut(self) -> Move | None:
        bridges = [b for b in sight.bridges(self._place.slack) if not b.archived]
        name = self.chance.choice(("finding.record", "timeline.put", "ticket.open_from_message"))
        where = [b.name for b in bridges] or list(CHANNEL_OF.values())
        channel = self.chance.choice(where)
        who = self._around.member(self._place.slack.world.channel_named(channel))
        return Move(moves.SHORTCUT, who, channel, name) if who else None

    def _open(self) -> Move:
        return self._opening(self.chance.choice(list(OPENINGS)))

    def _opening(self, name: str) -> Move:
        return Move(
            moves.OPEN,
            self.chance.choice((*CSMS, *MANAGERS[:1])),
            "",
            name,
            self.pen.marked("Payments sent twice {}"),
        )

    def _close(self) -> Move | None:
        opened = [user for user, stack in self._place.slack.stacks.items() if stack]
        if not opened:
            return None
        who = self._place.slack.world.users[self.chance.choice(opened)].handle
        return Move(moves.CLOSE, who)
