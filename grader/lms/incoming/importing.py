"""``python -m grader import``: submissions out of an archive of a learning management system."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
import zoneinfo
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.files import scratch_folder, unwritable
from grader.lms.incoming.best_attempt import best_of, points_of
from grader.lms.incoming.gradebook_students import (
    Decided,
    enter_students,
    gradebook_students,
    student_ids,
)
from grader.lms.incoming.import_record import (
    ImportRecord,
    Places,
    RecordedStudent,
    known_students,
    load_record,
)
from grader.lms.incoming.import_report import ImportReport
from grader.lms.incoming.placing import decide, put
from grader.lms.incoming.staging import TIME_FORMAT, NoNotebook, Staged, stage
from grader.lms.reading.archive import Archive, open_archive
from grader.lms.reading.class_list import Joined, join
from grader.lms.reading.delivery import Attempt, Delivery, Person, Reading
from grader.lms.reading.recognise import recognise
from grader.lms.reading.roster import Roster, read_roster
from grader.lms.reading.system import ReadingOptions, System
from grader.lms.settings import ExtraLimits, LearningSystem
from grader.settings.course import Course, load_course
from grader.text.terminal import CannotGoOn

_SCRATCH = ".importing-"


@dataclass(frozen=True)
class ImportOptions:
    """What the instructor wants.

    Attributes:
        system: the system that made the archive; empty to recognise it.
        attempt: ``"last"`` or ``"best"``; empty for the setting.
        dry_run: whether only to show what would be done.
        replace: whether other submissions that are in place are put aside.
        timezone: the zone of times that name none; empty for the setting.
        roster: a list of the class, as the system exports it.
        surname_first: whether full names begin with the surname.
        isolated: whether attempts are graded in the sandbox.
    """

    system: str = ""
    attempt: str = ""
    dry_run: bool = False
    replace: bool = False
    timezone: str = ""
    roster: Path | None = None
    surname_first: bool = False
    isolated: bool = True


@dataclass
class _Student:
    """A student's attempts on their way: those with a notebook, in order."""

    student_id: str
    delivery: Delivery
    attempts: list[tuple[Attempt, Staged]] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)


def import_submissions(assignment_name: str, path: Path, options: ImportOptions) -> int:
    """Import an archive and say what was done.

    Parameters:
        assignment_name: the assignment.
        path: the archive, or a folder.
        options: see :class:`ImportOptions`.

    Returns:
        The exit status: 0; 1 where something was not imported, with a sentence for each.

    Raises:
        CannotGoOn: nothing could be imported.
    """
    course = load_course()
    assignment = assignments.load(assignments.full_name(assignment_name))
    settings = LearningSystem(config=course.config)
    places = Places(course, assignment.name)
    _refuse_own_folder(path, places)
    report = ImportReport(assignment.name, options.dry_run)
    try:
        record = load_record(places.record, assignment.name)
        known = known_students(places)
        students = gradebook_students(course)
        reading_options = ReadingOptions(
            assignment.name,
            _zone(options.timezone or settings.timezone),
            options.surname_first,
            read_roster(options.roster) if options.roster else Roster(),
            known.shared_names,
            bool(options.system),
            frozenset(part.notebook_name for part in assignment.parts),
            frozenset({student.student_id for student in students} | known.entries.keys()),
        )
        with (
            open_archive(path, settings.archive_limits()) as archive,
            _scratch(places, options) as s,
        ):
            system, files = recognise(archive, options.system)
            reading = system.read(archive, files, reading_options)
            keys = {delivery.person.key for delivery in reading.deliveries}
            report.recognised(system.title, path, len(keys))
            if damage := reading_options.roster.damage:
                report.note(damage)
            _report_reading(report, archive, reading)
            joined = join(reading, reading_options)
            people = [delivery.person for delivery in joined.deliveries]
            decided = student_ids(
                people,
                record,
                known,
                students,
                system.name,
                joined.shared,
                joined.of_list,
            )
            _report_people(report, joined, decided)
            importer = _Importer(
                archive, system, assignment, course, places, record, options, report, s
            )
            record.shared |= joined.shared
            importer.limits = settings.extra_limits()
            importer.attempt = options.attempt or settings.attempt
            importer.run(joined.deliveries, decided.names)
    except OSError as error:
        raise CannotGoOn(unwritable(error, places.lms.parent)) from error
    return report.end()


def _refuse_own_folder(path: Path, places: Places) -> None:
    own = places.lms.parent.resolve()
    given = path.resolve()
    if given == own or own in given.parents or given in own.parents and given.is_dir():
        raise CannotGoOn(
            f"{path} is where submissions of the course lie, or a folder around it. Give the "
            "archive or folder to import."
        )


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CannotGoOn(
            f"There is no time zone {name!r}; give one like Europe/Berlin or UTC."
        ) from error


@contextmanager
def _scratch(places: Places, options: ImportOptions) -> Iterator[Path]:
    """A folder in which submissions are made; a dry run leaves the course alone."""
    if options.dry_run:
        with tempfile.TemporaryDirectory(prefix=_SCRATCH[1:]) as folder:
            yield Path(folder)
        return
    made = scratch_folder(places.lms, _SCRATCH)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _report_reading(report: ImportReport, archive: Archive, reading: Reading) -> None:
    for refusal in (*archive.refused, *reading.refused):
        report.refused(refusal.name, refusal.reason)
    for note in reading.notes:
        report.note(note)


def _report_people(report: ImportReport, joined: Joined, decided: Decided) -> None:
    for refusal in joined.refused:
        report.stopped(f"{refusal.name} {refusal.reason}".strip())
    for sentence in decided.problems:
        report.stopped(sentence)
    report.without_row(joined.without_row)
    if joined.without_row and len(joined.without_row) == len(joined.deliveries):
        report.note(
            "Nobody of the archive is in the list of the class: it may be that of another "
            "assignment or course, or tell other numbers than the archive."
        )
    if joined.without_work:
        report.note(
            f"{len(joined.without_work)} of the list have nothing in the archive: "
            f"{', '.join(joined.without_work)}."
        )
    if joined.without_time:
        report.left_out(
            "Some times cannot be read, or may be two days, so that nothing counts as late for "
            f"{', '.join(joined.without_time)}. Write them as 2026-11-01 10:20."
        )


@dataclass
class _Importer:
    archive: Archive
    system: System
    assignment: Assignment
    course: Course
    places: Places
    record: ImportRecord
    options: ImportOptions
    report: ImportReport
    scratch: Path
    attempt: str = "last"
    limits: ExtraLimits = field(default_factory=ExtraLimits)
    entered: dict[str, Person] = field(default_factory=dict)

    def run(self, deliveries: list[Delivery], names: Mapping[str, str]) -> None:
        """Import what every student has handed in."""
        waiting: list[_Student] = []
        bar = tqdm(deliveries, unit="student", desc="importing", disable=None, leave=False)
        if not self.options.dry_run:
            self._claim(deliveries, names)
        try:
            for delivery in bar:
                if delivery.person.key not in names:
                    continue  # a sentence has said why
                student = _Student(names[delivery.person.key], delivery)
                self._stage(student)
                if len(student.attempts) > 1 and self.attempt == "best":
                    waiting.append(student)
                elif student.attempts:
                    self._place(student, len(student.attempts) - 1)
            self._place_best(waiting)
        finally:
            if not self.options.dry_run:
                self._remember()

    def _claim(self, deliveries: list[Delivery], names: Mapping[str, str]) -> None:
        """Write down whose the folders will be, before there is any.

        Whoever imports again after the process was killed finds that nobody else can get them.
        """
        for delivery in deliveries:
            person = delivery.person
            if person.key in names and names[person.key] not in self.record.students:
                self.record.students[names[person.key]] = self._about(person)
        if self.record.students or self.record.shared:
            self.record.save(self.places.record)

    def _stage(self, student: _Student) -> None:
        problem: NoNotebook | None = None
        is_last = False
        for number, attempt in enumerate(student.delivery.attempts, 1):
            folder = self.scratch / student.student_id / str(number)
            try:
                made = stage(self.archive, attempt, folder, self.assignment, self.limits)
            except NoNotebook as error:
                problem, is_last = error, True
                continue
            is_last = False
            student.attempts.append((attempt, made))
        if problem is not None and student.attempts:
            tell = self.report.left_out if is_last else self.report.note
            which = "the last" if is_last else "an earlier"
            tell(f"{student.student_id}: {which} attempt has no notebook. {problem}")
        elif not student.attempts:
            self.report.without_notebook(
                student.student_id, str(problem or NoNotebook("Nothing was handed in."))
            )

    def _place_best(self, waiting: list[_Student]) -> None:
        """Grade what has several attempts, then take the best one of each."""
        if self.options.dry_run:
            for student in waiting:
                self._place(student, len(student.attempts) - 1, "the best one, by grading them")
            return
        known = self._known_scores()
        folders = {
            made.digest: made.folder
            for student in waiting
            for _attempt, made in student.attempts
            if made.digest not in known
        }
        known |= points_of(folders, self.course, self.assignment, self.options.isolated)
        for student in waiting:
            digests = [made.digest for _attempt, made in student.attempts]
            student.scores = {digest: known[digest] for digest in digests if known[digest] >= 0}
            points = ", ".join(f"{max(known[digest], 0):g}" for digest in digests)
            self._place(student, best_of(digests, known), f"the best one ({points} points)")

    def _known_scores(self) -> dict[str, float]:
        if self.record.edition != self.assignment.fingerprint:
            return {}
        students = self.record.students.values()
        return {digest: points for entry in students for digest, points in entry.scores.items()}

    def _place(self, student: _Student, chosen: int, how: str = "the last one") -> None:
        attempt, made = student.attempts[chosen]
        count = len(student.attempts)
        for sentence in made.sentences:
            if made.notebooks and self.system.name == "folder":
                self.report.left_out(
                    f"{student.student_id}: {sentence} If these are notebooks of several students, "
                    "import that folder by itself."
                )
            else:
                self.report.note(f"{student.student_id}: {sentence}")
        for sentence in made.left_out:
            self.report.left_out(f"{student.student_id}: {sentence}")
        place = self.places.submission(student.student_id)
        decision = decide(made.folder, place, self.options.replace)
        which = f"{how} of {count} attempts" if count > 1 else ""
        self.report.placed(student.student_id, decision, attempt, made, which)
        if self.options.dry_run:
            return
        remembered = self.record.students[student.student_id].is_imported
        if decision.action != "kept" or not remembered:
            self.record.students[student.student_id] = self._entry(student, chosen)
        self.entered[student.student_id] = student.delivery.person
        if count > 1 or len(made.notebooks) > 1:
            self._keep_attempts(student)
        if decision.action in ("new", "replaced"):
            aside = self.places.replaced(student.student_id) if os.path.lexists(place) else None
            put(made.folder, place, aside if decision.action == "replaced" else None)

    def _entry(self, student: _Student, chosen: int) -> RecordedStudent:
        person = student.delivery.person
        attempt, made = student.attempts[chosen]
        before = self.record.students[student.student_id]
        return dataclasses.replace(
            self._about(person),
            downloaded_as=self.system.goes_back_as(made.downloaded_as, person),
            late=attempt.late,
            submitted_at=attempt.time.strftime(TIME_FORMAT) if attempt.time else "",
            notebook=made.digest,
            attempts=len(student.attempts),
            chosen=chosen + 1,
            scores=student.scores or before.scores,
        )

    def _about(self, person: Person) -> RecordedStudent:
        """What is known of a student, before anything is imported."""
        return RecordedStudent(
            system=self.system.name,
            key=person.key,
            name=person.name,
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
            lms_user_id=person.lms_user_id,
            numbers={str(space): value for space, value in person.numbers.items() if value},
        )

    def _keep_attempts(self, student: _Student) -> None:
        """Keep what does not go into its place: the other attempts, the other notebooks."""
        base = self.places.attempts(student.student_id)
        for attempt, made in student.attempts:
            stamp = f"{attempt.time:%Y-%m-%d-%H-%M-%S}_" if attempt.time else ""
            place = base / f"{stamp}{made.digest[:8]}"
            if place.exists():
                continue
            folder = made.folder.with_name(f"{made.folder.name}-kept")
            shutil.copytree(made.folder, folder)
            if len(made.notebooks) > 1:
                for number, file in enumerate(made.notebooks, 1):
                    path = folder / "as handed in" / f"{number}.ipynb"
                    path.parent.mkdir(exist_ok=True)
                    path.write_bytes(self.archive.read(file.entry))
            base.mkdir(parents=True, exist_ok=True)
            os.rename(folder, place)

    def _remember(self) -> None:
        if any(entry.scores for entry in self.record.students.values()):
            self.record.edition = self.assignment.fingerprint
        claimed = bool(self.record.students or self.record.shared)
        self.record.students = {
            student: entry for student, entry in self.record.students.items() if entry.is_imported
        }
        if claimed:
            self.record.save(self.places.record)
        enter_students(self.course, self.entered)
