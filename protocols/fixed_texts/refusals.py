"""Why a fixed text is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NothingReleased(Refusal):
    """*No change* repeats released words, and none are released yet. Source: D15."""

    code = "nothing_released"


class TooManyInARow(Refusal):
    """A fixed text was sent as often in a row as it may be. Source: D15, D21."""

    code = "too_many_in_a_row"


class NothingPromised(Refusal):
    """*We are late* puts a promise off, and none binds. Source: D21."""

    code = "nothing_promised"


class TooEarly(Refusal):
    """*We are late* may leave from the reminder of the promise on. Source: D21."""

    code = "too_early"


class AlreadySent(Refusal):
    """The same text left already; who sent it, and when. Source: D15."""

    code = "already_sent"


class AskFirst(Refusal):
    """*We are late* ahead of the promised time is asked about before it leaves. Source: D21."""

    code = "ask_first"


class LateSaid(Refusal):
    """*We are late* was said once in a row; only an update helps now. Source: D21."""

    code = "late_said"


class OnItsWay(Refusal):
    """An update is released and on its way: it keeps the promise. Source: D21."""

    code = "on_its_way"
