"""Times that systems and spreadsheets write for people, in the languages in which they write."""

from __future__ import annotations

import functools
import re
import warnings
from datetime import UTC, datetime, tzinfo
from typing import Any

_LANGUAGES = ("de", "fr", "es", "it")
_BETWEEN = ("um", "uhr", "de", "del", "à", "a", "las", "alle", "ore")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
_CHINESE_HALF = re.compile(r"(上午|下午) *(\d{1,2}:\d\d(?::\d\d)?)")
_CHINESE_DAY = re.compile(r"(?:星期|周|週)[一二三四五六日天]")
_DAY_FIRST = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_EITHER_FIRST = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-]\d{2}(?:\d\d)?\b")


def parse_time(text: str, zone: tzinfo) -> datetime | None:
    """A time that a system wrote for people, in UTC.

    Parameters:
        text: for instance ``Sunday, November 1, 2026 10:20:30 AM GMT``.
        zone: the time zone where the text names none, or one that is not known.

    Returns:
        The time; None where the text holds none, or may be read as two days.
    """
    import dateutil.parser

    text = _DAY_FIRST.sub(r"\3-\2-\1", _without_chinese(text[:100]))
    slashes = _EITHER_FIRST.search(text)
    if slashes and slashes[1] != slashes[2] and max(int(slashes[1]), int(slashes[2])) <= 12:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about names of time zones that it does not know
            # What a text leaves open is taken from the default: a day must not be.
            found, other = (
                dateutil.parser.parse(text, _words(), default=datetime(year, month, day))
                for year, month, day in ((2000, 1, 1), (2004, 2, 2))
            )
        return in_utc(found, zone) if found == other and found.year >= 1970 else None
    except (ValueError, ArithmeticError, TypeError, LookupError, AttributeError):
        return None


def in_utc(time: datetime, zone: tzinfo) -> datetime:
    """A time in UTC; where it names no time zone, it is in ``zone``."""
    return (time if time.tzinfo is not None else time.replace(tzinfo=zone)).astimezone(UTC)


def _without_chinese(text: str) -> str:
    text = _CHINESE_DAY.sub("", _CHINESE.sub(r"\1-\2-\3", text))
    return _CHINESE_HALF.sub(lambda half: f"{half[2]} {'AP'[half[1] == '下午']}M", text)


@functools.cache
def _words() -> Any:
    """The names of months and days in all languages together."""
    from babel.dates import get_day_names, get_month_names
    from dateutil.parser import parserinfo

    months = [list(names) for names in parserinfo.MONTHS]
    days: list[str] = []
    for language in _LANGUAGES:
        days += get_day_names("wide", locale=language).values()
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                months[number - 1].append(name.rstrip("."))
    words = type(
        "Words",
        (parserinfo,),
        {"MONTHS": [*map(tuple, months)], "JUMP": [*parserinfo.JUMP, *_BETWEEN, *days]},
    )
    return words()
