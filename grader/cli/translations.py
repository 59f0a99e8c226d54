"""``python -m grader translations``: update the catalogues, and list what is not translated."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.release.translation.update import Updated

NAME = "translations"
HELP = "update the catalogues of translations/ and list what is missing, fuzzy or stale"
EXAMPLES = ("translations", "translations zh_CN --all", "translations de")

_SHOWN = 5
_LENGTH = 90


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "languages",
        nargs="*",
        metavar="LANGUAGE",
        help="which ones (default: all); a new one such as de gets empty catalogues",
    )
    parser.add_argument(
        "--all", action="store_true", help=f"list every text, not the first {_SHOWN} of a kind"
    )


def run(options: argparse.Namespace) -> int:
    """Update the catalogues and the release; return the exit status."""
    from grader.release.making import make_release
    from grader.release.translation.fonts import make_font
    from grader.release.translation.update import update_catalogues

    # Paragraphs come from the English notebooks as students get them.
    make_release(say=lambda line: None)
    all_updated = []
    for one in update_catalogues(options.languages):
        _tell(one, options.all)
        all_updated.append(one)
    spoken = dict.fromkeys(one.language for one in all_updated)
    for language in spoken:
        _tell_sum([one for one in all_updated if one.language == language])
    new_fonts = [language for language in spoken if make_font(language)]
    for language in new_fonts:
        print(f"The figures' font for {language} has new signs.")
    if new_fonts or any(one.changed for one in all_updated):
        make_release(say=lambda line: None)
        print("release/ is made again.")
    return 1 if any(one.unsound for one in all_updated) else 0


def _tell(one: Updated, whole: bool) -> None:
    state = one.state
    open_texts = len(state.missing) + len(state.fuzzy)
    if not open_texts and not state.stale and not one.unsound:
        return
    print(
        f"{one.language}/{one.name}.po: {state.translated} translated, {len(state.missing)} "
        f"missing, {len(state.fuzzy)} fuzzy, {state.stale} stale"
    )
    for kind, texts in (
        ("missing", state.missing),
        ("fuzzy, shown in English", state.fuzzy),
        ("unsound", tuple(f"{found}: {text}" for text, found in one.unsound)),
    ):
        for text in texts if whole else texts[:_SHOWN]:
            line = " ".join(text.split())
            print(f"  {kind}: {line[:_LENGTH]}{'...' if len(line) > _LENGTH else ''}")
        if not whole and len(texts) > _SHOWN:
            print(f"  {kind}: and {len(texts) - _SHOWN} more (--all lists them)")


def _tell_sum(all_updated: list[Updated]) -> None:
    translated = sum(one.state.translated for one in all_updated)
    missing = sum(len(one.state.missing) for one in all_updated)
    fuzzy = sum(len(one.state.fuzzy) for one in all_updated)
    stale = sum(one.state.stale for one in all_updated)
    total = max(1, translated + missing + fuzzy)
    print(
        f"{all_updated[0].language}: {translated} of {total} texts are translated "
        f"({translated / total:.1%}); {missing} missing, {fuzzy} fuzzy, {stale} stale."
    )
