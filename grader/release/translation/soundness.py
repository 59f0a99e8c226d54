"""What may not differ between a text and its translation: code, formulas, links, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

_WORDS_IN_FORMULA = re.compile(r"\\(?:text|mbox)\{[^}]*\}")
_KINDS = (
    ("formula", re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)),
    ("code", re.compile(r"(`+)(?:.+?)\1")),
    ("link", re.compile(r"(?<=\])\([^)\s]*\)|https?://[^\s)>]+")),
    ("tag", re.compile(r"</?[a-zA-Z][^>]*>")),
    ("placeholder", re.compile(r"\{[A-Za-z_][\w.!:]*\}|%\([a-z_]+\)[sd]|%[sd]")),
    ("number", re.compile(r"(?<![\w.])\d[\d,.]*(?<![,.])")),
)
_NUMBER_WORDS = dict(
    enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split(),
    )
)
_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_PARSER = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)


def differences(text: str, translation: str) -> list[str]:
    """What a translation has that its English has not, or the other way round.

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
    word = _NUMBER_WORDS.get(int(number)) if number.isdigit() else None
    return bool(word and re.search(rf"\b{word}(?:e?s)?\b", text, re.IGNORECASE))


def _parts(text: str) -> Iterator[tuple[str, Counter[str]]]:
    rest = text
    for kind, pattern in _KINDS:
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
    for token in _PARSER.parse(text):
        for child in token.children or ():
            if child.type == "text":
                found.update(re.findall(r"\*+", child.content))
    return found


def style_faults(translation: str) -> list[str]:
    """What is against the rules of Chinese text that ``docs/translating.md`` gives.

    Parameters:
        translation: a text in Chinese.
    """
    plain = translation
    for kind, pattern in _KINDS[:4]:
        sign = "" if kind in ("tag", "link") else "\N{OBJECT REPLACEMENT CHARACTER}"
        plain = pattern.sub(sign, plain)
    plain = re.sub(r"\s*\|\s*|[*\[\]]", lambda found: "\n" if "|" in found[0] else "", plain)
    rules = (
        ("half-width punctuation beside Chinese", rf"{_HAN}[,;:?!](?!\w)|{_HAN}\.(?:\s|$)"),
        ("half-width parentheses around Chinese", rf"\([^()]*{_HAN}[^()]*\)"),
        (
            "no space between Chinese and Latin",
            rf"{_HAN}[A-Za-z0-9\ufffc]|[A-Za-z0-9%\ufffc]{_HAN}",
        ),
        ("a space beside full-width punctuation", r"[，。；：？！、（）“”] | [，。；：？！、）”]"),
        ("a space between Chinese signs", rf"{_HAN} {_HAN}"),
        ("full-width digits or letters", r"[\uff10-\uff19\uff21-\uff5a]"),
        ("您 for 你", "您"),
    )
    return [f"{name}: {found[0]}" for name, rule in rules if (found := re.search(rule, plain))]
