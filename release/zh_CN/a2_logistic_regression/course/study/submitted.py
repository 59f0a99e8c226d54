"""The feedback of what you handed in last: ``submitted()``.

On a hub the teacher's machine grades what is handed in, and puts a page where only you find it.
This call waits for the page, keeps a copy beside the notebook, where nbgrader keeps it too, and
shows what it says.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

from course.language import _
from course.study.show import as_markdown, say, show, wrapped
from course.study.study_material import is_here, stored_assignments

__all__ = ["submitted"]

_SECONDS_BETWEEN_LOOKS = 0.5


def submitted(seconds: float = 30.0, *, assignment: str | None = None) -> None:
    """Show the feedback of what you handed in last.

    Parameters:
        seconds: how long to wait for it.
        assignment: which assignment, where the folder does not say it.
    """
    name = assignment or _assignment_here()
    if name is None:
        say(_('Which assignment? Say it: submitted(assignment="...")'))
        return
    try:
        last = _last_hand_in(name)
    except ImportError:
        say(_("Handing in works with nbgrader, on the hub of your class; nbgrader is not here."))
        return
    if last is None:
        say(
            _(
                "You have not handed in {name} from this account yet. In JupyterLab's menu choose "
                "Nbgrader, then Assignment List, and press Submit."
            ).format(name=name)
        )
        return
    ends = time.monotonic() + seconds
    while not last.page.exists():
        if time.monotonic() > ends:
            say(
                _(
                    "There is no feedback yet for what you handed in at {when}. Where your "
                    "teacher gives it at once, try again in a minute."
                ).format(when=last.when)
            )
            return
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    copy = Path("feedback", last.when, f"{name}.html")
    copy.parent.mkdir(parents=True, exist_ok=True)
    page = last.page.read_bytes()  # as nbgrader copies it, which compares the two
    copy.write_bytes(page)
    _show(page.decode("utf-8", "replace"), copy)


def _assignment_here() -> str | None:
    names = [stored.name for stored in stored_assignments()]
    here = [name for name in names if is_here(name)]
    return here[0] if here else names[0] if len(names) == 1 else None


@dataclass(frozen=True)
class _HandIn:
    """What was handed in: when, as nbgrader names its folder, and where its page will be."""

    when: str
    page: Path


def _last_hand_in(assignment: str) -> _HandIn | None:
    """What was handed in last, as nbgrader has kept it in this account.

    Raises:
        ImportError: nbgrader is not installed.
    """
    from nbgrader.apps.baseapp import NbGrader
    from nbgrader.exchange.default import ExchangeFetchFeedback
    from nbgrader.utils import notebook_hash

    application: Any = NbGrader()
    application.initialize([])
    exchange = ExchangeFetchFeedback(coursedir=application.coursedir, parent=application)
    course = application.coursedir.course_id or "*"
    handed_in = []
    for folder in Path(exchange.cache).glob(f"{course}/*+{assignment}+*"):
        key = folder / "submission_secret.txt"
        if key.is_file():
            handed_in.append((folder.name.rpartition("+")[2], folder.parent.name, key))
    if not handed_in:
        return None
    when, course, key = max(handed_in)
    name = notebook_hash(None, None, key.read_text(), assignment)
    return _HandIn(when, Path(exchange.root, course, "feedback", f"{name}.html"))


class _Summary(HTMLParser):
    """What a feedback page says above the notebook, as lines: the kind of each, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []
        self._kind = ""
        self._text: list[str] = []
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or a cell of a table."""
        self._ended |= ("aria-labelledby", "notebook") in attrs
        if tag in ("h1", "h2", "h3", "p", "li", "tr"):
            self._kind, self._text = tag, []
        elif tag in ("td", "th") and "".join(self._text).strip():
            self._text.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        """End a line."""
        if tag == self._kind:
            text = " ".join("".join(self._text).split())
            if text and not self._ended:
                self.lines.append((tag, text))
            self._kind = ""

    def handle_data(self, data: str) -> None:
        """Take the text of a line."""
        if self._kind:
            self._text.append(data)


def _show(page: str, copy: Path) -> None:
    summary = _Summary()
    summary.feed(page)
    markdown, plain = [], []
    before = ""
    for kind, text in summary.lines:
        safe = as_markdown(text)
        if kind == "tr":
            cells = [as_markdown(cell) for cell in text.split(" | ")]
            if before != "tr":
                markdown.append("")
            markdown.append(f"| {' | '.join(cells)} |")
            if before != "tr":
                markdown.append("|---" * len(cells) + "|")
            plain.append("  " + text.replace(" | ", "  "))
        elif kind == "li":
            markdown.append(f"- {safe}")
            plain.append(wrapped(text, "  - ", "    "))
        else:
            markdown.append(f"\n**{safe}**\n" if kind != "p" else f"\n{safe}\n")
            plain.append(wrapped(text))
        before = kind
    whole = _("The whole page, with your notebook")
    markdown.append(f"\n[{whole}]({quote(str(copy))})")
    plain.append(_("The whole page, with your notebook: {file}").format(file=copy))
    show("\n".join(markdown), "\n".join(plain))
