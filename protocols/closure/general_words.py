"""Words that say nothing of one matter: a text of these alone could stand under any ticket. S98."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SMALL = _words(
    """
    a all already also always am an and any anything are as at back be because been before being
    both but by can could did do does doing done due during each else end ever every everything
    few for from fully had has have having he her here his how i if in into is it its just later
    least less let ll made make makes making many may me might more most much must my never no
    none normally not nothing now of off on once one only onto or other others our ours out over
    own part per quite re s same she should side so some something soon still such t than that
    the their them then there these they thing things this those to today together tomorrow too
    until up upon us ve very via was way we well were what when where which while who why will
    with within without would yes yesterday yet you your yours
    """
)
"""What stands in any sentence."""
COURTESY = _words(
    """
    anytime apologies apologise apologize ask assist assistance bear contact dear feel free
    further glad happy hello help hesitate hi inconvenience inform informed kind kindly know
    like need needs patience please regards reply respond sorry support tell thank thanks
    understanding want welcome wish write
    """
)
SETTLED = _words(
    """
    able account action actions active address addressed adjust adjusted adjustment adjustments
    again agent answer answered answers appear appears applied apply available bug bugs care
    carried case cases cause causes change changed changes close closed closing colleague
    colleagues complete completed completely completion concern concerns configuration
    configured continue continued continues correct corrected correcting correction corrections
    correctly current currently customer data day days department effective engineer engineering
    engineers entirely error errors everyone expected experience experienced experiencing fault
    faults final finally find fine finish finished fix fixed fixes fixing follow followed
    following forward found function functional functioning functions go goes going good great
    handle handled handling happen happened happens hour hours identified identify immediately
    implemented incident information instantly investigate investigated investigation issue
    issues job matter matters measure measures minute minutes moment moments monitor monitored
    monitoring necessary new normal occur occurred occurs ok okay online operate operating
    operation operational outcome party people perform performed persist persists point possible
    problem problems process processed properly provided put query question questions reason
    received recently regular remain remains remedied remedy repair repaired report reported
    request requested requests required resolution resolve resolved resolves resolving
    responsible restore restored result results right root running service services set setting
    settings settle settled shortly situation solution solutions solve solved solves sort sorted
    staff state status step steps success successful successfully system systems take taken team
    teams technical ticket tickets time times topic update updated updates usable user users
    usual usually vendor week weeks work worked working works wrong
    """
)
"""What is said of any matter that is over, and whoever saw to it."""
LOOKED_AT = _words(
    """
    check checked checking checks confirm confirmation confirmed get gets look looked looking
    looks review reviewed see seen sees test tested testing tests tried tries try trying
    validate validated verified verify view watch
    """
)
"""How anything is checked."""
GENERAL = SMALL | COURTESY | SETTLED | LOOKED_AT
