"""Why two tickets are not said to belong together."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class ItIsTheSame(Refusal):
    """A ticket belongs to itself already."""

    code = "it_is_the_same"


class OfAnotherAccount(Refusal):
    """Only tickets of one account are one matter; others share a problem at most."""

    code = "of_another_account"


class IsMerged(Refusal):
    """The ticket goes on on another, which is the one to ask."""

    code = "is_merged"
    is_newest = True


class HasOpenBridge(Refusal):
    """A ticket whose bridge is open goes on by itself."""

    code = "has_open_bridge"


class IsEscalated(Refusal):
    """Who leads an escalation looks for it where it was raised."""

    code = "merge_escalated"


class StandsForOthers(Refusal):
    """The words of a problem that other tickets have are written where they are linked to."""

    code = "stands_for_others"


class StaysConfidential(Refusal):
    """Who may not read a matter would hear its account on the other ticket."""

    code = "stays_confidential"


class WordsAreLeaving(Refusal):
    """Words for the account wait for a release or are on their way, and would be lost."""

    code = "words_are_leaving"


class MergedLongAgo(Refusal):
    """A merge is undone within a day."""

    code = "merged_long_ago"
