"""The form **Open a ticket** as a value: what stands in it, what is preset.

The form is computed from the payload's whole state, never from a memory of ours: whatever was
lost or overtaken on the way, the next gesture is right again. What the screen shows beside the
fields (the tier, who is told) is kept in ``private_metadata``, so that a submission can say when
it differs from what was read. Source: design; words.md 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TypeVar

from handlers.kit.edge import View
from protocols.classification.events import Classify
from protocols.opening.events import AttachedFile, OpenTicket
from protocols.opening.signals import SIGNALS
from protocols.opening.tiering import tier_of
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal, Tier

NOT_IN_THE_LIST = "none"
ANY = "any"
GROUPS = ("impact_platform", "impact_money", "impact_payments")
OF_GROUP = {
    "platform": {
        Impact.PLATFORM_FAILING,
        Impact.SECURITY_INCIDENT,
        Impact.DATA_EXPOSED,
        Impact.CARD_DATA,
    },
    "money": {Impact.FUNDS_MOVED_WRONGLY, Impact.RECORDS_WRONG, Impact.REGULATOR},
    "payments": {Impact.PAYMENTS_BLOCKED, Impact.BALANCE_QUESTIONED, Impact.BATCH_SCOPE},
}
"""The boxes of each group."""


_Scale = TypeVar("_Scale", Signal, Impact, NoticedBy, Severity)
_SEVERITY = {
    Tier.ROUTINE: Severity.MEDIUM,
    Tier.ELEVATED: Severity.HIGH,
    Tier.CRITICAL: Severity.CRITICAL,
    Tier.SYSTEMIC: Severity.CRITICAL,
}
_VERSION = re.compile(r"(?P<signal>\w+)\.(?P<count>[0-9]+)")


@dataclass(frozen=True, slots=True)
class OpeningForm:
    """What stands in the form.

    Attributes:
        account_key: An account's key, ``none`` for one that is not in the list, "" while open.
        severity: As chosen for the tier that the form shows; None for the preset.
        category: As chosen, for the kind of account that ``category_for`` names.
        contact_id: As chosen for this account, a Slack id; "" for the preset.
        impact_version: Changes with the signal, so that Slack shows the boxes it ticks.
        source: How it was opened: ``command``, ``shortcut`` or ``message``.
        source_link: The message it was opened from.
        shown: The tier and the account's route that the screen shows.
        by_signal: The boxes that the signal ticked, and nobody by hand.
        reference: The report that is classified by it; "" for a new ticket.
        warned: The account for which a second critical ticket was warned of.
        files: What was put beside the words.
    """

    account_key: str = ""
    signal: Signal | None = None
    impacts: frozenset[Impact] = field(default_factory=frozenset)
    confirmed: str = ""
    noticed: NoticedBy = NoticedBy.US
    summary: str = ""
    description: str = ""
    severity: Severity | None = None
    category: Category | None = None
    category_for: str = ANY
    contact_id: str = ""
    impact_version: str = "none.0"
    source: str = "command"
    source_link: str = ""
    shown: str = ""
    warned: str = ""
    by_signal: frozenset[Impact] = field(default_factory=frozenset)
    reference: str = ""
    files: tuple[AttachedFile, ...] = ()

    @property
    def tier(self) -> Tier:
        """Return the tier that the ticked boxes and the signal propose."""
        return tier_of(self.impacts, self.signal)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Return the groups of boxes below which the form says at a glance what opening does."""
        if self.tier is Tier.ROUTINE:
            return ()
        return tuple(group for group, of_it in OF_GROUP.items() if self.impacts & of_it)

    @property
    def key(self) -> str | None:
        """Return the account's key; None without an account."""
        return self.account_key if self.account_key not in ("", NOT_IN_THE_LIST) else None

    @property
    def is_confirmed(self) -> bool:
        """Say whether a wrong movement of funds is confirmed."""
        return self.funds_moved and self.confirmed_or_preset == "yes"

    @property
    def funds_moved(self) -> bool:
        """Say whether the question of a confirmed wrong payment is asked."""
        return Impact.FUNDS_MOVED_WRONGLY in self.impacts

    @property
    def confirmed_or_preset(self) -> str:
        """Return the answer, preset by the signal: a *confirmed* duplicate is confirmed."""
        preset = "yes" if self.signal is Signal.DUPLICATE_PAYMENT else "reported"
        return self.confirmed or preset

    def severity_or_preset(self) -> Severity:
        """Return the severity, preset by the tier."""
        return self.severity or _SEVERITY[self.tier]

    def category_or_preset(self, account_kind: str) -> Category | None:
        """Return the category; a customer's is preset, a partner's is picked."""
        if self.category is not None and self.category_for == (account_kind or ANY):
            return self.category
        return None if account_kind == "partner" else Category.TECHNICAL_PRODUCT

    def metadata(self, shown: str) -> str:
        """Return what the modal carries beside its fields; first the report that it classifies.

        Whose report it is stands last: no field of that form asks for the account.
        """
        ticked = ",".join(sorted(impact.value for impact in self.by_signal & self.impacts))
        own = self.account_key if self.reference else ""
        kept = (self.reference, self.source, self.source_link, shown, self.warned, ticked, own)
        return "|".join(kept)

    def having(self, impact: Impact) -> OpeningForm:
        """Return the form with one more box ticked."""
        return replace(self, impacts=self.impacts | {impact})

    def classifies(self, category: Category, poc: str | None) -> Classify:
        """Return the command that the form is for a report that nobody has classified. D44."""
        return Classify(
            self.reference,
            self.tier,
            self.impacts,
            self.signal,
            self.is_confirmed,
            self.severity_or_preset(),
            category,
            self.summary,
            self.description,
            poc,
            self.files,
        )

    def command(self, team_id: str, category: Category, poc: str | None) -> OpenTicket:
        """Return the command that the form is."""
        return OpenTicket(
            reference="",
            team_id=team_id,
            summary=self.summary,
            account_key=self.key,
            noticed_by=self.noticed,
            severity=self.severity_or_preset(),
            category=category,
            description=self.description,
            impacts=self.impacts,
            signal=self.signal,
            funds_confirmed=self.is_confirmed,
            poc=poc,
            source=self.source,
            source_link=self.source_link,
            another_problem=bool(self.warned) and self.warned == (self.key or NOT_IN_THE_LIST),
            files=self.files,
        )


def read(view: View) -> OpeningForm:
    """Return the form as it stands on the screen."""
    signal = _one(Signal, view.text("signal"))
    contact_for = _version(view, "contact", ANY)
    ticked = {_one(Impact, value) for group in GROUPS for value in view.several(group)}
    kept = (*view.metadata, "", "", "", "", "", "", "")
    account_key = view.text("account") or kept[6]
    nobody_said = NoticedBy.ACCOUNT if kept[0] else NoticedBy.US
    tier_shown = kept[3].partition("-")[0]
    form = OpeningForm(
        account_key=account_key,
        signal=signal,
        impacts=frozenset(impact for impact in ticked if impact is not None),
        confirmed=view.text("confirmed"),
        noticed=_one(NoticedBy, view.text("noticed")) or nobody_said,
        summary=view.text("summary"),
        description=view.text("description"),
        category=_category(view.text("category")),
        category_for=_version(view, "category", ANY),
        contact_id=view.text("contact") if contact_for == (account_key or ANY) else "",
        impact_version=_version(view, GROUPS[0], "none.0"),
        source=kept[1] or "command",
        source_link=kept[2],
        shown=kept[3],
        warned=kept[4],
        by_signal=frozenset(filter(None, (_one(Impact, one) for one in kept[5].split(",")))),
        reference=kept[0],
        files=view.files.get("files", ()),
    )
    # A severity was chosen for the tier that is on the screen, not for another one.
    same_tier = tier_shown == str(int(form.tier))
    chosen = _one(Severity, view.text("severity")) if same_tier else None
    return replace(form, severity=chosen)


def with_signal(form: OpeningForm) -> OpeningForm:
    """Return the form after another signal was picked.

    What it implies is ticked; only what the one before had ticked is taken back, and never what
    somebody ticked by hand, before it or with it.
    """
    found = _VERSION.fullmatch(form.impact_version)
    implied = SIGNALS[form.signal].implies if form.signal is not None else frozenset()
    count = int(found["count"]) + 1 if found else 1
    name = form.signal.value if form.signal is not None else "none"
    by_hand = form.impacts - form.by_signal
    return replace(
        form,
        impacts=by_hand | implied,
        by_signal=implied - by_hand,
        impact_version=f"{name}.{count}",
    )


def _version(view: View, name: str, absent: str) -> str:
    return view.blocks.get(name, "").partition(":")[2] or absent


def _category(value: str) -> Category | None:
    try:
        return Category(value)
    except ValueError:  # nothing is chosen yet
        return None


def _one(scale: type[_Scale], value: str) -> _Scale | None:
    return next((member for member in scale if member.value == value), None)
