"""nbgrader's exchange, with one student's trouble kept from all others.

nbgrader's commands and formgrader's buttons stay what they are. What differs: links in a submission
are not followed when it is collected, a folder that is not what it should be is left out with a
sentence, and so is feedback for a submission that did not come through the exchange.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback

from grader.feedback.exchange import NoSecret, release_page, released_place, submission_secret
from grader.recording.attempts import AttemptRecord
from grader.recording.collecting import collect
from grader.recording.grading_lock import grading_alone
from grader.settings.class_folders import chosen_students, step_folders
from grader.submission.hand_ins import is_complete, not_theirs, read_name
from grader.text.terminal import one_line

_NOBODY: dict[str, Any] = {"username": "", "filename": "", "timestamp": datetime(1, 1, 1)}


class FairCollect(ExchangeCollect):
    """nbgrader's collecting, which goes on after a folder that cannot be collected."""

    src_records: list[dict[str, Any]]
    _left: set[str]

    def start(self) -> None:
        """Collect, while nobody grades what is collected."""
        with grading_alone(self.coursedir, self.coursedir.assignment_id):
            super().start()

    def init_src(self) -> None:
        """Find what is to be collected."""
        # Of attempts that were graded when they were handed in, it is decided which one counts.
        record = AttemptRecord(Path(self.coursedir.root))
        self._left = set() if self.before_duedate else record.without_effect()
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        found = read_name(Path(path), [self.coursedir.assignment_id])
        if found is None:
            self.log.warning("%s is left out: its name is not that of a submission", one_line(path))
            return _NOBODY
        if found.name in self._left:
            return _NOBODY
        if not is_complete(found):
            self.log.warning("%s is being handed in just now", one_line(path))
            return _NOBODY
        if self.check_owner and (sentence := not_theirs(found)):
            self.log.warning(one_line(sentence))
            return _NOBODY
        time = found.time.astimezone(UTC).replace(tzinfo=None)
        return {"username": found.student, "filename": found.name, "timestamp": time}

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a submission; what cannot be copied is told, and the class goes on."""
        try:
            collect(self.coursedir, Path(src), Path(dest), self.log)
        except OSError as error:
            self.log.error("%s cannot be collected: %s", one_line(src), error)
            shutil.rmtree(dest, ignore_errors=True)


class FairReleaseFeedback(ExchangeReleaseFeedback):
    """nbgrader's release of feedback, which goes on after a submission without its secret."""

    def init_src(self) -> None:
        """Find the pages of those who are asked for."""
        self.coursedir.student_id = self.coursedir.student_id or "*"
        super().init_src()

    def copy_files(self) -> None:
        """Release the pages, and say whose cannot be."""
        name = self.coursedir.assignment_id
        folders = step_folders(self.coursedir, self.coursedir.feedback_directory, name)
        for student in chosen_students(self.coursedir, folders):
            try:
                secret = submission_secret(folders[student])
                for page in sorted(folders[student].glob("*.html")):
                    place = released_place(Path(self.dest_path), secret, page.stem)
                    release_page(place, page.read_bytes())
                    self.log.info("Feedback of %s released to: %s", one_line(student), place)
            except (NoSecret, OSError) as error:
                self.log.warning("The feedback of %s stays: %s", one_line(student), error)


def use_fair_exchange(c: Any) -> None:
    """Set the classes of the exchange that this course needs.

    Parameters:
        c: the configuration object of nbgrader (traitlets).
    """
    # As texts: formgrader keeps only a configuration that can be written down.
    c.ExchangeFactory.collect = f"{__name__}.FairCollect"
    c.ExchangeFactory.release_feedback = f"{__name__}.FairReleaseFeedback"
