"""Values that differ in case alone: told apart where the list tells them apart, else by nobody."""

from __future__ import annotations

import pytest

from grader.lms.reading.identity import Identity, Matching, Space, match
from grader.lms.reading.student_ids import accepted_id


def listed(login: str, name: str) -> Identity:
    return Identity({Space.LOGIN: login}, name, label=name, shown_as=name)


ADA, OTHER = listed("ada", "Ada L"), listed("Ada", "Ada M")
CHOSEN = [Identity(nbgrader="ada", label="ada"), Identity(nbgrader="Ada", label="Ada")]


def matched(rows: list[Identity], people: list[Identity], of_system: bool) -> Matching:
    return match(rows, people, of_system=of_system)


def test_a_list_that_tells_case_apart_tells_whose_mark_it_is() -> None:
    assert matched([OTHER, ADA], CHOSEN, of_system=True).found == [1, 0]


def test_a_list_that_tells_case_apart_tells_whose_work_it_is() -> None:
    assert matched(CHOSEN, [OTHER, ADA], of_system=False).found == [1, 0]
    assert matched(CHOSEN[:1], [OTHER, ADA], of_system=False).found == [1]


def test_a_list_that_has_one_of_them_tells_nobody_and_says_who_is_meant() -> None:
    done = matched([ADA], CHOSEN, of_system=True)
    assert done.found == [None]
    (sentence,) = done.problems
    assert sentence.startswith("The user name ada is that of ada and Ada, so that it tells nobody.")


def test_two_folders_for_one_row_of_the_list_are_both_stopped() -> None:
    done = matched(CHOSEN, [ADA], of_system=False)
    assert done.found == [None, None] and "is meant by 2 that differ" in done.problems[0]


def test_the_case_of_an_address_tells_nobody_apart() -> None:
    rows = [Identity({Space.EMAIL: text}, name) for text, name in (("a@x", "A"), ("A@x", "B"))]
    people = [Identity({Space.EMAIL: "a@x"}, label="a")]
    assert matched(rows, people, of_system=True).found == [None, None]


def test_a_user_name_that_two_rows_have_is_said_and_no_name_is_asked() -> None:
    rows = [listed("ada", "Ada L"), listed("ada", "Ada M")]
    done = matched(rows, [Identity(name="Ada L", nbgrader="ada", label="ada")], of_system=True)
    assert done.found == [None, None] and "so that it tells nobody" in done.problems[0]


@pytest.mark.parametrize("text", ["cy\u200b", "\u200fcy", "c\u00ady"])
def test_a_name_for_nbgrader_has_no_letter_that_is_not_seen(text: str) -> None:
    assert accepted_id(text) == "cy"
