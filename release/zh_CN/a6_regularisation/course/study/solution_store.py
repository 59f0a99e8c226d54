"""Where the reference solutions are: in the course's own folder, or sealed in a released one.

A released folder holds no solution of its own assignment, unless the instructor asked for it. Then
it is packed, so that nobody reads it by accident.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from course.study.study_material import folders_above

START_MARKER = "# YOUR CODE STARTS HERE"
END_MARKER = "# YOUR CODE ENDS HERE"
SEALED_FOLDER = "sealed_solutions"
_SEALED = Path(__file__).parent / SEALED_FOLDER
_ABOUT = (
    "The reference solutions, packed so that nobody reads them by accident. In the notebook, "
    'solution("...") shows them.'
)


def solution_of(assignment: str, exercise: str) -> str | None:
    """The source of the solved function; None where it is nowhere near."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return unsealed((_SEALED / f"{assignment}.json").read_text(encoding="utf-8"), exercise)
    for folder in (*folders_above(), *Path(__file__).resolve().parents):
        path = folder / "source" / assignment / f"{assignment}.ipynb"
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            return without_scaffolding(_cell(path, exercise))
    return None


def sealed(assignment: str, solutions: Mapping[str, str]) -> str:
    """The text of ``course/study/sealed_solutions/<assignment>.json``.

    Parameters:
        assignment: the assignment.
        solutions: for each function its solved cell.
    """
    packed = {
        name: base64.b64encode(zlib.compress(without_scaffolding(source).encode())).decode()
        for name, source in solutions.items()
    }
    data = {"about": _ABOUT, "assignment": assignment, "functions": packed}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def unsealed(text: str, exercise: str) -> str:
    """One solution out of the text of a sealed file.

    Raises:
        ValueError, KeyError, TypeError, zlib.error: it is not in there, or damaged.
    """
    packed = json.loads(text)["functions"][exercise]
    return zlib.decompress(base64.b64decode(packed)).decode()


def without_scaffolding(source: str) -> str:
    """A solution without markers and without the comments that guide the student to it."""
    kept = []
    in_guidance = False
    for line in source.splitlines():
        text = line.strip()
        if text.startswith("# (approx."):
            in_guidance = True
        if text == START_MARKER:
            in_guidance = False
            continue
        if text != END_MARKER and not in_guidance:
            kept.append(line)
    return "\n".join(kept).rstrip()


def _cell(notebook: Path, cell_id: str) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    source = next((cell["source"] for cell in cells if cell.get("id") == cell_id), None)
    if source is None:
        raise KeyError(cell_id)
    return source if isinstance(source, str) else "".join(source)
