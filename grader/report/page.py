"""The class report as one page: no scripts, nothing from the network, light, dark and printed."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from course.language import _, ngettext
from grader.paths import PROGRAM
from grader.report.class_report import ClassReport
from grader.report.statistics import ExerciseFigures
from grader.report.times import TimeLine
from grader.report.trouble import BROKEN, FALL, HALF, LOW_SHARE
from grader.report.verdicts import UNKNOWN, VERDICTS
from grader.submission.sentences import counted_sentence
from grader.text.page_templates import PageTemplates
from grader.text.terminal import shown

ENOUGH = 20
"""In a smaller class a low discrimination may well be chance, and nothing is made of it."""
HARD, LOW_DISCRIMINATION = 0.4, 0.1
MOST_RANKED = 10
MOST_NAMED = 60
MOST_MESSAGES = 5
MOST_TROUBLE = 40
MOST_RECURRING = 12
_LONGEST_TEXT = 500
_FEWEST_LEFT_OUT = 3


def report_page(report: ClassReport, made: datetime.datetime) -> str:
    """The page.

    Parameters:
        report: what it says.
        made: when it was made.
    """
    templates = PageTemplates(Path(__file__).parent / "templates")
    templates.filters["percent"] = _percent
    templates.filters["number"] = _number
    templates.filters["fixed"] = _fixed
    templates.filters["breakable"] = _breakable
    templates.filters["text"] = lambda text: shown(str(text), _LONGEST_TEXT)
    templates.filters["code"] = _code
    templates.filters["verdict"] = lambda verdict: _(VERDICTS.get(verdict, UNKNOWN))
    templates.filters["words"] = lambda name: shown(str(name)).replace("-", " ")
    columns = _columns(report)
    return templates.render(
        "page.html.j2",
        report=report,
        results=report.results,
        people=report.people,
        short=_in_short(report),
        verdicts=columns,
        rows=[_row(figures, columns) for figures in report.exercises],
        bins=_bins(report),
        ranked=_ranked(report),
        by_exercise=_by_name(report, report.misconceptions, "exercise"),
        periods=_periods(report.times),
        unreadable=[s.student_id for s in report.results.students if s.unreadable],
        rules={"low": LOW_SHARE, "half": HALF, "broken": BROKEN, "fall": FALL},
        tests=report.results.assignment.brings_tests,
        ranked_failures=report.failures[:MOST_RANKED],
        failures_by_test=_by_name(report, report.failures, "test"),
        most_messages=MOST_MESSAGES,
        most_named=MOST_NAMED,
        most_trouble=MOST_TROUBLE,
        most_recurring=MOST_RECURRING,
        grade_it=f"{PROGRAM} autograde {shlex.quote(report.results.assignment.name)}",
        made=_date(made),
        due=_date(report.results.due) if report.results.due else "",
        words_of_times=_words_of_times(report.times),
        formgrader=Markup("<code>nbgrader formgrader</code>"),
        timestamp=Markup("<code>timestamp.txt</code>"),
    )


def _date(time: datetime.datetime) -> str:
    return time.strftime(_("%d %B %Y, %H:%M"))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _number(value: float | None, digits: int = 2) -> str:
    """A number without a needless fraction, and with a real minus sign."""
    if value is None:
        return "–"
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")


def _fixed(value: float | None) -> str:
    """A correlation."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _breakable(name: str) -> Markup:
    """A name that may be broken after underscores, on narrow screens."""
    return Markup("_<wbr>").join(escape(part) for part in shown(name).split("_"))


def _code(text: str) -> str:
    """Code in which no character hides another or turns the line round."""
    return "\n".join(shown(line.replace("\t", "    "), 300) for line in text.split("\n"))


def _columns(report: ClassReport) -> list[tuple[str, str, str]]:
    """The verdicts that occur, each with its words and its class in the style sheet."""
    found = {key for figures in report.exercises for key in figures.verdicts}
    columns = [
        (key, _(words), key.replace(" ", "-"))
        for key, words in VERDICTS.items()
        if key in found or key in ("correct", "wrong")
    ]
    return [*columns, ("", _(UNKNOWN), "unknown")] if found - VERDICTS.keys() else columns


def _row(figures: ExerciseFigures, columns: list[tuple[str, str, str]]) -> dict[str, Any]:
    """One exercise, with the share of each verdict and its place in a bar."""
    total = sum(figures.verdicts.values())
    shares, start = [], 0.0
    for key, words, style in columns:
        count = figures.verdicts.get(key, 0)
        if not key:
            count = sum(n for verdict, n in figures.verdicts.items() if verdict not in VERDICTS)
        share = count / total if total else 0.0
        shares.append({"words": words, "style": style, "count": count, "share": share, "x": start})
        start += share
    blocked = sorted(figures.blocked.items(), key=lambda item: (-item[1], item[0]))
    return {"figures": figures, "shares": shares, "hint": _hint(figures), "blocked": blocked}


def _hint(figures: ExerciseFigures) -> str:
    """What the figures of an exercise suggest, where they suggest anything."""
    hints = []
    if figures.difficulty is not None and figures.difficulty < HARD:
        hints.append(_("hard for this class"))
    low = figures.discrimination is not None and figures.discrimination < LOW_DISCRIMINATION
    if low and figures.count >= ENOUGH:
        hints.append(_("does not go with the rest: look at the exercise itself"))
    return _("{hints}.").format(hints=_("; ").join(hints)) if hints else ""


def _bins(report: ClassReport) -> list[dict[str, Any]]:
    if report.marks is None:
        return []
    largest = max(report.marks.bins)
    return [
        {
            "range": f"{10 * place}–{10 * place + 10}%",
            "count": count,
            "share": count / report.marks.count,
            "length": count / largest,
        }
        for place, count in enumerate(report.marks.bins)
    ]


def _ranked(report: ClassReport) -> list[Any]:
    """The commonest misconceptions; beyond the first few, one student's says nothing."""
    return [
        figures
        for place, figures in enumerate(report.misconceptions[:MOST_RANKED])
        if place < MOST_RANKED // 2 or len(figures.students) > 1
    ]


def _by_name(
    report: ClassReport, figures: Sequence[Any], attribute: str
) -> list[tuple[str, list[Any]]]:
    """Figures grouped by the exercise or test that one attribute names, in its order."""
    found: dict[str, list[Any]] = {item.name: [] for item in report.results.assignment.items}
    for one in figures:
        found.setdefault(getattr(one, attribute), []).append(one)
    return [(name, mistakes) for name, mistakes in found.items() if mistakes]


def _periods(times: TimeLine) -> list[dict[str, Any]]:
    """The lines of the time line; several empty ones in a row become one."""
    forms = {"hour": _("%a %d %b, %H:%M"), "day": _("%a %d %b"), "week": _("%d %b")}
    if len(times.years) > 1:
        forms = {"hour": _("%a %d %b %Y, %H:%M"), "day": _("%a %d %b %Y"), "week": _("%d %b %Y")}
    form = forms[times.unit]
    lines: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    for one in times.periods:
        line = {"when": one.start.strftime(form), "period": one, "empty": 0}
        if not one.count:
            waiting.append(line)
            continue
        lines += _shortened(waiting)
        waiting = []
        lines.append(line)
    return lines


def _words_of_times(times: TimeLine) -> dict[str, str]:
    """How the time line, its first column and its empty lines are called."""
    match times.unit:
        case "hour":
            said = _("Submissions by hour"), _("Hour"), _("{number} hours")
        case "day":
            said = _("Submissions by day"), _("Day"), _("{number} days")
        case "week":
            said = _("Submissions by week"), _("Week of"), _("{number} weeks")
    return dict(zip(("submissions", "heading", "empty"), said, strict=True))


def _shortened(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return lines if len(lines) < _FEWEST_LEFT_OUT else [{"empty": len(lines)}]


def _in_short(report: ClassReport) -> list[str]:
    """The report in a few sentences."""
    results, figures = report.results, report.marks
    if figures is None:
        return []
    sentences = [
        ngettext(
            "{number} student handed in; the mean is {mean} of {max_score} points.",
            "{number} students handed in; the mean is {mean} of {max_score} points.",
            figures.count,
        ).format(
            number=figures.count,
            mean=_number(figures.mean, 1),
            max_score=_number(results.max_score),
        )
    ]
    graded = [one for one in report.exercises if one.difficulty is not None]
    if graded:
        hardest = min(graded, key=lambda one: one.difficulty or 0.0)
        text = _("The hardest is {name}: {share} of its points.")
        sentences.append(text.format(name=hardest.name, share=_percent(hardest.difficulty)))
    if report.misconceptions:
        most = report.misconceptions[0]
        text = ngettext(
            "The commonest misconception is “{name}” in {exercise}: {number} student.",
            "The commonest misconception is “{name}” in {exercise}: {number} students.",
            len(most.students),
        )
        name = most.name.replace("-", " ")
        sentences.append(text.format(name=name, exercise=most.exercise, number=len(most.students)))
    if report.failures:
        failure = report.failures[0]
        text = ngettext(
            "The commonest failure is in {test}: “{what}”, {number} student.",
            "The commonest failure is in {test}: “{what}”, {number} students.",
            len(failure.students),
        )
        what = failure.in_short
        sentences.append(text.format(test=failure.test, what=what, number=len(failure.students)))
    if blocking := report.most_blocking:
        times, who = blocking.blocks, blocking.blocked_students
        text = _(
            "{name} stands in the way of the most others: {times} a later exercise was right in "
            "itself and failed through it, for {students}."
        )
        sentences.append(
            text.format(
                name=blocking.name,
                times=counted_sentence("{number} time", "{number} times", times),
                students=counted_sentence("{number} student", "{number} students", who),
            )
        )
    counts = (
        counted_sentence(
            "{number} student may need help.",
            "{number} students may need help.",
            len(report.trouble),
        ),
        counted_sentence(
            "{number} group of similar submissions.",
            "{number} groups of similar submissions.",
            len(report.similar),
        ),
        counted_sentence(
            "{number} submission waits for a person: the marks are not final.",
            "{number} submissions wait for a person: the marks are not final.",
            len(report.waiting),
        ),
        counted_sentence(
            "{number} submission not graded yet.",
            "{number} submissions not graded yet.",
            len(results.ungraded),
        ),
    )
    sentences += [str(one) for one in counts if one.number]
    return [shown(sentence, _LONGEST_TEXT) for sentence in sentences]
