"""What the form **Open a ticket** shows beside its fields: the facts of its view.

Each is computed by the rules that will decide the opening, so that the form promises nothing
else than what happens. Source: words.md 2; D6, D16, D24, D27.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.kit.ports import Glance
from handlers.kit.refusing import age
from handlers.slack.opening.form import NOT_IN_THE_LIST, OpeningForm
from protocols.account.events import AccountCard, RouteKind
from protocols.account.rules import account_card, executive_for, is_security, route_for
from protocols.contact.rules import preset_contact
from protocols.engineering.rules import first_engineer
from protocols.helpers.calling import call, heads_up, reviewers
from protocols.helpers.events import HelperCalled
from protocols.kernel.context import Context
from protocols.opening.tiering import because
from protocols.people.directory import Account
from protocols.promises.rules import first_update_after
from protocols.relations.events import OpenBeside
from protocols.rights.guards import manager_name
from protocols.rights.rules import may_read_of
from protocols.scales import Category, NoticedBy, Signal, Tier
from protocols.time.targets import TicketFacts, targets
from templates.kit import render
from templates.kit.scene import read_by
from templates.opening.facts import OpenTicketLine
from templates.routing.categories import category_lines

_SHOWN_CLOCKS = 2
"""How many clocks the tier sentence itself names."""


@dataclass(frozen=True, slots=True)
class OpeningScene:
    """The form, with what the rules know of its account now."""

    form: OpeningForm
    ctx: Context
    account: Account | None
    card: AccountCard | None
    route: str
    mail_contact: str
    poc_key: str | None
    contact_id: str

    @property
    def kind(self) -> str:
        """Return what the account is; empty without one."""
        return str(self.account.kind) if self.account is not None else ""

    @property
    def shown(self) -> str:
        """Return what the screen promises: the tier, and on Tier 3 and 4 the account's route."""
        tier = int(self.form.tier)
        return f"{tier}-{self.route}" if self.form.tier.has_bridge else str(tier)


def scene(desk: Glance, form: OpeningForm, ctx: Context) -> OpeningScene:
    """Return the form among what the rules know.

    Args:
        desk: To find people in Slack.
        form: What stands in it.
        ctx: Made for the form's account.
    """
    account = ctx.directory.account(form.key) if form.key else None
    card = account_card(account) if account is not None else None
    preset = preset_contact(card, ctx.actor, ctx)
    chosen = desk.who(form.contact_id) if form.contact_id else None
    route, mail_contact = _route(form, card, ctx)
    return OpeningScene(
        form=form,
        ctx=ctx,
        account=account,
        card=card,
        route=route,
        mail_contact=mail_contact,
        poc_key=chosen.key if chosen is not None else preset,
        contact_id=form.contact_id or (desk.slack_id(preset) if preset else None) or "",
    )


def view(seen: OpeningScene) -> dict[str, object]:
    """Return the modal."""
    return render.view("open_ticket", facts(seen))


def facts(seen: OpeningScene) -> Mapping[str, object]:
    """Return every fact that the modal names."""
    form, ctx, account = seen.form, seen.ctx, seen.account
    category = form.category_or_preset(seen.kind)
    channel = ctx.channel if account is not None else None
    shared = channel is not None and channel.is_ext_shared and bool(channel.channel_id)
    return {
        "account": account.name if account is not None else "",
        "account_csm": ctx.who(account.csm).name if account is not None and account.csm else "",
        "account_key": _account_key(form, account),
        "account_kind": seen.kind,
        "account_or_it": account.name if account is not None else "the account",
        "because": because(form.impacts, form.signal),
        "category": category or "",
        "categories": category_lines(ctx.policy),
        "channel_id": channel.channel_id if channel is not None and shared else "",
        "channel_name": channel.name if channel is not None and shared else "",
        "confirmed": form.confirmed_or_preset,
        "contact_id": seen.contact_id,
        "description": form.description,
        "desk_city": _city(account.zone) if account is not None else "",
        "impact_version": form.impact_version,
        "impacts": tuple(impact.value for impact in form.impacts),
        "mail_contact": seen.mail_contact,
        "metadata": form.metadata(seen.shown),
        "noticed": form.noticed.value,
        "noticed_version": form.source,
        "now": read_by(ctx, ctx.by.key),
        "open_ticket": _open_ticket(ctx, form.reference),
        "outside_count": channel.outside_count if channel is not None else 0,
        "poc": ctx.who(seen.poc_key).name if seen.poc_key else "the contact",
        "report": form.reference,
        "route": seen.route,
        "severity": form.severity_or_preset().value,
        "signal": form.signal.value if form.signal is not None else "",
        "summary": form.summary,
        "ticked": form.ticked,
        "tier": int(form.tier),
        **_times(seen),
        **_people(seen),
    }


def _account_key(form: OpeningForm, account: Account | None) -> str:
    if account is not None:
        return account.key
    return NOT_IN_THE_LIST if form.account_key == NOT_IN_THE_LIST else ""


def _times(seen: OpeningScene) -> dict[str, object]:
    ctx, tier = seen.ctx, seen.form.tier
    policy, now = ctx.policy, ctx.now
    reply_at: datetime = now + policy.tier2.acknowledge
    if tier is Tier.ROUTINE:
        reply_at = ctx.calendar.due(now, policy.tier1.reply)
    return {
        "bridge_at": now + policy.tier3.call,
        "commander_at": now + policy.tier4.commander,
        "desk": f"the {ctx.calendar.name}",
        "first_update_at": now + first_update_after(policy, tier),
        "more_clocks": _more_clocks(seen),
        "outreach_at": now + policy.tier4.outreach,
        "press_by_at": now + policy.tier3.own_acknowledge,
        "reply_at": reply_at,
        "resolve_at": ctx.calendar.due(now, policy.tier1.resolve),
        "triage_at": now + policy.tier2.triage,
    }


def _more_clocks(seen: OpeningScene) -> int:
    ctx, account = seen.ctx, seen.account
    named = TicketFacts(
        opened_at=ctx.now,
        tiers=((seen.form.tier, ctx.now),),
        severity=seen.form.severity_or_preset(),
        category=seen.form.category_or_preset(seen.kind) or Category.TECHNICAL_PRODUCT,
        program_level=account.program_level if account is not None else None,
        tags=frozenset(account.tags) if account is not None else frozenset(),
    )
    running = sum(1 for target in targets(ctx.policy, named, ctx.calendar) if target.runs)
    return max(0, running - _SHOWN_CLOCKS)


def _people(seen: OpeningScene) -> dict[str, object]:
    """Return who will be told, by the same calls that the opening makes."""
    ctx, card = seen.ctx, seen.card
    me = ctx.by.key
    called = (
        e.person for e in heads_up(ctx, signal=seen.form.signal) if isinstance(e, HelperCalled)
    )
    leads = tuple(who.name for who in called if who.key != me)
    security = ctx.first_on_duty("security")
    executive = executive_for(card, ctx)
    engineer = first_engineer(ctx)
    is_systemic = seen.form.tier is Tier.SYSTEMIC
    asks_security = is_systemic or is_security(seen.form.impacts, seen.form.signal)
    tells_vendor = seen.form.tier is Tier.CRITICAL and card is not None
    return {
        "engineer": engineer.name if engineer is not None else "",
        "manager": manager_name(ctx),
        "poc_is_me": seen.poc_key is None or ctx.is_actor(seen.poc_key),
        "bridge_people": leads,
        "has_vendor": tells_vendor and card is not None and card.vendor_contact is not None,
        "asked_people": _asked(seen.form, ctx),
        "security_person": security.name if security is not None and asks_security else "",
        "sponsor": executive.name if executive is not None else "",
    }


def _asked(form: OpeningForm, ctx: Context) -> tuple[str, ...]:
    """Return who is asked for Legal, Compliance or Finance as it opens. Source: S32, S41."""
    events = call(("legal",), ctx) if form.signal is Signal.LEGAL_THREAT else []
    if form.is_confirmed:
        events += reviewers(ctx)
    return tuple(dict.fromkeys(e.person.name for e in events if isinstance(e, HelperCalled)))


def _route(form: OpeningForm, card: AccountCard | None, ctx: Context) -> tuple[str, str]:
    """Return how the form describes the way to the account, and the mail contact's name."""
    security = is_security(form.impacts, form.signal)
    found = route_for(ctx, card, security=security)
    names = {each.email: each.name for each in card.contacts} if card is not None else {}
    mail_contact = ", ".join(names.get(address, address) for address in found.addresses)
    if found.kind is RouteKind.NONE:
        return "none", ""
    if form.noticed is NoticedBy.US:
        return "press", mail_contact
    if found.kind is RouteKind.CHANNEL:
        return "channel", ""
    return ("security" if security else "mail"), mail_contact


def _open_ticket(ctx: Context, besides: str) -> OpenTicketLine | None:
    """Return the account's open ticket that is most likely the same problem: highest, newest."""
    others = [each for each in ctx.known(OpenBeside).tickets if each.reference != besides]
    if not others:
        return None
    found = max(others, key=lambda each: (each.tier, each.opened_at))
    seconds = max(0, int((ctx.now - found.opened_at).total_seconds()))
    subject = found.summary
    if not may_read_of(found, ctx):
        subject = render.line("confidential_subject", {})
    return OpenTicketLine(found.reference, found.shown_tier, subject, age(seconds), found.poc_name)


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
