"""Examples tell nothing of their writers, and copies of unusual code are found."""

from __future__ import annotations

import pytest

from grader.authoring.simulate import simulate
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.report.class_report import make_report
from grader.report.examples import example_of, vocabulary
from grader.report.normal_code import normal_statements
from grader.report.page import report_page
from grader.report.similarity import clusters
from grader.report.tables import tables
from tests.helpers.disguise import disguised
from tests.helpers.report_page import NOW, Page, class_of, rows_of
from tests.helpers.writers import ONE_UNUSUAL, UNUSUAL, WRITERS


def test_an_example_tells_nothing_of_its_writer(a4: Assignment) -> None:
    source = '''
%time
ada_rate = 0.01
def helper_of_ada(lovelace: int):
    """By Ada Lovelace."""
    print("Ada was here")
    return lovelace * ada_rate * 11823456 + 3.1415926 + len("Ada Lovelace")

def unrelated_ada(): pass

@ada_decorator
def linear_forward(A, W, b):  # ada
    global ada_total
    ada_w1: float = np.dot(W, A) + b
    try:
        from ada_tools import lovelace_dot as ada_dot
        Z = helper_of_ada(lovelace=ada_w1).ada_attribute
    except Exception as ada_error:
        Z = f"{ada_error} ada lovelace"
    return Z, (A, W, b)
'''
    code = example_of(source, "linear_forward", vocabulary(a4))
    assert "ada" not in code.lower() and "lovelace" not in code.lower()
    assert "11823456" not in code and "3.1415926" not in code
    assert "np.dot(W, A) + b" in code and "def linear_forward(A, W, b):" in code
    assert "unrelated" not in code and code.count("def ") == 2
    compile(code, "example", "exec")


def test_the_courses_own_words_stay_in_an_example(a4: Assignment) -> None:
    source = a4.solution("L_model_backward")
    code = example_of(source, "L_model_backward", vocabulary(a4))
    assert "dA_prev_temp, dW_temp, db_temp = linear_activation_backward" in code
    assert "'dW' + str(l + 1)" in code
    assert "name_" not in code and "number_" not in code


@pytest.mark.parametrize("source", ["def f(:", "", "x = 1", "(" * 500, "\x00"])
def test_a_cell_that_cannot_be_read_gives_no_example(a4: Assignment, source: str) -> None:
    assert example_of(source, "f", vocabulary(a4)) == ""


# ---------------------------------------------------------------------------------- similarity


def solved(assignment: Assignment, cells: dict[str, str]) -> dict[str, str]:
    return {e.name: assignment.solution(e.name) for e in assignment.exercises} | cells


def similar(assignment: Assignment, sources: dict[str, dict[str, str]]) -> list[set[str]]:
    results = class_of(assignment, {who: {} for who in sources}, sources)
    return [set(cluster.students) for cluster in clusters(results)]


@pytest.mark.parametrize("name", assignments.names())
def test_no_cluster_appears_in_a_class_of_the_courses_own_variants(name: str) -> None:
    assignment = assignments.load(name)
    group = simulate(assignment, 120, 5)
    assert similar(assignment, {student.student_id: student.cells for student in group}) == []


def test_people_who_solve_it_in_usual_ways_are_not_clustered(a4: Assignment) -> None:
    assert similar(a4, {who: solved(a4, cells) for who, cells in WRITERS.items()}) == []


@pytest.mark.parametrize("cells", [UNUSUAL, ONE_UNUSUAL], ids=["two exercises", "one exercise"])
@pytest.mark.parametrize("copies", [1, 3])
def test_disguised_copies_of_unusual_code_are_found(
    a4: Assignment, cells: dict[str, str], copies: int
) -> None:
    sources = {s.student_id: s.cells for s in simulate(a4, 30, 6)}
    sources |= {who: solved(a4, own) for who, own in WRITERS.items()}
    sources["source"] = solved(a4, cells)
    for number in range(copies):
        copied = {name: disguised(code, number) for name, code in cells.items()}
        sources[f"copy {number}"] = solved(a4, copied)
    expected = {"source", *(f"copy {number}" for number in range(copies))}
    assert similar(a4, sources) == [expected]


def test_two_pairs_of_copies_are_two_groups(a4: Assignment) -> None:
    names = list(UNUSUAL)
    sources = {}
    for name in names:
        sources[f"{name} 1"] = solved(a4, {name: UNUSUAL[name]})
        sources[f"{name} 2"] = solved(a4, {name: disguised(UNUSUAL[name], 8)})
    found = similar(a4, sources)
    assert sorted(map(sorted, found)) == [[f"{name} 1", f"{name} 2"] for name in names]


def test_a_copy_is_found_beside_much_code_of_ones_own(a4: Assignment) -> None:
    copied = disguised(UNUSUAL["linear_backward"], 2)
    sources = {
        "source": solved(a4, UNUSUAL),
        "copier": solved(a4, WRITERS["helpers"] | {"linear_backward": copied}),
        **{who: solved(a4, cells) for who, cells in WRITERS.items() if who != "helpers"},
    }
    assert similar(a4, sources) == [{"source", "copier"}]


def test_what_many_have_is_no_sign_of_copying(a4: Assignment) -> None:
    sources = {f"s{n}": solved(a4, UNUSUAL) for n in range(12)}
    assert similar(a4, sources) == []


def test_a_group_says_where_its_submissions_are_alike(a4: Assignment) -> None:
    sources = {
        "ada": solved(a4, ONE_UNUSUAL),
        "bob": solved(a4, {n: disguised(code, 1) for n, code in ONE_UNUSUAL.items()}),
    }
    made = make_report(class_of(a4, {who: {} for who in sources}, sources))
    (cluster,) = made.similar
    assert cluster.exercises == ("linear_backward",)
    assert cluster.share == 1
    assert any("np.tensordot" in line for line in cluster.lines)
    text = Page(report_page(made, NOW)).text
    assert "np.tensordot" in text and "not a verdict" in text
    assert rows_of(tables(made)["similar.csv"])[1]["student"] == "bob"
    hidden = make_report(made.results, anonymous=True)
    assert "np.tensordot" in str(hidden.similar[0].lines)
    assert "ada" not in tables(hidden)["similar.csv"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Z = np.dot(W, A) + b", "z  = B + w @ a"),
        ("Z = W.dot(A) + b", "Z = np.add(b, np.matmul(W, A))"),
        ("db = 1 / m * np.sum(dZ, axis=1, keepdims=True)", "g = dz.sum(keepdims=True, axis=1) / n"),
        ("x = -1. / m * s", "y = -t / n"),
        ("a += b * c", "q = r * s + q"),
        ('k = p["W" + str(l)]', 'k = q[f"W{i}"]'),
        ('k = p["W%d" % l]', 'k = q["W{}".format(i)]'),
        ("a, b = c[0], d[1]", "x = y[0]\nz = u[1]"),
        ("if a > b: c = d.T", "if y < x:\n    q = np.transpose(r)"),
        ("v = w[i][j]", "a = b[c, d]"),
        ("for i in range(0, n): pass", "for k in range(m):\n    print(k)"),
    ],
)
def test_what_means_the_same_has_one_form(one: str, other: str) -> None:
    known = frozenset({"np"})
    first = [statement.text for statement in normal_statements(one, known)]
    assert first == [statement.text for statement in normal_statements(other, known)]
    assert first


@pytest.mark.parametrize(
    ("one", "other"),
    [("a = b - c * d", "a = b + c * d"), ("a = b / c + d", "a = b * c + d"), ("a < b", "a <= b")],
)
def test_what_differs_in_meaning_differs_in_form(one: str, other: str) -> None:
    texts = [[statement.text for statement in normal_statements(code)] for code in (one, other)]
    assert texts[0] != texts[1]


@pytest.mark.parametrize(
    "source", ["def f(:", "-" * 5_000 + "1", "(" * 900, "x = " + "a + " * 3_000 + "a"]
)
def test_code_made_to_trip_the_comparison_is_passed_over(a4: Assignment, source: str) -> None:
    similar(a4, {"ada": {"linear_forward": source}, "bob": {"linear_forward": source}})
