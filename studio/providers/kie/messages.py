"""What Kie's codes mean: for the person one plain sentence, for us what may be done about it.

Kie's own prose misleads and one code serves several ends (kie-api.md 1.4, 12.12), so the sentence is ours; only where a
code is known to be shared do its words decide. Sentences are kept in English and translated for whoever reads them.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext_noop as _


class Family(Enum):
    OK = auto()
    REFUSED = auto()  # asking again the same way is of no use
    LATER = auto()  # not now: asking again is
    BROKEN = auto()  # a question may be asked again; what was to be made has failed
    MISSING = auto()  # no such record: not yet, or not any more


@dataclass(frozen=True, slots=True)
class Meaning:
    sentence: str
    family: Family


POLICY = Meaning(
    _("Kie refused this content: its rules do not allow it. Change the words or the files."), Family.REFUSED
)
NO_CREDITS = Meaning(
    _("The Kie account has no credits left. Use the Local engine, or ask an admin to top it up."), Family.REFUSED
)
MAINTENANCE = Meaning(_("Kie is in maintenance. Use the Local engine, or wait."), Family.LATER)
SWITCHED_OFF = Meaning(_("Kie has switched this feature off for now. Use the Local engine, or wait."), Family.BROKEN)
NO_RECORD = Meaning(_("Kie does not know this task."), Family.MISSING)
TOO_OFTEN = Meaning(_("Kie takes no more requests at the moment. It goes on by itself."), Family.LATER)
REFUSED = Meaning(_("Kie refused this request."), Family.REFUSED)
BROKEN = Meaning(_("Kie had an error of its own."), Family.BROKEN)
NOT_MADE = Meaning(_("Kie could not make this. It returns its credits for what failed."), Family.REFUSED)
UNREACHABLE = _("Kie cannot be reached at the moment.")
UNREADABLE = _("Kie gave an answer that cannot be read.")
NOT_ALLOWED = _("Kie's address leads into a private network. An admin can allow it.")
NOT_A_KEY = _("This is not a key of Kie. An admin can connect Kie again.")
NO_FILE = _("Kie did not give the file.")
TOO_LARGE = _("The file from Kie is larger than this studio takes.")
NO_INPUT = _("One of your files cannot be read at the moment.")

CODES = {  # the customer's table and the rest of kie-api.md 1.4
    200: Meaning(_("Kie took the request."), Family.OK),
    400: Meaning(_("Kie could not use this request. Check the words and the files."), Family.REFUSED),
    401: Meaning(_("Kie does not accept the key. An admin can connect Kie again."), Family.REFUSED),
    402: NO_CREDITS,
    403: Meaning(_("Kie does not let this studio in. Its key may be bound to other addresses."), Family.BROKEN),
    404: Meaning(_("Kie does not know what was asked for."), Family.MISSING),
    405: TOO_OFTEN,  # lyrics
    408: Meaning(_("Kie waited too long for the model behind it. Try again."), Family.BROKEN),
    409: Meaning(_("Kie has made this already."), Family.REFUSED),
    413: Meaning(_("The words are too long, or the audio is a known work."), Family.REFUSED),
    422: Meaning(_("Kie did not accept one of the values. Edit the request and try again."), Family.REFUSED),
    429: TOO_OFTEN,
    430: TOO_OFTEN,
    433: Meaning(_("The Kie key has reached a limit. It goes on by itself when the limit allows."), Family.LATER),
    451: Meaning(_("Kie could not fetch one of the files. Try again, or choose another file."), Family.REFUSED),
    455: MAINTENANCE,
    500: BROKEN,
    501: NOT_MADE,
    503: MAINTENANCE,
    505: SWITCHED_OFF,
    531: NOT_MADE,
    550: Meaning(_("Kie's queue is full. It goes on by itself."), Family.LATER),
}

FORBIDDEN = re.compile(r"violat|content polic|flagged|sensitive|moderation|nsfw|prohibited|not safe", re.IGNORECASE)
ABOUT_CONTENT = {400, 413, 422, 430, 451, 500, 501, 531}
WORDS = (  # codes that are shared, and the words that tell (kie-api.md 1.4)
    ({422, 500}, re.compile(r"record\w* is null", re.IGNORECASE), NO_RECORD),
    ({429}, re.compile(r"insufficient|not enough credit", re.IGNORECASE), NO_CREDITS),
    ({500, 503}, re.compile(r"maint(ain|en)", re.IGNORECASE), MAINTENANCE),
    ({500}, re.compile(r"temporarily paused", re.IGNORECASE), SWITCHED_OFF),
    (ABOUT_CONTENT, FORBIDDEN, POLICY),
)


def meaning_of(code: int, words: str = "") -> Meaning:
    """What a code says together with Kie's own words for it."""
    for codes, pattern, meaning in WORDS:
        if code in codes and pattern.search(words):
            return meaning
    return CODES.get(code) or (BROKEN if code >= 500 else REFUSED)
