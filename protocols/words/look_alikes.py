"""Letters of other scripts that look like Latin ones, and when they stand for these.

A word that mixes Latin with look-alikes, and a word made wholly of look-alikes in a sentence that
is otherwise Latin, is read as Latin. A sentence of another script stays as it is. Source: M2, T27.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = "аaеeоoрpсcуyхxѕsіiјjԁdԛqԝwһhӏlѵvүyАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJԚQԜWҮYѴVӀIԌGҺh"
_LOOSELY = "кkтtмmнhвbгrпnьbЬb"
_GREEK = "αaοoνvρpτtυuιiκkχxγyεeηnωwσoϲcϳjβbΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCͿJ"
_ARMENIAN = "օoոnսuհhցgյjզqռnՏSԼLՕOՍU"
_CHEROKEE = "ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᏆIᎫJᏦKᏞLᎷMᏢPᏒRᏚSᎢTᏙVᎳWᎽYᏃZ"
_LISU = "ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU"
_COPTIC = "ⲟoⲥcⲣpⲟoⲞOⲤCⲢPⲎHⲒIⲔKⲘMⲚNⲦTⲬX"


def _pairs(letters: str) -> dict[str, str]:
    return dict(zip(letters[::2], letters[1::2], strict=True))


CLOSE = _pairs(f"{_CYRILLIC}{_GREEK}{_ARMENIAN}{_CHEROKEE}{_LISU}{_COPTIC}")
"""Letters of other scripts that nobody tells from a Latin one, with that one."""
OTHER_SCRIPTS = CLOSE | _pairs(_LOOSELY)
"""The same, with letters that pass for a Latin one among Latin ones only."""


_LATIN = (
    "ıiɑaɡgɩiȷjʋvøoØOłlŁLđdĐDħhĦHŧtŦTƶzƀbɓbƈcɗdɖdɠgɦhɨiƙkƚlɱmɲnŋnɵoƥpʠqɾrʂsƭtʉuʊuⱳwƴyʐz"
    "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpǫqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɛeɐaǝeɹrʌv"
)
_SIGNS = {
    chr(first + index): chr(65 + index)
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
    for index in range(26)
}
ALL = OTHER_SCRIPTS | _pairs(_LATIN) | _SIGNS
"""All that a reader may take for a Latin letter: also strokes, small capitals and framed ones."""


_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?\n]+")
_SYMBOLS = frozenset({"GREEK", "COPTIC"})


def folded(text: str) -> str:
    """Return text whose disguised words are Latin; everything else is as it was.

    Every letter is replaced by one letter, so that places stay.
    """
    if text.isascii() or not any(letter in OTHER_SCRIPTS for letter in text):
        return text
    genuine = _genuine(text)
    return _SENTENCE.sub(lambda found: _sentence(found[0], genuine), text)


def _sentence(sentence: str, genuine_in_text: frozenset[str]) -> str:
    here = _genuine(sentence)
    has_latin = any(map(_is_latin, sentence))
    genuine = here if has_latin else genuine_in_text

    def word(found: re.Match[str]) -> str:
        return _latin(found[0]) if _is_disguised(found[0], genuine) else found[0]

    return _WORD.sub(word, sentence)


def _is_disguised(word: str, genuine: frozenset[str]) -> bool:
    strange = [letter for letter in word if not _is_latin(letter)]
    if not strange or any(letter not in OTHER_SCRIPTS for letter in strange):
        return False
    scripts = {script_of(letter) for letter in word}
    if len(scripts) > 1:
        return True
    (script,) = scripts
    if script in genuine or any(letter not in CLOSE for letter in word):
        return False
    # One Greek letter is a sign of its own, such as in "the β version".
    return not (len(word) == 1 and script in _SYMBOLS)


def _latin(word: str) -> str:
    return "".join(OTHER_SCRIPTS.get(letter, letter) for letter in word)


def _genuine(text: str) -> frozenset[str]:
    """Return the scripts of which a whole word has a letter that is like no Latin one."""
    found = set()
    for word in _WORD.finditer(text):
        if any(not _is_latin(letter) and letter not in OTHER_SCRIPTS for letter in word[0]):
            found |= {script_of(letter) for letter in word[0]}
    return frozenset(found - {"LATIN"})


def _is_latin(letter: str) -> bool:
    return (letter.isascii() and letter.isalpha()) or script_of(letter) == "LATIN"


def script_of(letter: str) -> str:
    """Return the script of a letter, as its Unicode name begins."""
    return unicodedata.name(letter, "").partition(" ")[0]
