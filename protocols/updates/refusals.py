"""Why a text and its release is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class SecondPersonNeeded(Refusal):
    """The one who wrote or last edited a text may not release it. Source: S47, D22."""

    code = "second_person"


class TextChanged(Refusal):
    """The text is another than the one that was read. Source: M1."""

    code = "text_changed"
    is_newest = True


class LegalMustRelease(Refusal):
    """Under a disclosure hold only Legal releases. Source: D15, D22."""

    code = "legal_release"


class NoNextUpdate(Refusal):
    """An update must name a next update in the future. Source: S49, S52."""

    code = "no_next_update"


class NothingToCorrect(Refusal):
    """A correction is about an update that is with the account, and none is. Source: D24."""

    code = "nothing_to_correct"


class AlreadyReleased(Refusal):
    """The text is released already; by whom, and when. Source: S47."""

    code = "already_released"


class WordsRefused(Refusal):
    """A check on outward words failed; ``findings`` name field and sentence. Source: M2."""

    code = "words_refused"


class FixedWords(Refusal):
    """The words are fixed: there is nothing that their writer could write anew. Source: D6."""

    code = "fixed_words"
