"""Why an answer, or questions, to an account are refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class WordsOfABridge(Refusal):
    """On Tier 3 and 4 words leave as updates, and no clock waits for the account. Source: D21."""

    code = "words_of_a_bridge"
