"""How the policy's section on notices is read; a policy need not have one."""

from __future__ import annotations

from dataclasses import replace

from protocols.policy.rules import NoticeRule
from protocols.policy.sections import Section


def notice_rule(outer: Section) -> NoticeRule:
    """Return the rule on notices to many accounts; without a section the first figures. S23."""
    if not outer.has("notice"):
        return NoticeRule()
    section = outer.section("notice")
    rule = NoticeRule(section.whole("a_minute", 1, 200), section.elapsed("call_again"))
    if section.has("answer_within"):
        rule = replace(rule, answer_within=section.elapsed("answer_within"))
    section.done()
    return rule
