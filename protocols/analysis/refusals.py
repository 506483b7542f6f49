"""Why a written analysis is not recorded."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NoAnalysisOwed(Refusal):
    """No written analysis is owed on this ticket. Source: S53."""

    code = "no_analysis_owed"
