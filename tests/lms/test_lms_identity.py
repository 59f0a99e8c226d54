"""Who is who: no work in a folder of somebody who is not meant."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.lms.incoming.gradebook_students import Decided, GradebookStudent, student_ids
from grader.lms.incoming.import_record import ImportRecord, KnownStudents
from grader.lms.reading.archive import open_archive
from grader.lms.reading.class_list import join
from grader.lms.reading.delivery import Reading
from grader.lms.reading.identity import Identity, Space, is_team, match, name_key, names_agree
from grader.lms.reading.recognise import recognise
from grader.lms.reading.roster import Roster
from grader.lms.reading.system import ReadingOptions
from tests.helpers.class_lists import GRADEBOOK, NAME, canvas, canvas_rows, listed, mark, moodle
from tests.helpers.importing import moodle_name, zipped


def decided(
    archive: Path,
    roster: Roster | None = None,
    record: ImportRecord | None = None,
    gradebook: Sequence[GradebookStudent] = (),
    known: KnownStudents | None = None,
) -> tuple[Decided, list[str], dict[str, str]]:
    """What an import decides: the names, all sentences, and name -> the path of the first file."""
    record = record or ImportRecord(NAME)
    options = ReadingOptions(NAME, roster=roster or Roster())
    with open_archive(archive) as opened:
        system, files = recognise(opened)
        reading: Reading = system.read(opened, files, options)
        joined = join(reading, options)
        people = [delivery.person for delivery in joined.deliveries]
        found = student_ids(
            people,
            record,
            known or KnownStudents(),
            gradebook,
            system.name,
            joined.shared,
            joined.of_list,
        )
    filed = {
        found.names[d.person.key]: d.attempts[0].files[0].downloaded_as
        for d in joined.deliveries
        if d.person.key in found.names and d.attempts[0].files
    }
    sentences = [f"{refusal.name} {refusal.reason}" for refusal in joined.refused]
    return found, sentences + found.problems + joined.without_row, filed


def zipped_names(path: Path, names: Sequence[str]) -> Path:
    """An archive of files with these names."""
    return zipped(path, dict.fromkeys(names, b"{}"))


def test_a_participant_who_is_not_in_the_list_is_not_the_one_of_the_same_name(
    tmp_path: Path,
) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Wei Wang", n) for n in (111, 222)])
    text = "Identifier,Full name,Username\nParticipant 111,Wei Wang,wwang\n"
    _found, said, filed = decided(archive, listed(tmp_path / "w.csv", text))
    assert filed["wwang"].startswith("Wei Wang_111")
    assert len(filed) == 2 and any("222" in name for name in filed)
    assert any("222" in sentence for sentence in said)


def test_a_participant_who_is_not_in_the_list_is_nobody_of_the_gradebook_by_name(
    tmp_path: Path,
) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Wei Wang", 222)])
    text = "Identifier,Full name,Username\nParticipant 111,Wei Wang,wwang\n"
    gradebook = [GradebookStudent("wwang", "Wei", "Wang")]
    _found, said, filed = decided(archive, listed(tmp_path / "w.csv", text), gradebook=gradebook)
    assert "wwang" not in filed
    assert said


def test_the_same_name_under_another_number_is_somebody_else(tmp_path: Path) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Wei Wang", 222)])
    record = ImportRecord(NAME, students={"Wei_Wang": moodle(111, "Wei Wang")})
    _found, _said, filed = decided(archive, record=record)
    assert "Wei_Wang" not in filed


@pytest.mark.parametrize(("name", "is_taken"), [("王伟", True), ("李娜", False), ("Li Na", False)])
def test_a_number_of_an_earlier_import_is_not_that_of_a_name_in_another_script(
    tmp_path: Path, name: str, is_taken: bool
) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name(name, 111)])
    entry = moodle(111, "Wei Wang", downloaded_as=moodle_name("王伟", 111))
    found = decided(archive, record=ImportRecord(NAME, students={"w": entry}))[0]
    assert (list(found.names.values()) == ["w"]) == is_taken
    assert bool(found.problems) != is_taken


def test_a_class_of_namesakes_is_not_marked_blind(tmp_path: Path) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Wei Wang", n) for n in (1, 2, 3)])
    record = ImportRecord(NAME, students={"na": moodle(1, "Na Li"), "w": moodle(2, "Wei Wang")})
    found, said, _filed = decided(archive, record=record)
    assert found.names["moodle:2"] == "w" and "moodle:1" not in found.names
    assert any("under which Na Li was imported before" in sentence for sentence in said)


def test_every_member_of_a_team_gets_its_work(tmp_path: Path) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Team Alpha", 57)])
    text = (
        "Identifier,Full name,Username,Group\nParticipant 1,Ada L,ada,Team Alpha\n"
        "Participant 2,Bob B,bob,Team Alpha\nParticipant 57,Cy C,cy,Team Beta\n"
    )
    found, _said, filed = decided(archive, listed(tmp_path / "w.csv", text))
    assert sorted(filed) == ["ada", "bob"]
    assert sorted(found.names) == ["moodle:1", "moodle:2"]


def test_a_team_of_which_nobody_is_known_is_refused_by_name(tmp_path: Path) -> None:
    names = [moodle_name("Team Alpha", 57), moodle_name("Ada L", 58)]
    _found, said, filed = decided(zipped_names(tmp_path / "m.zip", names))
    assert list(filed) == ["Ada_L"]
    assert any("Team Alpha" in sentence and "is a team" in sentence for sentence in said)


def test_a_team_is_not_the_participant_of_its_number(tmp_path: Path) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("The Crocodiles", 57)])
    text = "Identifier,Full name,Username\nParticipant 57,Bob Braun,bob\n"
    _found, said, filed = decided(archive, listed(tmp_path / "w.csv", text))
    assert filed == {}
    assert any("it may be a team" in sentence for sentence in said)


def test_the_name_that_the_class_chose_stays_the_user_name_after_an_import(tmp_path: Path) -> None:
    record = ImportRecord(NAME, students={"al1815": moodle(3, "Ada Lovelace")})
    known = KnownStudents({"al1815": [("a1", moodle(3, "Ada Lovelace"))]})
    archive = zipped_names(tmp_path / "p.zip", ["al1815/a4.ipynb"])
    assert list(decided(archive, record=record, known=known)[2]) == ["al1815"]


def test_two_deliveries_of_one_student_stop_that_student_alone(tmp_path: Path) -> None:
    archive = zipped_names(
        tmp_path / "p.zip", ["ada/x.ipynb", "ada.ipynb", "bob.ipynb", "zoe/x.ipynb"]
    )
    _found, said, filed = decided(archive)
    assert sorted(filed) == ["bob", "zoe"]
    assert any(s.startswith("folder:ada has handed in more than once") for s in said)


def test_two_participants_whom_the_list_calls_the_same_are_both_stopped(tmp_path: Path) -> None:
    names = [moodle_name("Ada L", 1), moodle_name("Bob B", 2), moodle_name("Cy C", 3)]
    text = (
        "Identifier,Full name,Username\nParticipant 1,Ada L,x\nParticipant 2,Bob B,x\n"
        "Participant 3,Cy C,cy\n"
    )
    _found, said, filed = decided(
        zipped_names(tmp_path / "m.zip", names), listed(tmp_path / "w", text)
    )
    assert list(filed) == ["cy"]
    assert any("same name for nbgrader" in sentence for sentence in said)


def test_a_number_of_gradescope_is_no_name_of_the_gradebook(tmp_path: Path) -> None:
    metadata = "submission_1:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '17'\n"
    path = tmp_path / "g.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("submission_metadata.yml", metadata)
        archive.writestr("submission_1/a.ipynb", "{}")
    gradebook = [GradebookStudent("17", "Bob", "Braun", "bob@example.org")]
    assert "17" not in decided(path, gradebook=gradebook)[2]


STAMP = "_attempt_2026-11-01-10-20-30"
LATER = "_attempt_2026-12-31-23-59-59"


@pytest.mark.parametrize("with_text", [True, False])
def test_a_file_that_is_called_like_anothers_attempt_belongs_to_who_handed_it_in(
    tmp_path: Path, with_text: bool
) -> None:
    files = {f"A4_{user}{STAMP}_a4.ipynb": "{}" for user in ("ada", "mal")}
    files[f"A4_mal{STAMP}_z_ada{LATER}_a4.ipynb"] = "{}"
    files[f"A4_mal{STAMP}_z_ada{LATER}.txt"] = "Name: Ada Lovelace (ada)\n"
    if with_text:
        files |= {f"A4_{user}{STAMP}.txt": f"Name: X ({user})\n" for user in ("ada", "mal")}
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    found, _said, filed = decided(path)
    assert sorted(found.names) == ["blackboard:ada", "blackboard:mal"]
    assert "mal" not in filed["ada"]


def test_user_names_that_only_the_names_of_files_tell_are_nobodys_in_the_gradebook(
    tmp_path: Path,
) -> None:
    names = [f"A4_cs_{user}{STAMP}_a4.ipynb" for user in ("ada", "bob")]
    gradebook = [GradebookStudent("ada", "Ada", "X"), GradebookStudent("bob", "Bob", "Y")]
    _found, _said, filed = decided(zipped_names(tmp_path / "b.zip", names), gradebook=gradebook)
    assert len(filed) == 2 and not {"ada", "bob"} & set(filed)


def test_a_participant_who_is_called_like_anothers_folder_is_refused(tmp_path: Path) -> None:
    hostile = "Ada Lovelace_57_assignsubmission_file_ M"
    names = [moodle_name(hostile, 58), moodle_name("Bob B", 1)]
    _found, _said, filed = decided(zipped_names(tmp_path / "m.zip", names))
    assert list(filed) == ["Bob_B"]


@pytest.mark.parametrize(
    "names",
    [
        ["lovelaceada_1234_900_a4.ipynb", "mal_1234_58_901_a4.ipynb"],
        ["lovelaceada_1234_900_a4.ipynb", "_1234_77_902_a4.ipynb", "mal_1234_58_901_a4.ipynb"],
        [
            "12345-678901 - Ada Lovelace - Nov 1, 2026 1020 AM/a4.ipynb",
            "12345-678901 - Mal M - Nov 2, 2026 1020 AM/a4.ipynb",
        ],
        ["L_Ada_ada_1815/20261101102030_a4.ipynb", "M_Mal_mal_1815/20261102102030_a4.ipynb"],
    ],
)
def test_one_number_under_two_names_stops_both(tmp_path: Path, names: list[str]) -> None:
    _found, said, filed = decided(zipped_names(tmp_path / "x.zip", names))
    assert filed == {}
    assert any("cannot be one person" in sentence for sentence in said)


def test_a_sid_that_two_submitters_give_stops_both(tmp_path: Path) -> None:
    path = tmp_path / "g.zip"
    metadata = "".join(
        f"submission_{place}:\n  :submitters:\n  - :name: {name}\n    :sid: '17'\n"
        f"    :email: {name}@example.org\n  :created_at: 2026-11-0{place} 10:20:30 Z\n"
        for place, name in enumerate(("ada", "mal"), 1)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("submission_metadata.yml", metadata)
        for place in (1, 2):
            archive.writestr(f"submission_{place}/a.ipynb", str(place))
    _found, said, filed = decided(path)
    assert filed == {}
    assert any("cannot be one person" in sentence for sentence in said)


@pytest.mark.parametrize("heading", ["Group", "Groups", "Gruppen"])
def test_who_is_in_several_teams_gets_the_work_of_the_one_that_handed_in(
    tmp_path: Path, heading: str
) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Team A", 57)])
    text = (
        f'Identifier,Full name,Username,{heading}\nParticipant 1,Ada L,ada,"Team A, Lab 2"\n'
        "Participant 2,Bob B,bob,Lab 2; Team A\nParticipant 3,Cy C,cy,Lab 2\n"
    )
    assert sorted(decided(archive, listed(tmp_path / "w.csv", text))[2]) == ["ada", "bob"]


def gradescope(path: Path, submissions: Sequence[tuple[int, str, str, int]]) -> Path:
    """Submissions of who they are: number, name, the rest of the entry, day."""
    with zipfile.ZipFile(path, "w") as archive:
        metadata = ""
        for number, name, more, day in submissions:
            archive.writestr(f"submission_{number}/a.ipynb", str(number))
            metadata += f"submission_{number}:\n  :submitters:\n  - :name: {name}\n{more}"
            metadata += f"  :created_at: 2026-11-{day:02} 10:20:30 Z\n"
        archive.writestr("submission_metadata.yml", metadata)
    return path


def test_of_two_submissions_on_gradescope_the_later_one_is_the_last(tmp_path: Path) -> None:
    of_ada = [(10, "Ada", "    :sid: '7'\n", 2), (9, "Ada", "    :sid: '7'\n", 1)]
    path = gradescope(tmp_path / "g.zip", of_ada)
    with open_archive(path) as opened:
        system, files = recognise(opened)
        joined = join(system.read(opened, files, ReadingOptions(NAME)), ReadingOptions(NAME))
        (delivery,) = joined.deliveries
        assert [opened.read(a.files[0].entry) for a in delivery.attempts] == [b"9", b"10"]


def test_two_submissions_of_one_name_without_a_number_are_two_students(tmp_path: Path) -> None:
    path = gradescope(tmp_path / "g.zip", [(n, "Wei Wang", "", n) for n in (1, 2)])
    assert sorted(decided(path)[2].values()) == ["submission_1/a.ipynb", "submission_2/a.ipynb"]


def test_user_names_of_blackboard_that_differ_in_case_are_not_one_person(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for user, name in (("Ada", "Ada King"), ("ada", "Ada Lovelace")):
            archive.writestr(f"A4_{user}{STAMP}_a4.ipynb", user)
            archive.writestr(f"A4_{user}{STAMP}.txt", f"Name: {name} ({user})\n")
    _found, said, filed = decided(path)
    assert filed == {}
    assert any("cannot be one person" in sentence for sentence in said)


def test_a_file_of_another_assignment_of_blackboard_makes_no_student(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"A4_ada{STAMP}_a4.ipynb", "{}")
        archive.writestr(f"A4_ada{STAMP}.txt", "Name: Ada L (ada)\n")
        archive.writestr(f"Essay_bob{STAMP}_a4.ipynb", "{}")
    assert list(decided(path)[2]) == ["ada"]


def test_a_time_within_a_name_is_not_when_it_was_handed_in(tmp_path: Path) -> None:
    name = "7-77 - Mal - Jan 1, 2020 1020 AM - Nov 1, 2026 1020 AM/a4.ipynb"
    with open_archive(zipped_names(tmp_path / "b.zip", [name])) as opened:
        system, files = recognise(opened)
        (delivery,) = system.read(opened, files, ReadingOptions(NAME)).deliveries
    assert delivery.attempts[0].time == datetime(2026, 11, 1, 10, 20, tzinfo=UTC)


def test_numbers_behind_one_name_are_attempts_where_the_first_has_none(tmp_path: Path) -> None:
    namesakes = ["Wei Wang (1).ipynb", "Wei Wang (2).ipynb"]
    _found, said, filed = decided(zipped_names(tmp_path / "p.zip", [*namesakes, "ada.ipynb"]))
    assert list(filed) == ["ada"]
    assert any("has handed in more than once" in sentence for sentence in said)


def test_a_name_that_the_list_has_twice_is_nobody_of_the_gradebook(tmp_path: Path) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Wei Wang", 222)])
    text = "Identifier,Full name\nParticipant 111,Wei Wang\nParticipant 222,Wei Wang\n"
    gradebook = [GradebookStudent("wwang", "Wei", "Wang")]
    _found, said, filed = decided(archive, listed(tmp_path / "w.csv", text), gradebook=gradebook)
    assert filed == {}
    assert any("no number tells which" in sentence for sentence in said)


def test_a_student_who_is_called_like_a_team_and_has_a_number_is_none(tmp_path: Path) -> None:
    text = "SID,Full name,Group\n1,Ada L,Cy C\n2,Bob B,Cy C\n"
    of_cy = [(1, "Cy C", "    :sid: '3'\n", 1), (2, "Team Khim", "    :sid: '4'\n", 1)]
    path = gradescope(tmp_path / "g.zip", of_cy)
    assert sorted(decided(path, listed(tmp_path / "w.csv", text))[2]) == ["3", "4"]


def test_a_folder_that_is_called_like_a_student_and_a_team_is_the_students(tmp_path: Path) -> None:
    text = "Full name,Username,Group\nAda L,team_a,\nBob B,bob,Team A\n"
    archive = zipped_names(tmp_path / "p.zip", ["team_a/a4.ipynb"])
    assert list(decided(archive, listed(tmp_path / "w.csv", text))[2]) == ["team_a"]


def test_a_name_of_several_is_known_in_both_spellings(tmp_path: Path) -> None:
    names = [moodle_name("OBrien Sean", n) for n in (111, 222)]
    text = "Identifier,Full name\nParticipant 111,O'Brien Sean\n"
    with open_archive(zipped_names(tmp_path / "m.zip", names)) as opened:
        system, files = recognise(opened)
        options = ReadingOptions(NAME, roster=listed(tmp_path / "w.csv", text))
        joined = join(system.read(opened, files, options), options)
    assert joined.shared == {"obrien sean", "o'brien sean"}


def test_who_is_in_two_teams_that_handed_in_is_stopped_alone(tmp_path: Path) -> None:
    names = [moodle_name("Team A", 57), moodle_name("Team B", 58)]
    text = (
        'Identifier,Full name,Username,Group\nParticipant 1,Ada L,ada,"Team A, Team B"\n'
        "Participant 2,Bob B,bob,Team A\n"
    )
    roster = listed(tmp_path / "w.csv", text)
    _found, said, filed = decided(zipped_names(tmp_path / "m.zip", names), roster)
    assert list(filed) == ["bob"]
    assert any("has handed in more than once" in sentence for sentence in said)


def test_a_team_that_is_called_like_a_student_is_a_team(tmp_path: Path) -> None:
    archive = zipped_names(tmp_path / "m.zip", [moodle_name("Ada L", 57)])
    text = (
        "Identifier,Full name,Username,Group\nParticipant 1,Ada L,ada,Ada L\n"
        "Participant 2,Bob B,bob,Ada L\n"
    )
    filed = decided(archive, listed(tmp_path / "w.csv", text))[2]
    assert sorted(filed) == ["ada", "bob"]


def test_who_has_changed_the_name_is_known_by_two_numbers(tmp_path: Path) -> None:
    roster = listed(tmp_path / "g.csv", GRADEBOOK + '"King, Ada",7,S7,ada,M,\n')
    entry = canvas(7, "lovelaceada")
    entry.numbers = {"user name": "ada", "user number": "7"}
    record = ImportRecord(NAME, students={"a": entry})
    assert canvas_rows(roster, [mark("a")], record) == ["7"]
    archive = zipped_names(tmp_path / "c.zip", ["kingada_7_901_a4.ipynb"])
    assert list(decided(archive, roster, record)[2]) == ["a"]
    entry.numbers = {"user number": "7"}
    assert canvas_rows(roster, [mark("a")], record) == []


# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Jörg Müller", "Mueller, Joerg"),
        ("Åse Bjørn", "Aase Bjoern"),
        ("lovelaceada", "Lovelace, Ada"),
        ("Team Alpha-Ada Lovelace", "Ada Lovelace"),
        ("Søren Åström", "Soren Astrom"),
        ("王伟", "Wei Wang"),
        ("", "Ada"),
    ],
)
def test_names_that_may_be_one_persons(one: str, other: str) -> None:
    assert names_agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Team Alpha", "Bob Braun"), ("Ada Braun", "Bob Braun"), ("王伟", "李娜")]
)
def test_names_that_are_not_one_persons(one: str, other: str) -> None:
    assert not names_agree(one, other)


@pytest.mark.parametrize("name", ["Ada van Lovelace", "van Lovelace, Ada", "Ada_van  Lovelace"])
def test_a_name_is_the_same_in_any_order_and_whatever_its_blanks_are(name: str) -> None:
    assert name_key(name) == "ada lovelace van"


@pytest.mark.parametrize("name", ["Team Alpha", "Group 7", "Gruppe B", "Équipe 3", "第3小组"])
def test_the_name_of_a_team_is_known(name: str) -> None:
    assert is_team(name)


@pytest.mark.parametrize("name", ["Teamah Wilson", "Ada Lovelace", "Groupier Jean", "王伟"])
def test_the_name_of_a_person_is_no_teams(name: str) -> None:
    assert not is_team(name)


def test_a_name_takes_nobody_whom_a_number_finds() -> None:
    rows = [Identity({}, "Wei Wang"), Identity({Space.EMAIL: "w@example.org"}, "W. Wang")]
    people = [Identity({Space.EMAIL: "w@example.org"}, "Wei Wang")]
    assert match(rows, people).found == [None, 0]
