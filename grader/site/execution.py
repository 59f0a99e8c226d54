"""Run a notebook of the course in a clean kernel, and say what a reader should not have to see."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbclient
import nbformat
from nbformat import NotebookNode

from grader.paths import PROJECT, UTILS

CELL_TIMEOUT = 300
"""Seconds after which a cell is given up: it hangs. No cell that is run here trains in full."""

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")

_MAY_FAIL = "raises-exception"
_SHORTEST_ALT = 12
_PICTURE_ELEMENT = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT_ATTRIBUTE = re.compile(r"\balt\s*=\s*(\"[^\"]+\"|'[^']+')", re.IGNORECASE)

# Warnings become errors, so that none gets lost, but for those that the machinery around the
# notebook gives about itself. The course's own folders are taken off the path: a notebook that is
# run in a copy has to find the modules of the copy.
_PREPARATION = """
import sys as _sys
import warnings as _warnings

_sys.path[:] = [place for place in _sys.path if place not in {hidden!r}]
_warnings.simplefilter("error")
_warnings.filterwarnings(
    "ignore",
    module=r"(ipykernel|IPython|ipywidgets|jupyter_client|comm|traitlets|tornado|zmq|asyncio)(\\.|$)",
)
del _sys, _warnings
"""


def run_notebook(
    notebook: NotebookNode,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    in_project: bool = False,
) -> NotebookNode:
    """Run a notebook from its first cell to its last, and keep its outputs.

    An error of a cell does not end the run: it is in the outputs, where :func:`problems_of_run`
    finds it. A warning is an error.

    Parameters:
        notebook: the notebook; it stays as it is.
        folder: the folder in which it runs.
        environment: environment variables beside those of this process.
        in_project: whether the notebook may import ``utils/`` and ``grader/`` of this project. If
            not, it finds only what lies where the notebook looks for it.

    Returns:
        A copy with outputs.
    """
    hidden = [] if in_project else [str(PROJECT), str(UTILS)]
    preparation = nbformat.v4.new_code_cell(_PREPARATION.format(hidden=hidden))
    run = nbformat.from_dict(notebook)
    run = NotebookNode({**run, "cells": [preparation, *_without_outputs(run.cells)]})
    with tempfile.TemporaryDirectory() as profile:
        variables = {
            **os.environ,
            "IPYTHONDIR": profile,
            "COURSE_PROGRESS": "off",
            # The arrays are small, and several notebooks may run side by side.
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            **(environment or {}),
        }
        client = nbclient.NotebookClient(
            run,
            timeout=CELL_TIMEOUT,
            kernel_name="python3",
            allow_errors=True,
            resources={"metadata": {"path": str(folder)}},
        )
        # What the kernel itself writes, and no cell, is of no interest here.
        with open(os.devnull, "w") as nowhere:
            client.execute(env=variables, stderr=nowhere)
    run.cells = run.cells[1:]
    return run


def _without_outputs(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    for cell in cells:
        copy = nbformat.from_dict(cell)
        if copy.cell_type == "code":
            copy.outputs, copy.execution_count = [], None
        yield copy


def problems_of_run(run: NotebookNode) -> Iterator[str]:
    """What a reader of the outputs should not have to see, one sentence each.

    Parameters:
        run: a notebook as :func:`run_notebook` returns it.
    """
    yield from failures(run)
    yield from undescribed_pictures(run)


def failures(run: NotebookNode) -> Iterator[str]:
    """The errors, the warnings, and whatever else stands on the error stream, one sentence each.

    Parameters:
        run: a notebook as :func:`run_notebook` returns it.
    """
    for cell in run.cells:
        may_fail = _MAY_FAIL in cell.metadata.get("tags", [])
        for output in cell.get("outputs", []):
            if output.output_type == "error" and not may_fail:
                yield f"cell {cell.id} fails: {output.ename}: {output.evalue}"
            elif output.output_type == "stream" and output.name == "stderr":
                yield f"cell {cell.id} writes to the error stream: {output.text.strip()}"


def undescribed_pictures(run: NotebookNode) -> Iterator[str]:
    """The pictures without a description for those who cannot see them, one sentence each.

    Parameters:
        run: a notebook as :func:`run_notebook` returns it.
    """
    for cell in run.cells:
        for output in cell.get("outputs", []):
            if output.output_type not in ("display_data", "execute_result"):
                continue
            for mime in PICTURES:
                if mime in output.data and len(alt_of(output, mime)) < _SHORTEST_ALT:
                    yield f"cell {cell.id} shows a picture without a description (alt text)"
            for element in _PICTURE_ELEMENT.findall(output.data.get("text/html", "")):
                if not _ALT_ATTRIBUTE.search(element):
                    yield f"cell {cell.id} shows HTML with a picture without a description"


def alt_of(output: NotebookNode, mime: str) -> str:
    """The description of a picture, empty where it has none.

    Parameters:
        output: an output that shows a picture.
        mime: the type of the picture, ``"image/png"``.
    """
    return str(output.metadata.get(mime, {}).get("alt", "")).strip()
