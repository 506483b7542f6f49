"""Why the address of Engineering's ticket is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class AddressNeeded(Refusal):
    """The loop to Engineering is open with the address of its ticket, not with a word. D28."""

    code = "address_needed"
