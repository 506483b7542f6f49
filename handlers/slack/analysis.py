"""The written analysis: that it was delivered, and where it stands. Source: S53."""

from __future__ import annotations

from handlers.kit.acting import account_name, opener, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Submission
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.analysis.events import RecordRca
from protocols.kernel.context import Context
from protocols.ticket import Ticket
from templates.analysis.words import ANALYSIS_OPEN, VIEW_ANALYSIS
from templates.kit import render
from templates.kit.render import Json


def analysis_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Written analysis*."""
    facts = {"account": account_name(ticket), "ref": ticket.reference}
    return render.view("analysis", facts)


def deliver_analysis(desk: Acts, submission: Submission) -> Answer:
    """Keep that the written analysis was delivered, and where it stands. Source: S53."""
    command = RecordRca(submission.reference, submission.view.text("stands"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_analysis")


DOORS = Doors(
    presses={
        ANALYSIS_OPEN: opener(analysis_form),
    },
    submissions={
        VIEW_ANALYSIS: deliver_analysis,
    },
)
