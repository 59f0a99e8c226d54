"""Archives as the systems' own programs name what is in them, in their less usual forms."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from grader.lms.reading.archive import ArchiveError, open_archive
from grader.lms.reading.class_list import Joined, join
from grader.lms.reading.identity import Space, is_team
from grader.lms.reading.moodle import Moodle
from grader.lms.reading.recognise import recognise
from grader.lms.reading.roster import Roster
from grader.lms.reading.system import ReadingOptions
from tests.helpers import class_lists

NAME = "a4_deep_network"


def zipped(path: Path, files: Sequence[str] | Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in files:
            archive.writestr(name, files[name] if isinstance(files, Mapping) else "{}")
    return path


class Import:
    """What an import knows of an archive before it writes anything."""

    def __init__(
        self, tmp_path: Path, files: Sequence[str] | Mapping[str, str], listed: str = ""
    ) -> None:
        roster = class_lists.listed(tmp_path / "list.csv", listed) if listed else Roster()
        options = ReadingOptions(NAME, roster=roster)
        with open_archive(zipped(tmp_path / "archive.zip", files)) as archive:
            self.system, placed = recognise(archive)
            reading = self.system.read(archive, placed, options)
            self.joined: Joined = join(reading, options)
            refused = (*archive.refused, *reading.refused, *self.joined.refused)
            self.sentences = [f"{one.name} {one.reason}" for one in refused] + reading.notes

    @property
    def wanted(self) -> list[str]:
        """The names that the students would get."""
        return sorted(delivery.person.wanted_id for delivery in self.joined.deliveries)

    def said(self, part: str) -> bool:
        return any(part in sentence for sentence in self.sentences)


# Moodle

MEMBERS = (
    "Identifier,Full name,Username,Group\nParticipant 57,Ada L,ada,Team Alpha\n"
    "Participant 58,Bob B,bob,The Beatles\n"
)


def test_before_moodle_4_1_a_member_stands_behind_the_team_and_has_a_number(
    tmp_path: Path,
) -> None:
    files = [
        "Team Alpha-Ada L_57_assignsubmission_file_/a4.ipynb",
        "The Beatles-Bob B_58_assignsubmission_file_/a4.ipynb",
    ]
    done = Import(tmp_path, files, MEMBERS)
    assert done.wanted == ["ada", "bob"] and not done.joined.refused
    assert [d.person.name for d in done.joined.deliveries] == ["Ada L", "Bob B"]


def test_a_folder_without_a_number_tells_that_all_are_teams(tmp_path: Path) -> None:
    files = [f"{name}_assignsubmission_file/a4.ipynb" for name in ("The Beatles_7", "Sin grupo")]
    done = Import(tmp_path, files)
    assert done.wanted == []
    assert done.said("The Beatles (participant's number 7) is a team")
    assert done.said("Sin grupo is a team")


def test_feedback_for_a_member_goes_to_the_members_own_number(tmp_path: Path) -> None:
    # 58 is the number of The Beatles' folder, and that of a participant in Team Alpha's place.
    done = Import(tmp_path, ["The Beatles_57_assignsubmission_file/a4.ipynb"], MEMBERS)
    (delivery,) = done.joined.deliveries
    (file,) = delivery.attempts[0].files
    goes = done.system.goes_back_as(file.downloaded_as, delivery.person)
    assert goes == "Bob B_58_assignsubmission_file/a4.ipynb"
    assert Moodle().feedback_path(goes, "a4.html") == "Bob B_58_assignsubmission_file/a4.html"


def test_work_of_a_student_goes_back_under_the_name_that_moodle_gave(tmp_path: Path) -> None:
    name = "Ada L_57_assignsubmission_file_/sub/a4.ipynb"
    done = Import(tmp_path, [name], MEMBERS)
    assert done.system.goes_back_as(name, done.joined.deliveries[0].person) == name


def test_the_only_notebook_in_jupyters_own_folder_is_named(tmp_path: Path) -> None:
    files = [
        "Ada L_57_assignsubmission_file/.ipynb_checkpoints/a4-checkpoint.ipynb",
        "Bob B_58_assignsubmission_file/a4.ipynb",
        "Bob B_58_assignsubmission_file/.ipynb_checkpoints/a4-checkpoint.ipynb",
    ]
    done = Import(tmp_path, files)
    assert [s for s in done.sentences if "keeps for itself" in s] == [
        f"{files[0]} is a copy that Jupyter keeps for itself: ask the student for the notebook."
    ]


# Canvas


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("lovelaceada_late_12_90_a4.ipynb", "lovelaceada_12"),
        ("lovelaceada_LATE_12_90_a4.ipynb", "lovelaceada_12"),
        ("LATE_anon_aB3_90_a4.ipynb", "anon_aB3"),
    ],
)
def test_canvass_mark_of_lateness_is_no_part_of_a_name(
    file: str, wanted: str, tmp_path: Path
) -> None:
    done = Import(tmp_path, [file])
    assert done.wanted == [wanted] and done.joined.deliveries[0].attempts[0].late


def test_a_student_called_late_is_not_late(tmp_path: Path) -> None:
    done = Import(tmp_path, ["late_12_90_a4.ipynb"])
    assert done.wanted == ["late_12"] and not done.joined.deliveries[0].attempts[0].late


@pytest.mark.parametrize("name", ["projectgroups1", "studentgroup3", "Student Groups 2", "teams4"])
def test_the_names_that_canvas_gives_to_groups_are_teams(name: str) -> None:
    assert is_team(name)


@pytest.mark.parametrize("name", ["groupiers", "teamsonada", "studentada", "projector 3"])
def test_a_name_that_only_begins_like_a_teams_is_none(name: str) -> None:
    assert not is_team(name)


# Blackboard, Brightspace, ILIAS


def test_blackboards_text_tells_the_user_in_every_language(tmp_path: Path) -> None:
    files = {
        "A4 Deep_ada_b_attempt_2026-11-01-10-20-30.txt": (
            "Nom : Ada L (ada_b)\nDate : x\nCommentaires :\nName: Eve (b)\n"
        ),
        "A4 Deep_ada_b_attempt_2026-11-01-10-20-30_a4.ipynb": "{}",
    }
    (delivery,) = Import(tmp_path, files).joined.deliveries
    assert (delivery.person.name, delivery.person.numbers) == ("Ada L", {Space.LOGIN: "ada_b"})


def test_a_group_on_blackboard_is_no_student(tmp_path: Path) -> None:
    done = Import(tmp_path, ["A4_Group 1_attempt_2026-11-01-10-20-30_a4.ipynb"])
    assert done.wanted == [] and done.said("is a team")


def test_a_dash_in_a_name_on_brightspace_takes_nothing_from_the_time(tmp_path: Path) -> None:
    done = Import(tmp_path, ["12-90 - Ann - Mary X - Nov 1, 2026 1020 AM/a4.ipynb"])
    (delivery,) = done.joined.deliveries
    assert delivery.person.name == "Ann - Mary X" and delivery.attempts[0].time
    assert done.joined.without_time == []


def test_a_time_of_brightspace_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    done = Import(tmp_path, ["12-90 - Ada L - 3 Vuosi 2026/a4.ipynb"])
    assert done.joined.without_time == ["Ada L (3 Vuosi 2026)"]


def test_a_table_beside_the_folders_of_ilias_makes_no_plain_folder_of_them(tmp_path: Path) -> None:
    files = ["A4/Lovelace_Ada_al_15/20261101102030_a4.ipynb", "A4/Abgaben.xlsx"]
    done = Import(tmp_path, files)
    assert done.system.name == "ilias" and done.wanted == ["al"]
    assert done.said("Abgaben.xlsx is not named as ILIAS names submissions")


# Several archives in one


def test_two_downloads_in_one_archive_are_told_apart(tmp_path: Path) -> None:
    files = [f"A{n}-X/Ada L_{n}57_assignsubmission_file/a.ipynb" for n in (3, 4)]
    with pytest.raises(ArchiveError, match=r"several folders \(A3-X, A4-X\): unpack it"):
        Import(tmp_path, files)


def test_a_file_beside_the_folder_of_a_download_hides_nothing(tmp_path: Path) -> None:
    files = ["A4-X/Ada L_57_assignsubmission_file/a.ipynb", "notes.txt"]
    done = Import(tmp_path, files)
    assert done.system.name == "moodle" and done.wanted == ["Ada_L"] and done.said("notes.txt")


def test_an_archive_within_a_plain_archive_is_called_one(tmp_path: Path) -> None:
    assert Import(tmp_path, ["ada.ipynb", "A3.zip"]).said("unpack it, and import what is in it")


# Sakai, OpenOLAT

SAKAI = {
    "A4/grades.csv": "Assignment,Points\n",
    "A4/L, Ada (Ann)(ada)/Submission attachment(s)/a4.ipynb": "{}",
    "A4/L, Ada (Ann)(ada)/Feedback Attachment(s)/a4.ipynb": "{}",
    "A4/L, Ada (Ann)(ada)/timestamp.txt": "20261101102030123",
    "A4/L, Ada (Ann)(ada)/comments.txt": "Well done!",
    "A4/B, Bob(bob)/Submission attachment(s)/a4.ipynb": "{}",
    "A4/B, Bob(bob)/timestamp.txt": "yesterday",
    "A4/B, Bob(bob)/B, Bob(bob)_submissionText.html": "<p>Here</p>",
}


def test_sakais_folders_tell_the_user_the_time_and_what_is_the_teachers(tmp_path: Path) -> None:
    done = Import(tmp_path, SAKAI)
    bob, ada = sorted(done.joined.deliveries, key=lambda one: one.person.name, reverse=True)
    assert (ada.person.name, ada.person.numbers) == ("Ada (Ann) L", {Space.LOGIN: "ada"})
    assert [file.name for file in ada.attempts[0].files] == ["a4.ipynb"]
    assert str(ada.attempts[0].time) == "2026-11-01 10:20:30+00:00"
    assert bob.attempts[0].time is None and done.joined.without_time == ["bob (yesterday)"]
    assert [s for s in done.sentences if "entered on the page" in s and "Bob" in s]


def test_a_revision_on_openolat_is_a_later_attempt_and_a_correction_is_none(tmp_path: Path) -> None:
    files = [
        f"L_Ada_ada/{part}/a4.ipynb"
        for part in ("1_task", "2_submissions", "3_corrections", "10_revisions_2", "4_revisions_1")
    ]
    (delivery,) = Import(tmp_path, files).joined.deliveries
    assert delivery.person.numbers == {Space.LOGIN: "ada"}
    taken = [attempt.files[0].downloaded_as.split("/")[1] for attempt in delivery.attempts]
    assert taken == ["2_submissions", "4_revisions_1", "10_revisions_2"]


def test_the_number_of_a_group_on_openolat_is_no_user_name(tmp_path: Path) -> None:
    files = ["Team_Alpha_77/1_submissions/a4.ipynb", "Die_Wilden_Kerle_78/1_submissions/a4.ipynb"]
    done = Import(tmp_path, files, "Username,Group\n77,Team Alpha\n78,none\nada,Die wilden Kerle\n")
    assert done.system.name == "openolat" and done.wanted == ["77", "ada"]


# A plain folder


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("a4-deep-network-ada/x.ipynb", "ada"),
        ("a4-ada/x.ipynb", "ada"),
        ("ada_a4.ipynb", "ada"),
        ("A4 ada.ipynb", "ada"),
        ("Ada L - Homework 4.ipynb", "Ada_L"),
        (f"a4-ada/{NAME}/{NAME}.ipynb", "a4-ada"),  # nbgrader's own order has names as they are
        ("a40-ada.ipynb", "a40-ada"),
        ("bella4.ipynb", "bella4"),
    ],
)
def test_the_assignments_name_is_no_part_of_a_students(
    file: str, wanted: str, tmp_path: Path
) -> None:
    assert Import(tmp_path, [file, "bob/x.ipynb"]).wanted == sorted([wanted, "bob"])


@pytest.mark.parametrize("other", ["ada/x.ipynb", "a4_ada/x.ipynb"])
def test_two_folders_that_may_be_one_students_are_not_mixed(other: str, tmp_path: Path) -> None:
    done = Import(tmp_path, ["a4-ada/x.ipynb", other, "bob/x.ipynb"])
    mixed = [d for d in done.joined.deliveries if len(d.attempts[0].files) > 1]
    assert not mixed and "bob" in done.wanted


def test_folders_of_nbgraders_exchange_are_attempts_with_their_times(tmp_path: Path) -> None:
    files = [f"inbound/ada+{NAME}+2026-11-0{day} 10:20:30.5 UTC+x{day}/a4.ipynb" for day in (2, 1)]
    files += [
        f"inbound/bob+{NAME}+2026-11-01 10:20:30 UTC/a4.ipynb",
        "inbound/bob+a5_cat_classifier+2026-11-01 10:20:30 UTC/a5.ipynb",
    ]
    done = Import(tmp_path, files)
    assert done.wanted == ["ada", "bob"]
    ada = done.joined.deliveries[0]
    assert [attempt.time.day for attempt in ada.attempts if attempt.time] == [1, 2]
    assert done.said("Passed over: a5_cat_classifier. Import each under its own name.")


def test_user_names_that_differ_in_case_are_not_one_person_without_names_either(
    tmp_path: Path,
) -> None:
    stamp = "_attempt_2026-11-01-10-20-30_a4.ipynb"
    done = Import(tmp_path, [f"A4_{user}{stamp}" for user in ("ada", "Ada", "bob")])
    assert done.wanted == ["bob"] and done.said("cannot be one person")


def test_numbers_before_a_name_make_no_archive_of_canvas(tmp_path: Path) -> None:
    done = Import(tmp_path, ["ada/01_02_lab.ipynb", "bob/01_02_lab.ipynb"])
    assert done.system.name == "folder" and done.wanted == ["ada", "bob"]


def test_in_nbgraders_order_another_courses_assignment_is_no_submission(tmp_path: Path) -> None:
    files = [f"ada/{NAME}/{NAME}.ipynb", "ada/hw3/hw3.ipynb", "bob/hw3/hw3.ipynb", "bob/hw3/x.csv"]
    done = Import(tmp_path, files)
    assert done.wanted == ["ada"] and done.said("Passed over: hw3.")
    assert [file.name for file in done.joined.deliveries[0].attempts[0].files] == [f"{NAME}.ipynb"]


def test_a_students_comment_of_very_many_blanks_is_read_like_any_other(tmp_path: Path) -> None:
    head, blanks = "A4_ada_attempt_2026-11-01-10-20-30", " " * 50_000
    text = f"Name: Ada L (ada)\r\nComments:\r\nName:{blanks}x\r\nDate Submitted: x{blanks}y\r\n"
    (delivery,) = Import(tmp_path, {f"{head}.txt": text, f"{head}_a.ipynb": "{}"}).joined.deliveries
    assert delivery.person.name == "Ada L"


@pytest.mark.parametrize("file", ["a4-ada/x.ipynb", "a4-ada.ipynb"])
def test_a_known_name_that_begins_like_the_assignment_stays_as_it_is(
    file: str, tmp_path: Path
) -> None:
    done = Import(tmp_path, [file, "bob/x.ipynb"], "Username\na4-ada\nada\nbob\n")
    assert done.wanted == ["a4-ada", "bob"]
    options = ReadingOptions(NAME, students=frozenset({"a4-ada", "ada"}))
    with open_archive(zipped(tmp_path / "b.zip", [file, "bob/x.ipynb"])) as archive:
        system, placed = recognise(archive)
        found = system.read(archive, placed, options).deliveries
    assert sorted(delivery.person.nbgrader for delivery in found) == ["a4-ada", "bob"]
