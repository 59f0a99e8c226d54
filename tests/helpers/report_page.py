"""The page of a class report as a browser finds it, and small classes to make one of."""

from __future__ import annotations

import csv
import datetime
import io
import re
from html.parser import HTMLParser
from typing import Any

from grader.exercises.assignment import Assignment
from grader.report.class_results import ClassResults, ExerciseResult, StudentResult

NOW = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)
START = datetime.datetime(2026, 3, 2, 10, 20)


VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "wbr"})


class Page(HTMLParser):
    """The elements of a page, which complains of tags that are not balanced."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def assert_fit_page(text: str) -> Page:
    """Assert that a page is sound HTML, complete in itself, and can be used with the keyboard."""
    page = Page(text)
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        assert tag not in {"script", "iframe", "img", "link", "object", "form", "base"}, tag
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert "style" not in attributes, "the policy of the page forbids it"
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids
        if "aria-labelledby" in attributes:
            assert attributes["aria-labelledby"] in ids
        if tag == "svg":
            assert attributes["aria-hidden"] == "true"
            assert attributes["focusable"] == "false"
        if "scroll" in attributes.get("class", "").split():
            assert (attributes["tabindex"], attributes["role"]) == ("0", "region")
            assert attributes["aria-label"]
        if tag == "th":
            assert attributes["scope"] in ("col", "row")
        assert attributes.get("tabindex", "0") == "0"
    assert not re.search(r"https?://|url\(|@import|//[a-z]+\.", text)
    assert page.named("html") == [{"lang": "en"}]
    assert len(page.named("h1")) == len(page.named("main")) == len(page.named("title")) == 1
    assert len(page.named("table")) == len(page.named("caption"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    return page


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def class_of(
    assignment: Assignment,
    verdicts: dict[str, dict[str, str]],
    sources: dict[str, dict[str, str]] | None = None,
    **more: Any,
) -> ClassResults:
    """A class in which everything is right but what is named."""
    students = []
    for who, wrong in verdicts.items():
        exercises = {}
        for exercise in assignment.exercises:
            verdict = wrong.get(exercise.name, "correct")
            points = exercise.points if verdict in ("correct", "blocked") else 0
            exercises[exercise.name] = ExerciseResult(verdict, points, exercise.points)
        score = sum(result.points for result in exercises.values())
        own = (sources or {}).get(who, {})
        students.append(StudentResult(who, "", exercises, score, assignment.max_score, sources=own))
    return ClassResults(assignment, tuple(students), **more)
