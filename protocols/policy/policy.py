"""The desk's figures: every duration, size and target that the rules use.

The file is `policy.yaml`, frozen on a ticket by its version (D13); what is wrong is named by path.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import TypeVar

from protocols.policy import calendars, categories, weekdays
from protocols.policy.checklist import ChecklistRule
from protocols.policy.desk_steps import DeskStepRow
from protocols.policy.newer import newer
from protocols.policy.notices import notice_rule
from protocols.policy.routing import RoutingRule, routing
from protocols.policy.rules import (
    AwaitingRule,
    BridgeRule,
    CalendarRule,
    CategoryRule,
    ClassifyRule,
    CloseRule,
    CollectRule,
    DutiesRule,
    EscalateRule,
    HoldsRule,
    IntakeRule,
    LatenessRule,
    LoweringRule,
    NoticeRule,
    OpensLate,
    QuestionsRule,
    QuietRule,
    RcaRule,
    RelationsRule,
    ReplyRule,
    ResolutionRule,
    RetentionRule,
    RolesRule,
    SecondPersonRule,
    SeverityRule,
    SlackDownRule,
    SpecialRule,
    Tier1Rule,
    Tier2Rule,
    Tier3Rule,
    Tier4Rule,
    UpdateRule,
)
from protocols.policy.schema import SCHEMA, UPCASTERS, Upcasters, lifted
from protocols.policy.second_review import SecondReviewRule
from protocols.policy.sections import Section
from protocols.scales import Category, ProgramLevel, Severity

_PREFIX = re.compile(r"[A-Z]{2,5}", re.ASCII)
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Policy:
    """Every figure of a desk, with the version that stands for them.

    Attributes:
        calendar: the desk's own hours.
        calendars: further ones, by the keys under which accounts and teams name them.
        team_calendars: the key of a team's calendar, by the team's name as a key.
        causes: what a resolution may say that it came from, inside.
        desk_steps: which steps Tier 1 and 2 owe.
        elevation_percents: shares of the running time at which a ticket is raised in the queue.
        body: the same figures as canonical JSON, kept with tickets.
        version: the first twelve hexadecimal digits of the body's SHA-256.
    """

    vendor_name: str
    reference_prefix: str
    calendar: CalendarRule
    tier1: Tier1Rule
    tier2: Tier2Rule
    tier3: Tier3Rule
    tier4: Tier4Rule
    update: UpdateRule
    roles: RolesRule
    holds: HoldsRule
    lowering: LoweringRule
    notice: NoticeRule
    questions: QuestionsRule
    duties: DutiesRule
    bridge: BridgeRule
    resolution: ResolutionRule
    rca: RcaRule
    intake: IntakeRule
    slack_down: SlackDownRule
    retention: RetentionRule
    lateness: LatenessRule
    escalate: EscalateRule
    collect: CollectRule
    second_person: SecondPersonRule
    awaiting: AwaitingRule
    second_review: SecondReviewRule
    quiet: QuietRule
    reply: ReplyRule
    relations: RelationsRule
    routing: RoutingRule
    classify: ClassifyRule
    checklist: ChecklistRule
    calendars: Mapping[str, CalendarRule]
    team_calendars: Mapping[str, str]
    period_closes: tuple[CloseRule, ...]
    causes: Mapping[Category, tuple[str, ...]]
    desk_steps: tuple[DeskStepRow, ...]
    elevation_percents: tuple[int, ...]
    severities: Mapping[Severity, SeverityRule]
    categories: Mapping[Category, CategoryRule]
    special_targets: tuple[SpecialRule, ...]
    body: str
    version: str

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Policy:
        """Check every entry and freeze them.

        Args:
            values: the entries of a policy file, or of a stored body.

        Returns:
            The policy.

        Raises:
            EntryRefused: an entry is missing, unknown or wrong; it names the path.
        """
        section = Section(values)
        body = canonical(values)
        policy = cls(
            vendor_name=section.text("vendor_name"),
            reference_prefix=_prefix(section),
            calendar=calendars.calendar(section.section("calendar")),
            tier1=_tier1(section.section("tier1")),
            tier2=_tier2(section.section("tier2")),
            tier3=_tier3(section.section("tier3")),
            tier4=_tier4(section.section("tier4")),
            update=_update(section.section("update")),
            roles=_roles(section.section("roles")),
            holds=_holds(section),
            lowering=LoweringRule(_answer_within(section, "lowering")),
            questions=QuestionsRule(_answer_within(section, "questions")),
            notice=notice_rule(section),
            duties=_duties(section),
            bridge=_bridge(section.section("bridge")),
            resolution=_resolution(section.section("resolution")),
            rca=_rca(section.section("rca")),
            intake=_intake(section.section("intake")),
            slack_down=_slack_down(section.section("slack_down")),
            retention=_retention(section.section("retention")),
            **newer(section),
            routing=routing(section),
            elevation_percents=section.wholes("elevation_percents", 1, 99),
            severities=weekdays.of_severities(_severities(section.section("severities"))),
            categories=categories.read(section),
            special_targets=tuple(map(_special, section.listed("special_targets"))),
            body=body,
            version=_digest(body),
        )
        section.done()
        return policy

    def calendar_of(self, key: str) -> CalendarRule:
        """Return the calendar of a key; the desk's own for no key, and for one that is not here."""
        return self.calendars.get(key, self.calendar)

    def title_of(self, category: Category) -> str:
        """Return the name of a category, as people read it. Source: S78."""
        rule = self.categories.get(category)
        return rule.title if rule is not None and rule.title else category.label

    @classmethod
    def from_body(cls, body: str, schema: int = SCHEMA, upcasters: Upcasters = UPCASTERS) -> Policy:
        """Return the policy of a stored body; it keeps the version that the body gave it."""
        policy = cls.from_mapping(calendars.revived(lifted(json.loads(body), schema, upcasters)))
        return replace(policy, body=body, version=_digest(body))


def canonical(values: Mapping[str, object]) -> str:
    """Return entries as JSON that does not depend on their order or layout."""
    return json.dumps(
        values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
    )


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:12]


def _prefix(section: Section) -> str:
    prefix = section.text("reference_prefix")
    if not _PREFIX.fullmatch(prefix):
        raise section.refuse("reference_prefix", "Write two to five capital letters, such as BW.")
    return prefix


def _tier1(section: Section) -> Tier1Rule:
    return _complete(section, Tier1Rule(section.duration("reply"), section.duration("resolve")))


def _tier2(section: Section) -> Tier2Rule:
    return _complete(section, Tier2Rule(section.elapsed("acknowledge"), section.elapsed("triage")))


def _tier3(section: Section) -> Tier3Rule:
    return _complete(
        section,
        Tier3Rule(
            acknowledge=section.elapsed("acknowledge"),
            own_acknowledge=section.elapsed("own_acknowledge"),
            scope=section.elapsed("scope"),
            activation=_opens_late(section.section("activation")),
            call=section.elapsed("call"),
            investigation=_opens_late(section.section("investigation")),
            first_update=section.elapsed("first_update"),
        ),
    )


def _opens_late(section: Section) -> OpensLate:
    rule = OpensLate(section.elapsed("opens"), section.elapsed("late"))
    if rule.opens >= rule.late:
        raise section.refuse("late", "A step opens before it is late.")
    return _complete(section, rule)


def _tier4(section: Section) -> Tier4Rule:
    return _complete(
        section,
        Tier4Rule(
            commander=section.elapsed("commander"),
            outreach=section.elapsed("outreach"),
            status_page=section.elapsed("status_page"),
        ),
    )


def _update(section: Section) -> UpdateRule:
    rule = UpdateRule(
        tier3=section.elapsed("tier3"),
        tier4=section.elapsed("tier4"),
        choices=section.elapsed_list("choices"),
        prompt_before=section.elapsed("prompt_before"),
        review_before=section.elapsed("review_before"),
        bridge_reminder_before=section.elapsed("bridge_reminder_before"),
        releaser_reminder=section.elapsed("releaser_reminder"),
        releaser_escalation=section.elapsed("releaser_escalation"),
        late_promise=section.elapsed("late_promise"),
        no_change_in_a_row=section.whole("no_change_in_a_row", 0, 10),
        late_texts_in_a_row=section.whole("late_texts_in_a_row", 0, 10),
        press_again_after=_press_again_after(section),
    )
    if not rule.choices:
        raise section.refuse("choices", "Name at least one duration to choose from.")
    return _complete(section, rule)


def _press_again_after(section: Section) -> timedelta:
    """Return how long a text is not sent again; a policy older than it has the first figure."""
    name = "press_again_after"
    return section.elapsed(name) if section.has(name) else timedelta(minutes=5)


def _roles(section: Section) -> RolesRule:
    return _complete(section, RolesRule(section.elapsed("accept_within")))


def _holds(outer: Section) -> HoldsRule:
    """Return the rule on holds; a policy older than it has the figure of the roles. D14."""
    if not outer.has("holds"):
        return HoldsRule(outer.section("roles").elapsed("accept_within"))
    section = outer.section("holds")
    rule = HoldsRule(section.elapsed("answer_within"))
    if section.has("look_again"):
        rule = replace(rule, look_again=section.duration("look_again"))
    if section.has("look_at_records"):
        rule = replace(rule, look_at_records=section.elapsed("look_at_records"))
    return _complete(section, rule)


def _answer_within(outer: Section, name: str) -> timedelta:
    """Return how long an answer is waited for; older ones have the bridge's window. D11, D12."""
    if not outer.has(name):
        return outer.section("tier3").section("activation").elapsed("late")
    section = outer.section(name)
    return _complete(section, section.elapsed("answer_within"))


def _duties(outer: Section) -> DutiesRule:
    if not outer.has("duties"):
        return DutiesRule(None)
    section = outer.section("duties")
    return _complete(section, DutiesRule(section.elapsed("swap_at_most")))


def _bridge(section: Section) -> BridgeRule:
    size = section.whole("size", 2, 50)
    rule = BridgeRule(size, section.elapsed("archive_after"), section.flag("tight_names"))
    return _complete(section, rule)


def _resolution(section: Section) -> ResolutionRule:
    return _complete(
        section,
        ResolutionRule(
            confirm_reminder=section.duration("confirm_reminder"),
            reopen_after=section.duration("reopen_after"),
            attempts=section.whole("attempts", 1, 10),
            reopens_before_escalation=section.whole("reopens_before_escalation", 1, 10),
        ),
    )


def _rca(section: Section) -> RcaRule:
    rule = RcaRule(section.duration("due"), section.wholes("remind_percents", 1, 99))
    return _complete(section, rule)


def _intake(section: Section) -> IntakeRule:
    same, second = section.elapsed("same_words_window"), section.elapsed("second_critical_window")
    names = ("line_after", "line_at_most", "nudge_after")
    heard = {name: section.elapsed(name) for name in names if section.has(name)}
    link = section.address("secure_link") if section.has("secure_link") else ""
    return _complete(section, IntakeRule(same, second, **heard, secure_link=link))


def _slack_down(section: Section) -> SlackDownRule:
    return _complete(section, SlackDownRule(section.elapsed("mail_after")))


def _retention(section: Section) -> RetentionRule:
    return _complete(section, RetentionRule(section.whole("years", 1, 100)))


def _severity(section: Section) -> SeverityRule:
    return _complete(section, SeverityRule(section.range("reply"), section.range("resolve")))


def _special(section: Section) -> SpecialRule:
    rule = SpecialRule(
        name=section.text("name"),
        program_levels=section.choices("program_levels", ProgramLevel),
        categories=section.categories(),
        severities=section.choices("severities", Severity),
        tags=frozenset(section.texts("tags")),
        reply=section.range_or_none("reply"),
        resolve=section.range_or_none("resolve"),
        source=section.text("source"),
    )
    if rule.reply is None and rule.resolve is None:
        raise section.refuse("reply", "A special target shortens the reply, the resolving or both.")
    return _complete(section, weekdays.of_special(rule))


def _severities(section: Section) -> Mapping[Severity, SeverityRule]:
    found = {each: _severity(section.section(each.value)) for each in Severity}
    section.done()
    return MappingProxyType(found)


def _complete(section: Section, rule: _V) -> _V:
    section.done()
    return rule
