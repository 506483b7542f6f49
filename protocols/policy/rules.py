"""The parts of a policy: what each figure is called, grouped as in `policy.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from protocols.policy.escalation import LEADS, LINES, ROWS, EscalationRow, LineRule
from protocols.scales import Category, ProgramLevel, Severity
from protocols.time.calendar import Window
from protocols.time.durations import Duration, DurationKind, DurationRange


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """When a desk works. Source: S117.

    Attributes:
        holidays: Whose holidays are closed days: a country's or a market's code, empty for none.
    """

    name: str
    zone: str
    week: tuple[tuple[Window, ...], ...]
    holidays: str
    closed_days: frozenset[date]
    open_days: frozenset[date]


@dataclass(frozen=True, slots=True)
class CloseRule:
    """A period close: business days before and after the end of a month. Source: S31, D45.

    Attributes:
        last_days: How many of the month that ends.
        first_days: How many of the next one.
        months: Which months end a period; empty for each.
    """

    name: str
    last_days: int
    first_days: int
    months: frozenset[int]


@dataclass(frozen=True, slots=True)
class OpensLate:
    """A step that opens at one figure and is late after the other. Source: D5."""

    opens: timedelta
    late: timedelta


@dataclass(frozen=True, slots=True)
class Tier1Rule:
    """Routine. Source: S4, S5."""

    reply: Duration
    resolve: Duration


@dataclass(frozen=True, slots=True)
class Tier2Rule:
    """Elevated. Source: S9, S10."""

    acknowledge: timedelta
    triage: timedelta


@dataclass(frozen=True, slots=True)
class Tier3Rule:
    """Critical. Source: S14, S35-S49, D5, D6."""

    acknowledge: timedelta
    own_acknowledge: timedelta
    scope: timedelta
    activation: OpensLate
    call: timedelta
    investigation: OpensLate
    first_update: timedelta


@dataclass(frozen=True, slots=True)
class Tier4Rule:
    """Systemic. Source: S21-S23."""

    commander: timedelta
    outreach: timedelta
    status_page: timedelta


@dataclass(frozen=True, slots=True)
class UpdateRule:
    """Updates and their promises. Source: S52, D10, D15, D21, D22."""

    tier3: timedelta
    tier4: timedelta
    choices: tuple[timedelta, ...]
    prompt_before: timedelta
    review_before: timedelta
    bridge_reminder_before: timedelta
    releaser_reminder: timedelta
    releaser_escalation: timedelta
    late_promise: timedelta
    no_change_in_a_row: int
    late_texts_in_a_row: int
    press_again_after: timedelta


@dataclass(frozen=True, slots=True)
class RolesRule:
    """Roles of a bridge. Source: D14."""

    accept_within: timedelta


NEXT_DAY = Duration(DurationKind.BUSINESS_DAYS, 1)


@dataclass(frozen=True, slots=True)
class HoldsRule:
    """Stops that are asked for. Source: S48, D14, D17.

    Attributes:
        look_again: When those who may clear a hold are asked about it, and again each time.
        look_at_records: The same for a hold on records.
    """

    answer_within: timedelta
    look_again: Duration = NEXT_DAY
    look_at_records: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LoweringRule:
    """How long Legal and Security are asked to agree to a lower tier. Source: D12."""

    answer_within: timedelta


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """A notice to many accounts: how fast it leaves, when who calls or answers is asked again. S23.

    Slack takes several hundred messages a minute from an app; a notice leaves most of that to the
    tickets.
    """

    a_minute: int = 50
    call_again: timedelta = timedelta(minutes=10)
    answer_within: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class QuestionsRule:
    """How soon a question of an executive is answered. Source: D11, D41."""

    answer_within: timedelta


@dataclass(frozen=True, slots=True)
class DutiesRule:
    """Duties that change hands; a policy older than the figure names none. Source: D14."""

    swap_at_most: timedelta | None


@dataclass(frozen=True, slots=True)
class BridgeRule:
    """Bridge channels. Source: S42, D9, D18."""

    size: int
    archive_after: timedelta
    tight_names: bool


@dataclass(frozen=True, slots=True)
class ResolutionRule:
    """Confirm or re-open. Source: S99, S100, D7."""

    confirm_reminder: Duration
    reopen_after: Duration
    attempts: int
    reopens_before_escalation: int


@dataclass(frozen=True, slots=True)
class RcaRule:
    """The written analysis. Source: S53, M11."""

    due: Duration
    remind_percents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IntakeRule:
    """Repeated openings, and what is heard in a shared channel. Source: S178, D27, M16.

    Attributes:
        line_after: How long after the last of their words the one line is said.
        line_at_most: After how long it is said in any case.
        nudge_after: After how long a report opens about which our people were asked.
        secure_link: Where accounts enter card and account numbers; empty where nowhere. M14.
    """

    same_words_window: timedelta
    second_critical_window: timedelta
    line_after: timedelta = timedelta(seconds=45)
    line_at_most: timedelta = timedelta(minutes=2)
    nudge_after: timedelta = timedelta(minutes=15)
    secure_link: str = ""


@dataclass(frozen=True, slots=True)
class SlackDownRule:
    """What happens while Slack does not answer."""

    mail_after: timedelta


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long records are kept. Source: S55."""

    years: int


@dataclass(frozen=True, slots=True)
class LatenessRule:
    """How late is told as late: lateness is told in minutes. Source: D5."""

    grace: timedelta


@dataclass(frozen=True, slots=True)
class EscalateRule:
    """When a person is owed, or told again, and what is escalated to whom. Source: S65, D45.

    Attributes:
        take_within: After how long the next in line is asked.
        take_within_critical: The same with severity critical.
        look_at_least_every: With severity critical, somebody is looked for this often at least.
        new_target: The time to resolve that the account reads where the first has passed. S96.
        offer_within: After how long an offer that nobody answers is the giver's again: on Tier 1 of
            the desk's time, else of the clock. Source: D14, D39.
        leads: Duties that may lead an escalation, end it, or close for others, unasked. S94, D7.
    """

    blocked_within: timedelta
    look_every: Duration
    take_within: Duration
    take_within_critical: timedelta
    new_target: Duration
    rows: tuple[EscalationRow, ...] = ROWS
    lines: tuple[LineRule, ...] = LINES
    look_at_least_every: timedelta = timedelta(hours=4)
    offer_within: timedelta = timedelta(minutes=30)
    leads: tuple[str, ...] = LEADS

    @property
    def offer_at_the_desk(self) -> Duration:
        """Return how long an offer is waited for where the desk's own time counts."""
        return Duration(DurationKind.BUSINESS_TIME, self.offer_within // timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class CollectRule:
    """How long what an account writes in a row is collected before it is told. Source: D8."""

    words: timedelta
    messages: timedelta


class Alone(StrEnum):
    """What one person may say to an account of Tier 1 and 2 without a second one. Source: D45."""

    ASK = "ask"
    UPDATE = "update"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class SecondPersonRule:
    """Which words leave without a second person, and which never do. Source: D15, D45.

    Attributes:
        tier1: What leaves alone on Tier 1.
        tier2: The same on Tier 2.
        amount_words: Together with an amount, they need a second person.
        new_for: How long whoever is new needs one.
    """

    tier1: frozenset[Alone]
    tier2: frozenset[Alone]
    amount_words: tuple[str, ...]
    new_for: timedelta


@dataclass(frozen=True, slots=True)
class AwaitingRule:
    """What happens while an account owes us details, in silence. Source: D45."""

    remind_first: Duration
    remind_second: Duration
    back_after: Duration
    call_after: timedelta


@dataclass(frozen=True, slots=True)
class QuietRule:
    """Between which hours of its day an account is reminded; never outside of them. D45.

    ``list_at``: the minute of a morning at which one of us hears what came outside of their duty.
    """

    account_from: int
    account_until: int
    list_at: int = 8 * 60 + 45


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """By when what an account wrote is answered; ``platinum`` on Tier 1, ``critical`` on Tier 2.

    Source: M17, D45.
    """

    tier1: Duration
    platinum: Duration
    tier2: Duration
    critical: Duration
    tier3: Duration
    tier4: Duration


@dataclass(frozen=True, slots=True)
class ClassifyRule:
    """After how long the next is asked for a tier; then, of grave words, again. Source: D44."""

    urgent_next: timedelta
    routine_next: Duration
    urgent_again: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class RelationsRule:
    """Tickets that belong together. Source: S67, S68.

    Attributes:
        undo_within: How long a merge can be undone.
        report_after: When people hear how far the tickets are that the words of a problem answer.
        ask_again: When they hear it again, while one of them has not got the words.
    """

    undo_within: timedelta
    report_after: timedelta
    ask_again: Duration


@dataclass(frozen=True, slots=True)
class SeverityRule:
    """Targets of a severity. Source: S105-S116."""

    reply: DurationRange
    resolve: DurationRange


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """Team and target of a category. Source: S70-S78.

    Attributes:
        title: How people read it; empty where its key says that.
        about: What belongs to it, as the form says beside it.
        words: Words of a report that propose it.
    """

    team: str
    resolve: DurationRange
    verify_first: bool
    title: str = ""
    about: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """A target under conditions; an empty condition always holds. Source: S76, S118-S120."""

    name: str
    program_levels: frozenset[ProgramLevel]
    categories: frozenset[Category]
    severities: frozenset[Severity]
    tags: frozenset[str]
    reply: DurationRange | None
    resolve: DurationRange | None
    source: str
