"""What people write, before anything is made of it."""

from unicodedata import category

# Letters and signs by their class, that are drawn as nothing: two fillers of Hangul and the empty pattern of Braille.
UNSEEN = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}


def is_blank(words: str) -> bool:
    """Whether nothing of it can be seen: spaces, controls, letters without width."""
    return all(sign.isspace() or sign in UNSEEN or category(sign) in {"Cc", "Cf", "Mn"} for sign in words)
