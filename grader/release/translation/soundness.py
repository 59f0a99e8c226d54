"""What may not differ between a text and its translation: code, formulas, links, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from grader.release.translation.markdown_units import PARSER

_WORDS_IN_FORMULA = re.compile(r"\\(?:text|mbox)\{[^}]*\}")
KINDS = (
    ("formula", re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)),
    ("code", re.compile(r"(`+)(?:.+?)\1")),
    ("link", re.compile(r"(?<=\])\([^)\s]*\)|https?://[^\s)>]+")),
    ("tag", re.compile(r"</?[a-zA-Z][^>]*>")),
    ("placeholder", re.compile(r"\{[A-Za-z_][\w.!:]*\}|%\([a-z_]+\)[sd]|%[sd]")),
    ("number", re.compile(r"(?<![\w.])\d[\d,.]*(?<![,.])")),
)
_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def differences(text: str, translation: str) -> list[str]:
    """What only one of a text and its translation has.

    Parameters:
        text: the English text.
        translation: the same in another language.

    Returns:
        A line for each kind that differs; empty where the translation is sound.
    """
    found = []
    for (kind, ours), (_kind, theirs) in zip(_parts(text), _parts(translation), strict=True):
        lost, added = ours - theirs, theirs - ours
        if kind == "number":
            added = Counter(n for n in added.elements() if not _is_in_words(n, text))
        if lost or added:
            found.append(
                f"{kind}: "
                + "; ".join(
                    f"{word} {' '.join(sorted(parts.elements()))}"
                    for word, parts in (("missing", lost), ("added", added))
                    if parts
                )
            )
    if shown_marks(translation) - shown_marks(text):
        found.append(f"emphasis that is shown as signs: {' '.join(shown_marks(translation))}")
    return found


def _is_in_words(number: str, text: str) -> bool:
    """Whether an English text has a number as a word: "the number of ones"."""
    if not number.isdigit() or int(number) >= len(_NUMBER_WORDS):
        return False
    word = _NUMBER_WORDS[int(number)]
    return re.search(rf"\b{word}(?:e?s)?\b", text, re.IGNORECASE) is not None


def _parts(text: str) -> Iterator[tuple[str, Counter[str]]]:
    rest = text
    for kind, pattern in KINDS:
        parts = [found[0] for found in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
        if kind == "formula":
            parts = [re.sub(r"\s+", "", _WORDS_IN_FORMULA.sub("", part)) for part in parts]
        elif kind == "number":
            parts = [part.replace(",", "") for part in parts]
        yield kind, Counter(parts)


def shown_marks(text: str) -> Counter[str]:
    """The signs of emphasis that a reader would see, since they do not fit together."""
    found: Counter[str] = Counter()
    for token in PARSER.parse(text):
        for child in token.children or ():
            if child.type == "text":
                found.update(re.findall(r"\*+", child.content))
    return found
