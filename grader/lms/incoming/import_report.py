"""What an import tells: a sentence for whatever needs a person, and a summary."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from grader.lms.incoming.placing import Decision
from grader.lms.incoming.staging import Staged
from grader.lms.reading.delivery import Attempt
from grader.paths import PROGRAM
from grader.text.terminal import shown

_MOST_REFUSALS = 200
_WORDS = {
    "new": ("imported", "would be imported"),
    "replaced": ("replaced", "would be replaced"),
    "unchanged": ("unchanged", "unchanged"),
    "kept": ("kept as they were", "would be kept as they are"),
}


class ImportReport:
    """Collects what was done and prints it.

    Parameters:
        assignment: its name.
        dry_run: whether nothing is written.
    """

    def __init__(self, assignment: str, dry_run: bool) -> None:
        self.assignment = assignment
        self.dry_run = dry_run
        self.counts: Counter[str] = Counter()
        self.refusals = 0
        self.missing = 0
        self.uncertain = 0
        self.unlisted = 0
        self.parts = 0

    def recognised(self, title: str, path: Path, students: int) -> None:
        """Say what the archive was taken for."""
        what = title if title.startswith("a ") else f"an archive of {title}"
        self._print(f"{path.name}: {what}, {students} students.")

    def refused(self, name: str, reason: str) -> None:
        """A file was not taken."""
        self.refusals += 1
        # An archive may hold any number of them; of students each is named.
        if self.refusals <= _MOST_REFUSALS:
            self._sentence(f"{name} {reason}")

    def note(self, sentence: str) -> None:
        """Something worth knowing that costs nothing."""
        self._sentence(sentence)

    def left_out(self, sentence: str) -> None:
        """A part of what a student handed in was not taken."""
        self.parts += 1
        self._sentence(sentence)

    def without_notebook(self, student_id: str, sentence: str) -> None:
        """A student has no notebook."""
        self.missing += 1
        self._sentence(f"{student_id}: {sentence}")

    def stopped(self, sentence: str) -> None:
        """Somebody's work was not taken, because it is not certain whose it is."""
        self.uncertain += 1
        self._sentence(sentence)

    def without_row(self, people: Sequence[str]) -> None:
        """Students who are not in the list of the class."""
        self.unlisted += len(people)
        for name in people:
            self._sentence(f"{name} has no row in the list of the class.")

    def placed(
        self, student_id: str, decision: Decision, attempt: Attempt, made: Staged, which: str
    ) -> None:
        """It is decided what happens to a submission."""
        self.counts[decision.action] += 1
        if self.dry_run:
            time = f"{attempt.time:%Y-%m-%d %H:%M} UTC" if attempt.time else "no time"
            late = ", late" if attempt.late else ""
            self._print(
                f"  {decision.action:<10} {student_id:<24} {time}{late}  "
                f"{shown(made.downloaded_as, 60)}{'  ' + which if which else ''}"
            )
        if decision.sentence:
            self._sentence(f"{student_id}: {decision.sentence}")

    def end(self) -> int:
        """Print the summary; return the exit status."""
        if self.refusals > _MOST_REFUSALS:
            self._print(f"... and {self.refusals - _MOST_REFUSALS} more files that were refused.")
        parts = [
            f"{self.counts[action]} {words[self.dry_run]}"
            for action, words in _WORDS.items()
            if self.counts[action]
        ]
        if self.missing:
            parts.append(f"{self.missing} without a notebook")
        if self.uncertain:
            parts.append(f"{self.uncertain} not imported because it is not certain whose they are")
        if self.unlisted:
            parts.append(f"{self.unlisted} not in the list of the class")
        if self.parts:
            parts.append(f"{self.parts} of which a part was left out")
        summary = f"{self.assignment}: {', '.join(parts) or 'nothing to import'}"
        if self.refusals:
            files = "1 file was" if self.refusals == 1 else f"{self.refusals} files were"
            summary += f"; {files} refused"
        self._print(f"{summary}.")
        if self.dry_run:
            self._print("This was a dry run: nothing was written.")
        elif self.counts["new"] or self.counts["replaced"]:
            self._print(f"Next: {PROGRAM} autograde {shlex.quote(self.assignment)}")
        left_out = self.refusals + self.missing + self.uncertain + self.unlisted + self.parts
        return 1 if left_out or self.counts["kept"] or not self.counts else 0

    def _sentence(self, text: str) -> None:
        tqdm.write(text, file=sys.stderr)

    def _print(self, text: str) -> None:
        tqdm.write(text, file=sys.stdout)
