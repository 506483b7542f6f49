"""Why a record is not linked to a ticket."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class RecordOfAnotherAccount(Refusal):
    """What is known of one account stands on no ticket of another."""

    code = "record_of_another_account"


class TooManyRecords(Refusal):
    """A ticket that is about everything is about nothing."""

    code = "too_many_records"


class OlderRecord(Refusal):
    """What stands on the ticket was said later."""

    code = "older_record"
