"""Facts of the card in a team's channel, and of the lines below it. Source: words.md 11.3."""

from __future__ import annotations

from datetime import datetime

from protocols.details.state import Details
from protocols.opening.events import Opening
from protocols.relations.state import Relations
from protocols.rights.rules import is_confidential
from protocols.routing.state import Routing
from protocols.routing.teams import team_of
from protocols.scales import ProgramLevel
from protocols.second_reviews.state import SecondReviews
from protocols.stage import stage_of
from protocols.targets.clocks import RunningTarget, foremost, is_past, running, share_gone
from protocols.targets.people import owner
from protocols.targets.state import TargetWatch
from protocols.targets.taking import is_free
from protocols.ticket import Ticket
from protocols.triage.rules import team_with_it
from protocols.verification.rules import awaits_proof
from templates.checklist.facts import NONE, of_checklist
from templates.details.facts import clock_facts
from templates.escalation.facts import of_escalation
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.when import figure_named
from templates.program_records.facts import changes_of, record_words, renewed_line
from templates.relations.words import linked_words
from templates.replies.said import NOTHING_SAID, said_beside
from templates.second_reviews.facts import review_words
from templates.second_reviews.words import TEAMS
from templates.targets.facts import step_lines
from templates.targets.words import WAITED_FOR


@presents("triage")
def triage(scene: Scene) -> Facts:
    """Return what the ticket is, who has it, and what is due next."""
    ticket, ctx = scene.ticket, scene.ctx
    who = owner(ticket, ctx)
    details, due = ticket.of(Details), _next_due(scene)
    confidential = is_confidential(ticket)
    return {
        **scene.common(),
        **_escalation(scene),
        **(NONE if confidential else of_checklist(ticket, ctx)),
        **(NOTHING_SAID if confidential else said_beside(ticket)),
        "account": scene.account,
        "category": ctx.policy.title_of(ticket.category),
        "asked_at": details.pauses[-1].from_at if details.waits else None,
        "can_take": is_free(ticket),
        "due": _named(due, ctx.now) if due is not None else "",
        "due_at": due.breach_at if due is not None else None,
        "can_write": ticket.is_live and not ticket.tier.has_bridge,
        "is_classified": ticket.is_classified,
        "is_late": due is not None and is_past(ticket, due),
        "is_live": ticket.is_live,
        "is_taken": ticket.of(TargetWatch).acknowledged_by is not None
        and not ticket.of(Routing).is_handed_on,
        "level": _level(ticket),
        "linked": linked_words(ticket),
        "merged_into": ticket.of(Relations).merged_into,
        "owner": who.name if who is not None else "",
        "steps": step_lines(scene) if ticket.is_live else (),
        "share_gone": share_gone(due, ctx.policy, ctx.now) if due is not None else 0,
        "records": "" if confidential else record_words(ticket),
        "reviews": review_words(ticket),
        "severity": ticket.severity.label,
        "stage": stage_of(ticket).value,
        "summary": "" if confidential else ticket.of(Opening).summary,
        "team": team_of(ticket, ctx.policy),
        "to_verify": awaits_proof(ticket, ctx.policy),
        "team_here": _gone_to(scene),
    }


def _escalation(scene: Scene) -> Facts:
    """Return where an escalation stands; of a confidential ticket not why."""
    found = of_escalation(scene)
    return {**found, "escalated_why": ""} if is_confidential(scene.ticket) else found


def _next_due(scene: Scene) -> RunningTarget | None:
    """Return the clock that is late, else the one that binds."""
    ticket, ctx = scene.ticket, scene.ctx
    if not ticket.is_live or ticket.tier.has_bridge:
        return None
    clocks = running(ticket, ctx.policy, ctx.calendar)
    return foremost(ticket, clocks)


def _named(due: RunningTarget, now: datetime) -> str:
    """Return what is due; of a range the card says the upper figure, which time does not change."""
    is_range = bool(figure_named(due.target.due_at, due.breach_at, now))
    return WAITED_FOR[due.measure.name] + (" (breach)" if is_range else "")


def _level(ticket: Ticket) -> str:
    account = ticket.account
    if account is None or account.program_level is None:
        return ""
    return ProgramLevel(account.program_level).capitalize()


def _gone_to(scene: Scene) -> str:
    """Return the team in whose channel it stands, where the ticket's own is not known."""
    team = team_with_it(scene.ticket, scene.ctx)
    own = team_of(scene.ticket, scene.ctx.policy)
    return team.name if team is not None and team.name.casefold() != own.casefold() else ""


@presents("triage_moved")
def moved(scene: Scene) -> Facts:
    """Return where the ticket went."""
    return {
        **scene.common(),
        "has_bridge": scene.ticket.tier.has_bridge,
        "team": team_of(scene.ticket, scene.ctx.policy),
    }


@presents("triage_taken")
def taken(scene: Scene) -> Facts:
    """Return who has it, and whether the account is told."""
    return {
        **scene.common(),
        "is_told": bool(scene.param("told")),
        "person": scene.name(scene.param("by")),
    }


@presents("triage_wrote")
def wrote(scene: Scene) -> Facts:
    """Return what the account wrote; of a row how much, since when, and the last of it."""
    since_at = scene.param("since_at")
    return {
        **scene.common(),
        "at": datetime.fromisoformat(scene.param("wrote_at")),
        "link": scene.param("link"),
        "outside": scene.param("outside"),
        "words": scene.param("words"),
        "count": scene.number("count"),
        "since_at": datetime.fromisoformat(since_at) if since_at else None,
    }


@presents("triage_late")
def late(scene: Scene) -> Facts:
    """Return what is late, and who has been told."""
    return {
        **scene.common(),
        "breach_at": datetime.fromisoformat(scene.param("breach_at")),
        "told": scene.param("told"),
        "waited_for": WAITED_FOR[scene.param("measure")],
    }


@presents("triage_escalated")
def escalated(scene: Scene) -> Facts:
    """Return why it is escalated, and who is asked to lead it."""
    return {**scene.common(), "asked": scene.param("asked"), "why": scene.param("why")}


@presents("triage_waits")
def waits(scene: Scene) -> Facts:
    """Return how many questions are with the account, and since when clocks stand still."""
    return {
        **scene.common(),
        **clock_facts(scene.ticket, scene.ctx),
        "count": scene.number("count"),
        "is_more": bool(scene.params.get("more")),
        "since_at": datetime.fromisoformat(scene.param("since_at")),
    }


@presents("triage_goes_on")
def goes_on(scene: Scene) -> Facts:
    """Return when the account answered, or who goes on without its answer, and why."""
    answered_at, by = scene.param("answered_at"), scene.param("by")
    return {
        **scene.common(),
        **clock_facts(scene.ticket, scene.ctx),
        "answered_at": datetime.fromisoformat(answered_at) if answered_at else None,
        "person": scene.name(by) if by else "",
        "reason": "" if is_confidential(scene.ticket) else scene.param("reason"),
        "words": scene.param("words"),
    }


@presents("triage_anew")
def anew(scene: Scene) -> Facts:
    """Return whose card stands there anew."""
    return scene.common()


@presents("triage_asked", "triage_review")
def review(scene: Scene) -> Facts:
    """Return what another team was asked, or answered; of a confidential ticket not what."""
    found = scene.ticket.of(SecondReviews).numbered(scene.number("review"))
    shown = "" if is_confidential(scene.ticket) else scene.param("words")
    return {
        **scene.common(),
        "person": scene.name(scene.param("by")),
        "review_number": scene.number("review"),
        "team": TEAMS[found.team] if found is not None else "",
        "words": shown,
    }


@presents("triage_renewed")
def renewed(scene: Scene) -> Facts:
    """Return which record says something else now, and what."""
    record = renewed_line(scene.ticket, scene.param("kind"), scene.param("number"))
    return {
        **scene.common(),
        "as_of": record.as_of,
        "changes": changes_of(scene.params["changed"]),
        "day": record.day,
        "link": record.address,
        "title": record.title,
    }
