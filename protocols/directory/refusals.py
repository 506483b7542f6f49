"""Why a change of an account is refused."""

from __future__ import annotations

from collections.abc import Mapping

from protocols.kernel.refusals import Refusal


class AccountWrong(Refusal):
    """What was written of an account cannot be; `fields` says of each entry what to write. M25."""

    code = "account_wrong"

    def __init__(self, fields: Mapping[str, str] | None = None, **facts: object) -> None:
        self.fields = dict(fields or {})
        super().__init__(what=" ".join(self.fields.values()), **facts)


class AccountOfFile(Refusal):
    """A file names the account, and wins over what the desk would write. Source: M25."""

    code = "account_of_file"


class AccountMoved(Refusal):
    """Somebody changed the account since the form was opened. Source: M25."""

    code = "account_moved"
