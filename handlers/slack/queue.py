"""The queue in Slack: ``/ticket queue``, ``mine``, ``find``, and its buttons.

Source: S66, S68, S85-S89, S104; words.md 7.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.kit import grammar, replies
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash
from handlers.kit.journey import actor_of
from handlers.kit.ports import Answers, Desk, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.slack.reading import listed
from protocols.kernel.context import Context
from protocols.opening.events import Opening
from protocols.people.quiet import quiet_until
from protocols.queue.pages import Load, PageChoice, QueuePage, Wanted
from protocols.queue.queued import Queued
from protocols.rights.guards import need_staff
from protocols.rights.rules import may_read
from protocols.routing.teams import known_teams, slug
from templates.kit import render
from templates.kit.render import Message
from templates.kit.scene import Facts, read_by
from templates.queue.facts import (
    ALL,
    FOLLOW_UP,
    MINE,
    NOBODYS,
    ON,
    PAGE_SIZE,
    RISEN,
    SHOWN,
    UNCOVERED,
    buttons,
    chosen,
)
from templates.queue.words import QUEUE_PAGE, QueueLine, line, load_lines, summed

_FOUND_MOST = 10
_SHORT = {
    "late": RISEN,
    "near": RISEN,
    "mine": MINE,
    "nobody": NOBODYS,
    "follow-up": FOLLOW_UP,
    "followup": FOLLOW_UP,
    "uncovered": UNCOVERED,
    "all": ALL,
}
"""What may stand after ``queue`` beside a team."""
NO_ONE = "-"
"""A key that nobody has."""


def teams(ctx: Context) -> dict[str, str]:
    """Return the teams that may have a queue, by what buttons carry for them."""
    return {slug(name): name for name in known_teams(ctx.policy, ctx)}


def team_named(typed: str, ctx: Context) -> str:
    """Return the team that words name: whole, by its key, or by a word that no other has."""
    known = teams(ctx)
    keys = {slug(team.key): slug(team.name) for team in ctx.directory.teams}
    wanted = slug(typed)
    found = keys.get(wanted, wanted)
    if found in known:
        return found
    with_word = [each for each in known if wanted and wanted in each.split("-")]
    return with_word[0] if len(with_word) == 1 else ""


def queue_named(typed: str, ctx: Context) -> tuple[str, str] | None:
    """Return what is shown and of which team, as words after ``queue`` say; None if they do not.

    A team, what is shown, or both in any order; without a team one's own, else all.
    """
    words = typed.casefold().split()
    whole = " ".join(words)
    if not words or whole in _SHORT:
        return _SHORT.get(whole, ALL), own_team(ctx)
    if found := team_named(typed, ctx):
        return ALL, found
    for shows, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        found = team_named(" ".join(rest), ctx)
        if shows in _SHORT and found:
            return _SHORT[shows], found
    return None


def names_a_queue(typed: str, ctx: Context) -> bool:
    """Say whether words after ``queue`` name a team, or what is shown of it."""
    return queue_named(typed, ctx) is not None


def own_team(ctx: Context) -> str:
    """Return the team of whoever asks; empty when they are of none, or of several."""
    person = ctx.directory.person(ctx.key_of(ctx.by.key))
    named = {team.key: team.name for team in ctx.directory.teams}
    mine = [named[key] for key in person.teams if key in named] if person is not None else []
    found = slug(mine[0]) if len(mine) == 1 else ""
    return found if found in teams(ctx) else ""


def queue_facts(
    desk: Glance, ctx: Context, choice: PageChoice, *, counts_minutes: bool = True
) -> Facts:
    """Return the facts of one page of a queue."""
    team = teams(ctx).get(choice.team, "")
    choice, page = _page(desk, wanted(choice, team, ctx), choice)
    loads = tuple(desk.workload(team)) if choice.shows == ALL and not choice.offset else ()
    return {
        "entries": _lines(desk, ctx, page, choice, counts_minutes=counts_minutes),
        "follow_up": (choice.team or ALL) if choice.shows == FOLLOW_UP and page.entries else "",
        "is_whole": page.is_whole,
        "summary": summed(page.counts),
        "buttons": tuple(buttons(choice, page.counts)),
        "loads": load_lines(loads, _names(desk, ctx, loads)),
        "now": read_by(ctx, ctx.by.key),
        "ticket_command": f"{desk.command_prefix}ticket",
        "what": _title(team, choice),
    }


def _page(desk: Glance, asked: Wanted, choice: PageChoice) -> tuple[PageChoice, QueuePage]:
    """Return a page; where tickets have gone since it was chosen and it is empty, the last one."""
    page = desk.queue(asked, limit=PAGE_SIZE, offset=choice.offset)
    if page.entries or not choice.offset:
        return choice, page
    last = max(0, page.counts.total - 1) // PAGE_SIZE * PAGE_SIZE
    return replace(choice, offset=last), desk.queue(asked, limit=PAGE_SIZE, offset=last)


def _lines(
    desk: Glance, ctx: Context, page: QueuePage, choice: PageChoice, *, counts_minutes: bool
) -> tuple[QueueLine, ...]:
    return tuple(
        line(
            entry,
            place,
            ctx,
            counts_minutes=counts_minutes,
            subject=_subject(desk, ctx, entry) if choice.shows == ON else "",
        )
        for place, entry in enumerate(page.entries, choice.offset + 1)
    )


def _subject(desk: Glance, ctx: Context, entry: Queued) -> str:
    """Return what a ticket is about, to who may read it."""
    ticket = need_ticket(desk, entry.reference)
    if not may_read(ticket, ctx):
        return render.line("confidential_subject", {})
    return ticket.of(Opening).summary


def wanted(choice: PageChoice, team: str, ctx: Context) -> Wanted:
    """Return what is asked of the queue for a page."""
    owners: tuple[str, ...] = {MINE: (ctx.by.key,), NOBODYS: ("",)}.get(choice.shows, ())
    if choice.shows == UNCOVERED:
        owners = not_here(ctx) or (NO_ONE,)
    on = (ctx.by.key,) if choice.shows == ON else ()
    shows = choice.shows
    return Wanted(team, owners, on, risen=shows == RISEN, follow_up=shows == FOLLOW_UP)


def not_here(ctx: Context) -> tuple[str, ...]:
    """Return the keys of those who are away or off duty now: what they have nobody covers. D39."""
    people = (person.key for person in ctx.directory.people)
    away = [
        key
        for key in people
        if ctx.away_until(key) is not None or quiet_until(key, ctx.now, ctx) is not None
    ]
    return tuple(sorted(ctx.all_keys(away)))


def queue_message(desk: Glance, gesture: Gesture, choice: PageChoice) -> Message:
    """Return one page of a queue, for one of us.

    Raises:
        Outside: The one who asks is not one of us.
    """
    ctx = desk.context(actor_of(desk, gesture))
    need_staff(ctx)
    return render.message("queue", queue_facts(desk, ctx, choice))


def _queue(desk: Desk, slash: Slash, rest: str) -> Answer:
    """Answer ``/ticket queue [team] [late]``."""
    ctx = desk.context(actor_of(desk, slash))
    shows, team = queue_named(rest, ctx) or (ALL, own_team(ctx))
    return replies.beside(desk, slash, queue_message(desk, slash, PageChoice(shows, team)))


def _paged(desk: Answers, press: Press) -> Answer:
    """Put another page in the place of the one that was pressed on."""
    message = queue_message(desk, press, chosen(press.value))
    body = {**replies.ephemeral(message), "replace_original": press.is_ephemeral}
    desk.interactive.respond(press.response_url, body)
    return NOTED


def _mine(desk: Desk, slash: Slash, _rest: str) -> Answer:
    """Answer ``/ticket mine``: the open tickets that the one who asks is on, as they rank."""
    ctx = desk.context(actor_of(desk, slash))
    if not desk.queue(Wanted(on=(ctx.by.key,)), limit=1).entries:
        command = f"{desk.command_prefix}ticket"
        return replies.said(render.line("no_ticket_mine", {"ticket_command": command}))
    return replies.beside(desk, slash, queue_message(desk, slash, PageChoice(ON)))


def _find(desk: Desk, slash: Slash, rest: str) -> Answer:
    """Answer ``/ticket find WORDS``: the newest tickets that have them all, open or closed."""
    command = f"{desk.command_prefix}ticket"
    tickets, is_cut = desk.tickets_with(rest, _FOUND_MOST + 1)
    if not tickets:
        facts = {"typed": rest, "is_cut": is_cut}
        return replies.said(render.message("not_found", facts))
    ctx = desk.context(actor_of(desk, slash))
    what = f'tickets with "{grammar.readable(rest)}"'
    return replies.said(listed(tickets, what, command, ctx, _FOUND_MOST))


def _title(team: str, choice: PageChoice) -> str:
    if choice.shows == ON:
        return "Open tickets you are on"
    named = team or "All teams"
    return named if choice.shows == ALL else f"{named}, {SHOWN[choice.shows].casefold()}"


def _names(desk: Glance, ctx: Context, loads: tuple[Load, ...]) -> dict[str, str]:
    """Return people's names by the keys under which tickets hold them."""
    known = {each.owner: ctx.directory.person(each.owner) or desk.who(each.owner) for each in loads}
    return {key: who.name if who is not None else key for key, who in known.items()}


DOORS = Doors(
    presses={QUEUE_PAGE: _paged},
    list_verbs={"queue": _queue, "mine": _mine, "find": _find},
)
