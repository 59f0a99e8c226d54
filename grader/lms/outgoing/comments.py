"""Marks in words: what a student reads in the learning management system."""

from __future__ import annotations

import html
import json
from typing import Any

from course.language import _
from grader.exercises.kernel import notebook_metadata
from grader.lms.outgoing.marks import ExerciseMark, StudentMark
from grader.recording.autograded_notebook import verdict_in_words
from grader.text.inert import plain_text, verbatim_markdown
from grader.text.table_cells import number_cell

_FINE = ("correct",)


def comment_lines(mark: StudentMark) -> list[str]:
    """One line for the whole, and one for each exercise that is not simply right."""
    lines = [
        _("{points} of {max_points} points.").format(
            points=number_cell(mark.score), max_points=number_cell(mark.max_score)
        )
    ]
    if mark.penalty:
        lines.append(
            _("{points} points were taken off because it was late.").format(
                points=number_cell(mark.penalty)
            )
        )
    if mark.unreadable:
        lines.append(plain_text(mark.unreadable))
    lines += [_line(exercise) for exercise in mark.exercises if not _is_fine(exercise)]
    return lines


def _is_fine(exercise: ExerciseMark) -> bool:
    return exercise.verdict in _FINE and exercise.points == exercise.max_points


def _line(exercise: ExerciseMark) -> str:
    marks = f"{number_cell(exercise.points)}/{number_cell(exercise.max_points)}"
    verdict = f", {verdict_in_words(exercise.verdict)}" if exercise.verdict else ""
    message = " ".join(plain_text(exercise.message).split())
    return f"{exercise.name}: {marks}{verdict}{'. ' if message else ''}{message}"


def comment_html(mark: StudentMark) -> str:
    """The lines as HTML, for a system that shows comments as HTML; nothing in it is a tag of a
    student's."""
    return "<br>".join(html.escape(line) for line in comment_lines(mark))


def feedback_notebook(mark: StudentMark, assignment: str) -> bytes:
    """The lines as a notebook, for a system that gives files back under the notebook's name."""
    title, *others = comment_lines(mark)
    texts = [f"# {assignment}\n\n**{title}**", *(verbatim_markdown(line) for line in others)]
    notebook: dict[str, Any] = {
        "cells": [
            {
                "cell_type": "markdown",
                "id": f"feedback-{number}",
                "metadata": {},
                "source": text.splitlines(keepends=True),
            }
            for number, text in enumerate(texts)
        ],
        "metadata": notebook_metadata(),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def results_json(mark: StudentMark) -> bytes:
    """The marks as an autograder hands them to Gradescope; Otter-Grader writes the same form.

    Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
    """
    results: dict[str, Any] = {
        "score": round(mark.score, 5),
        "output": "\n".join(comment_lines(mark)),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            {
                "name": exercise.name,
                "score": round(exercise.points, 5),
                "max_score": round(exercise.max_points, 5),
                "status": "passed" if exercise.points == exercise.max_points else "failed",
                "output": "" if _is_fine(exercise) else _line(exercise),
                "visibility": "visible",
            }
            for exercise in mark.exercises
        ],
        "extra_data": {
            "student_id": mark.student_id,
            "raw_score": round(mark.raw_score, 5),
            "late_penalty": round(mark.penalty, 5),
            "max_score": round(mark.max_score, 5),
        },
    }
    return (json.dumps(results, indent=1, ensure_ascii=False) + "\n").encode()
