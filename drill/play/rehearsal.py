"""One rehearsal from its first message to its score, and the clock that carries it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from drill.errors import DrillRefusal
from drill.finding import visible_messages
from drill.gestures import Gestures
from drill.play.certificate import asked_certificate
from drill.play.coach import coach_wire, hint_now, step_now
from drill.play.colleagues import Colleagues
from drill.play.facts import MONDAY, opening_time, scenario_wire
from drill.play.finish import gone_wrong, hour, nearly_sent, read_outside
from drill.play.kept import Kept
from drill.play.lines import Lines, filled
from drill.play.pace import Pace, every
from drill.play.past import Before
from drill.play.scenarios import Scenario, common_habits, scenarios
from drill.play.score import score
from drill.play.sight import Sight
from drill.walking import leaves
from drill.workspace import Workspace

Wire = dict[str, Any]

BEAT_S = 0.5
SPEED = 60
STEPS_MOST = 500
AHEAD_MOST_S = 3600.0
SINCE_S = 3120
SET_UP_S = 30.0
STRIDE_S = 120.0
BREATH_S = 0.2


class Rehearsal:
    """What is being rehearsed, or nothing yet."""

    def __init__(self, space: Workspace, gestures: Gestures) -> None:
        self.space = space
        self.gestures = gestures
        self.pace = Pace(space)
        self.known = scenarios(space.slack.settings.scenarios, space.slack.settings.world)
        self.scenario: Scenario | None = None
        self.viewer = ""
        self.acting_alone = True
        self.running = False
        self.stopped, self.stopped_s = "", 0.0
        self.run = 0
        self.opened = False
        self.walking = False
        self.striding = False
        self.used = False
        self.beginning = False
        self.prepared: Wire | None = None
        self.busy = asyncio.Lock()
        self._begin(0.0)

    def _begin(self, since_s: float) -> None:
        scenario = self.scenario
        self.sight = Sight(self.space.slack, since_s, scenario.world.shared if scenario else "")
        self.sight.mails_before = len(self.space.slack.mails)
        self.colleagues = Colleagues(self.space, self.gestures, self.sight)
        self.colleagues.habits = [*common_habits(), *(scenario.colleagues if scenario else ())]
        self.kept = Kept()
        self.lines = Lines(self.space, self.gestures, self.sight, scenario)
        self.asked_viewer: set[str] = set()
        self.running, self.stopped, self.paused = False, "", False
        self.happened, self.walks_from_s = "", since_s

    # -- starting ---------------------------------------------------------------------------

    def watch(self) -> None:
        """Start looking after the rehearsal in real time; more than once does no harm."""
        if not self.opened:
            self.opened = True
            self.space.slack.spawn(every(BEAT_S, self.space.slack.ending, self._pulse))

    async def start(self, key: str) -> None:
        """Begin a scenario in a new world: on a working afternoon, somebody writes.

        Raises:
            DrillRefusal: there is no such scenario, or no new world.
        """
        if key not in self.known:
            raise DrillRefusal(f"There is no scenario {key!r}; there are {', '.join(self.known)}.")
        async with self.busy:
            self.running = False
            await self._new_world()
            self.used = True
            await self.pace.read()
            await self._live_up_to(self.known[key])
            self.scenario = self.known[key]
            self.run += 1
            self._begin(self.pace.now_s)
            self.viewer = self.space.slack.world.person(self.scenario.cast.you).id
            self.look()
            await self._say_lines()
        self.space.slack.touch()

    async def _live_up_to(self, scenario: Scenario) -> None:
        """Play what was before; then it is the afternoon on which the scenario begins."""
        ago = max((act.ago for act in scenario.past), default=0.0)
        day = MONDAY if scenario.world.weekday else None
        earliest = self.space.slack.clock.business() + timedelta(seconds=ago)
        opens_s = opening_time(earliest, day).timestamp()
        before = Before(self.space, self.gestures, self.pace, self._prepared)
        try:
            await before.play(scenario.past, opens_s)
        finally:
            self.prepared = None

    def _prepared(self, done: int, of: int) -> None:
        self.prepared = {"done": done, "of": of}
        self.space.slack.touch()

    async def _new_world(self) -> None:
        """Make a new world of one that somebody has played in."""
        if not self.used:
            return
        self.beginning = True
        self.space.slack.touch()
        try:
            await self.space.begin_again()
            self.pace.forget()
            self.used = False
        finally:
            self.beginning = False
            self.space.slack.touch()

    def leave(self) -> None:
        """Go back to the picker; the next world is made while people choose."""
        self.scenario = None
        self._begin(self.pace.now_s)
        self.space.slack.touch()
        if self.space.bot is not None:
            self.space.slack.spawn(self._make_ready())

    async def _make_ready(self) -> None:
        async with self.busy:
            if self.scenario is None:
                await self._new_world()

    # -- the clock --------------------------------------------------------------------------

    async def go(self, order: Wire) -> None:
        """Move on: ``{"advance_s": N}``, ``{"next": true}``, or run and stop at sixty times."""
        if "run" in order:
            self.running, self.stopped = bool(order["run"]), ""
            self.paused = not self.running
            self.space.slack.touch()
            return
        self.running, self.stopped = False, ""
        async with self.busy:
            # What is still being sent may itself be what is due next, or settle it.
            await self.pace.settle()
            if order.get("next"):
                due_s = self.pace.next_due_s
                if due_s is None:
                    raise DrillRefusal("Nothing is due: no ticket waits for anything.")
                await self._walk(due_s + 0.5)
            else:
                await self._walk(self.pace.now_s + min(float(order["advance_s"]), AHEAD_MOST_S))

    async def _walk(self, target_s: float) -> None:
        self.look()
        self.walking, self.walks_from_s = True, self.pace.now_s
        try:
            await self._walk_on(target_s)
        finally:
            self.walking = False

    async def _walk_on(self, target_s: float) -> None:
        for _ in range(STEPS_MOST):
            if self.stopped or self.space.slack.ending.is_set():
                return
            stop_s = min(target_s, *self._stops())
            await self.pace.to(stop_s)
            self.look()
            if await self._act():
                # What happened is to be seen before more does.
                self.space.slack.touch()
                await asyncio.sleep(BREATH_S)
            if self.pace.now_s >= target_s:
                return

    def _stops(self) -> list[float]:
        """Return the instants on the way at which somebody does something."""
        now_s = self.pace.now_s
        found = [wish.due_s for wish in self._wishes()]
        found += [line[0] for line in self._lines_due()]
        due_s = self.pace.next_due_s
        found += [] if due_s is None else [due_s]
        return [s for s in found if s > now_s] or [float("inf")]

    def _wishes(self) -> list[Any]:
        if not self.acting_alone or self.scenario is None:
            return []
        return self.colleagues.intentions(self.viewer)

    async def _act(self) -> bool:
        spoke = await self._say_lines()
        now_s = self.pace.now_s
        due = [wish for wish in self._wishes() if wish.due_s <= now_s]
        for wish in due:
            await self.colleagues.act(wish)
            self.happened = f"{wish.user.real_name} presses {wish.habit.sees}"
        if due:
            await self.pace.settle()
        self.look()
        return bool(due) or spoke

    async def _pulse(self) -> None:
        if self.busy.locked():
            return
        async with self.busy:
            if self.running and not self.stopped:
                await self._walk(self.pace.now_s + BEAT_S * SPEED)
                self._rest_if_stopped()
                return
            await self.pace.read()
            if self.walks:
                await self._stride()
            elif self.scenario is not None:
                self.look()
                await self._act()

    @property
    def walks(self) -> bool:
        """Whether time goes on by itself: only others act now, as the coach says."""
        found = step_now(self.scenario, self.sight) if self.scenario else None
        if found is None or self.paused or self.stopped or not self.acting_alone:
            return False
        _number, step = found
        hint, user = hint_now(step, self.sight), self.space.slack.world.users[self.viewer]
        at_a_form = bool(self.space.slack.stacks.get(self.viewer))
        return hint.walks and user.handle == (hint.who or step.who) and not at_a_form

    async def _stride(self) -> None:
        next_s = min(self._stops())
        if next_s < float("inf"):
            self.striding = True
            await self._walk(max(next_s + 0.5, self.pace.now_s + STRIDE_S))
            self.striding = False
        self._rest_if_stopped()

    def _rest_if_stopped(self) -> None:
        if self.stopped:
            self.running = False
        self.space.slack.touch()

    # -- what happens by itself -------------------------------------------------------------

    def _lines_due(self) -> list[Any]:
        return self.lines.due(self.viewer, alone=self.acting_alone)

    async def _say_lines(self) -> bool:
        spoke = False
        for at_s, line, who, where in self._lines_due():
            if at_s > self.pace.now_s:
                continue
            await self.lines.say(line, who, where)
            self.happened, spoke = f"{who.real_name} writes", True
            if line.stops:
                self._stop(line.stops)
        return spoke

    def look(self) -> None:
        """Note what is new, and stop the clock when it needs somebody."""
        fresh = self.sight.look()
        if fresh:
            self.space.slack.touch()
        scenario = self.scenario
        if scenario is None:
            return
        for stop in scenario.stops:
            if stop.mark in fresh:
                self._stop(stop.say)
        for mark in fresh:
            if mark.startswith("late_"):
                self._stop(f"LATE: {mark.removeprefix('late_')}")
        self._ask_viewer()

    def _ask_viewer(self) -> None:
        """Stop when the viewer's own messages hold a new question with buttons."""
        slack = self.space.slack
        user = slack.world.users.get(self.viewer)
        if user is None:
            return
        for message in visible_messages(user, slack.world.direct((user.id,))):
            if float(message["ts"]) < self.sight.since_s or message["ts"] in self.asked_viewer:
                continue
            self.asked_viewer.add(message["ts"])
            has_question = any(b["type"] == "actions" for b in leaves(message.get("blocks", [])))
            later = float(message["ts"]) > max(self.sight.opened_s + SET_UP_S, self.walks_from_s)
            if has_question and later and not self.striding and not message.get("for_user"):
                self._stop(str(message.get("text", ""))[:120])

    def _stop(self, why: str) -> None:
        if self.walking:
            self.stopped, self.stopped_s = why, self.pace.now_s

    # -- what people did --------------------------------------------------------------------

    def noticed(self, order: Wire, result: Wire, view: Wire | None) -> None:
        """Keep what counts for the score of something a person just did."""
        if self.scenario is None:
            return
        if not self.walking:
            self.stopped = ""
        if order.get("do") == "submit" and view is not None:
            opened = [one for stack in self.space.slack.stacks.values() for one in stack]
            who = self.space.slack.world.person(str(order["as"])).real_name
            mark = self.kept.form_sent(who, view, result, opened)
            if mark:
                self.sight.set(mark)
        self.look()

    async def offer(self) -> None:
        """Type the coach's words into the form in front of whoever is at it.

        Raises:
            DrillRefusal: the coach offers nothing now, or no form is open.
        """
        found = step_now(self.scenario, self.sight) if self.scenario else None
        hint = hint_now(found[1], self.sight) if found else None
        if hint is None or hint.offer is None:
            raise DrillRefusal("There is nothing to type now.")
        for name, value in hint.offer.fields.items():
            words = self._typed(value)
            order = {"as": self.viewer, "do": "fill", "field": name, "value": words}
            await self.gestures.do(order)

    def _typed(self, value: str | list[str]) -> object:
        if isinstance(value, list):
            return [self._typed(one) for one in value]
        if value == "{since}":
            return int(self.sight.since_s) - SINCE_S
        return filled(value, self.space.slack.clock.business())

    # -- what the page shows ----------------------------------------------------------------

    async def score(self) -> Wire | None:
        """Return the score as it stands, once no world is being made; None if it has been left."""
        async with self.busy:
            return None if self.scenario is None else await self._score(self.scenario)

    async def _score(self, scenario: Scenario) -> Wire | None:
        sight, kept, lines = self.sight, self.kept, self.lines
        certificate = await asked_certificate(self.space, self.gestures, sight, scenario)
        if sight is not self.sight:
            return None
        customer, about = scenario.world.customer, scenario.score
        found = score(self.space.slack, sight, scenario.name, kept, certificate) | {
            "nearly": nearly_sent(kept, lines),
            "read": read_outside(sight),
            "hour": hour(sight, customer),
            "wrong": gone_wrong(scenario, sight.marks),
            "customer": customer,
        }
        value = found[about.figure]
        found["figure"] = {"value": value, "says": (value == 1 and about.one) or about.says}
        later = (one for one in self.known.values() if one.place > scenario.place)
        return {**found, "next": next(({"key": s.key, "name": s.name} for s in later), None)}

    def wire(self) -> Wire:
        """Return everything the page needs to know of the rehearsal."""
        scenario, bot = self.scenario, self.pace.bot
        return {
            "run": self.run,
            "beginning": self.beginning,
            "prepared": self.prepared,
            "viewer": self.viewer,
            "alone": self.acting_alone,
            "running": self.running or self.walks,
            "stopped": self.stopped,
            "stopped_s": self.stopped_s,
            "happened": self.happened,
            "typing": self.lines.typing(self.viewer, self.pace.now_s, alone=self.acting_alone),
            "bot": {
                "answers": bot.answers or not self.space.slack.settings.app_clock_url,
                "next_due_at": bot.next_due_at,
                "next_kind": bot.next_kind,
                "reference": bot.next_reference,
            },
            "scenario": scenario_wire(scenario) if scenario else None,
            "scenarios": [scenario_wire(one) for one in self.known.values()],
            "since_s": self.sight.since_s,
            "opened_s": self.sight.opened_s if "opened" in self.sight.marks else None,
            "reference": self.sight.reference,
            "bridge": self.sight.bridge_id,
            "marks": self.sight.marks,
            "coach": coach_wire(scenario, self.sight) if scenario else None,
            "colleagues_failed": self.colleagues.told,
        }
