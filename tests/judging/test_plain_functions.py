"""Which functions are seen to leave everything else as it was, and what that is used for."""

from __future__ import annotations

import ast
import textwrap
from typing import Any

import nbformat
import pytest

from grader.authoring.simulate import SimulatedStudent, submitted_notebook
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.judging.plain_code import is_plain
from grader.judging.plain_functions import plain_functions
from grader.sandbox.host.worker import Worker
from grader.submission.own_files import module_names

SECRET = "the secret of a class that exists in tests only"


def function(body: str, head: str = "f(A, W, b)") -> ast.FunctionDef:
    """A function with these statements."""
    (made,) = ast.parse(f"def {head}:\n{textwrap.indent(textwrap.dedent(body), '    ')}").body
    assert isinstance(made, ast.FunctionDef)
    return made


@pytest.mark.parametrize(
    "body",
    [
        "return np.dot(W, A) + b, (A, W, b)",
        "Z = W @ A + b\nA = np.maximum(0, Z)\nassert A.shape == Z.shape\nreturn A, Z",
        "grads = {}\nfor l in range(1, 3):\n    grads['dW' + str(l)] = A[l] * 2\nreturn grads",
        "np.random.seed(3)\nreturn {'W': np.random.randn(2, 3) * 0.01}",
        "cost = -np.sum(np.multiply(np.log(A), W)) / A.shape[1]\nreturn float(np.squeeze(cost))",
        "caches = []\ncaches.append((A, W))\nreturn [c[0] for c in caches]",
        "A, W = W, A\nA[0, :] += 1\nreturn A.T",
        "if b is None:\n    raise ValueError(f'no {b}')\nelse:\n    print(b)\nreturn g(A, W)",
        "n = np.linalg.norm(A, axis=1, keepdims=True)\nreturn A / n",
        "return copy.deepcopy(W)",
        "while b > 0:\n    b -= 1\nreturn max(len(A), int(b))",
        "import copy\nreturn copy.deepcopy(W)",
        "import numpy as np\nreturn np.ones(3)",
        "random = np.random.RandomState(3)\nreturn random.randn(2, 3)",
        "return np.r_[A, np.c_[W, b]][:, np.newaxis] * np.pi + math.inf",
    ],
)
def test_a_function_of_the_course_is_plain(body: str) -> None:
    assert is_plain(function(body), frozenset({"g"}))


@pytest.mark.parametrize(
    "body",
    [
        "global COUNT\nCOUNT = 1",
        "STATE['n'] = 1\nreturn A",
        "STATE.append(A)\nreturn A",
        "return A * SCALE",
        "np.dot = None\nreturn A",
        "np.seterr(all='raise')\nreturn A",
        "np.set_printoptions(precision=1)\nreturn A",
        "np.random.set_state(A)\nreturn A",
        "f.calls = 1\nreturn A",
        "setattr(np, 'dot', None)\nreturn A",
        "import os\nreturn os.getpid()",
        "import math as np\nreturn A",
        "import random\nreturn random.random()",
        "return np.empty((2, 3))",
        "return np.empty_like(A)",
        "return np.ndarray((2, 3))",
        "np.random.seed()\nreturn np.random.randn(3)",
        "np.random.seed(None)\nreturn np.random.randn(3)",
        "np.random.seed(b)\nreturn np.random.randn(3)",
        "list(map(np.random.seed, [None]))\nreturn np.random.randn(3)",
        "return np.random.default_rng().normal()",
        "return np.random.RandomState().randn(3)",
        "return np.random.Generator(np.random.PCG64()).normal()",
        "return np.datetime64('now')",
        "return np.fromstring('1', sep=' ')",
        "return id(A)",
        "return np.log(A, where=A > 0)",
        "return np.log(A, **{'where': A > 0})",
        "return np.pad(A, 1, 'empty')",
        "return np.recarray((2,), float)",
        "return np.random.bit_generator.randbits(3)",
        "np.typecodes['All'] = A\nreturn A",
        "np.sctypeDict.update(x=A)\nreturn A",
        "x = np.polynomial.polynomial.polyx\nx[0] = A[0]\nreturn A",
        "m = np.random\nm.seed()\nreturn A",
        "return hash(A)",
        "globals()['x'] = 1\nreturn A",
        "vars(np)['dot'] = None\nreturn A",
        "np.__dict__['dot'] = None\nreturn A",
        "A.__class__.mean = None\nreturn A",
        "d = np\nd.dot = None\nreturn A",
        "with np.errstate(all='raise'):\n    return A / 0",
        "exec('np.dot = None')\nreturn A",
        "def g():\n    STATE['n'] = 1\ng()\nreturn A",
        "yield A",
        "(lambda: STATE.clear())()\nreturn A",
        "np.save('x', A)\nreturn A",
        "plt.rcParams.update({})\nreturn A",
        "unknown(A)\nreturn A",
        "A(W)\nreturn A",
        "for np.dot in [1]:\n    pass\nreturn A",
        "[np.put for np.dot in [1]]\nreturn A",
        "del A\nreturn 1",
        "try:\n    return A\nfinally:\n    b = 1",
    ],
)
def test_whatever_else_is_not(body: str) -> None:
    assert not is_plain(function(body), frozenset({"g"}))


@pytest.mark.parametrize(
    "head", ["f(A, cache={})", "f(A, seen=[])", "f(A, *, memo=dict())", "f(A, g=np.dot)"]
)
def test_a_default_that_lives_on_is_not_plain(head: str) -> None:
    assert not is_plain(function("return A", head), frozenset())


PLAIN = "def g(x):\n    return x + 1"


@pytest.mark.parametrize(
    "cell",
    [
        "import threading",
        "import sys\nsys.setrecursionlimit(50)",
        "class C:\n    pass",
        "g = print",
        "np = 3",
        "len = g",
        "from os import getcwd as g",
        "import random as np",
        "h = lambda x: x",
        "import numpy as np\nfor g in range(3):\n    pass",
        "@exec\ndef h(x):\n    return x",
        "def h(x):\n    S[0] = x\n@h\ndef k(x):\n    return x",
        "def h(x):\n    S[0] = x\ndef k(x=h(2)):\n    return x",
        "import signal",
        "import my_helpers",
        "from helpers import *",
        "from . import helpers",
        "from random import random as len",
        "setattr(np, 'dot', g)",
        "np.dot = g",
        "np.linalg.norm = g",
        "vars(np)['dot'] = g",
        "open('x', 'w')",
        "np.dot.__doc__",
        "def h(x:\n    return x",
        "%run hack.py",
        "%time np.dot = g",
        "y = %run hack.py",
        "%%writefile random.py\nx = 1",
        "import os\nos.fork()",
        "import os as o\no.fork()",
        "from os import fork\nfork()",
        "import course.checks.plain_data as p\np.to_json = g",
        "import random\nrandom.random = g",
        "import random\nrandom.sample.x[0] = g",
        "import checks",
        "match [].append:\n    case print:\n        pass",
        "match {'a': g}:\n    case {**sum}:\n        pass",
    ],
)
def test_beside_a_cell_that_may_reach_further_no_function_is_plain(cell: str) -> None:
    harmless = "import numpy as np\nx = np.ones(3)\nprint(x)\nx[0] = g(2)"
    assert plain_functions([PLAIN, harmless], set()) == {"g"}
    assert "g" not in plain_functions([PLAIN, cell], set())


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\nx = 1",
        "!pip install h5py\nfiles = !ls\nnp.dot?",
        "import os\nimport matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (5.0, 4.0)",
        "import os\nos.makedirs(os.path.join('a', 'b'))\nprint(os.environ)",
    ],
)
def test_what_notebooks_do_at_their_beginning_speaks_against_nothing(cell: str) -> None:
    assert plain_functions([PLAIN, cell], set()) == {"g"}


def test_a_module_of_the_student_s_own_is_not_the_one_that_is_known_by_its_name() -> None:
    cells = [PLAIN, "import random"]
    assert plain_functions(cells, set()) == {"g"}
    assert plain_functions(cells, set(), module_names(["random.py", "data.csv"])) == set()


def test_a_function_that_is_not_plain_speaks_against_those_that_call_it() -> None:
    own = "def f(x):\n    S['n'] = x\n    return x"
    caller = "def h(x):\n    return f(x)"
    assert plain_functions([PLAIN, own, caller], set()) == {"g"}


@pytest.mark.parametrize("statement", ["y = f(3)", "hook = f", "np.dot = g", "for i in f(1): pass"])
def test_a_function_that_is_not_plain_speaks_against_all_once_it_may_have_run(
    statement: str,
) -> None:
    own = "def f(x):\n    S['n'] = x\n    return x"
    assert plain_functions([PLAIN, own, "print(f(3))"], set()) == {"g"}
    assert plain_functions([PLAIN, own, statement], set()) == set()


@pytest.mark.parametrize("name", assignments.names())
def test_the_solutions_of_the_course_are_plain(name: str) -> None:
    assignment = assignments.load(name)
    # A seed that is handed in may be None, which is another one each time.
    names = {
        exercise.name
        for exercise in assignment.exercises
        if "np.random.seed(seed)" not in assignment.solution(exercise.name)
    }
    cells = [assignment.solution(exercise.name) for exercise in assignment.exercises]
    assert names <= plain_functions([assignment.setup, *cells], assignment.given_functions)


# What it is for -----------------------------------------------------------------------------------


def graded(worker: Worker, name: str, cells: dict[str, str], before: str = "") -> Graded:
    """Grade the solved notebook with some cells replaced, and something before the first one."""
    assignment = assignments.load(name)
    solved = {e.name: assignment.solution(e.name) for e in assignment.exercises} | cells
    first = assignment.exercises[0].name
    solved[first] = before + solved[first]
    notebook = submitted_notebook(SimulatedStudent("ada", "", solved), assignment)
    return grade(nbformat.writes(notebook).encode(), assignment, worker, SECRET).graded


def before_return(assignment: Assignment, name: str, lines: str) -> str:
    """A solution with some lines before its last ``return``."""
    text = assignment.solution(name)
    place = text.rindex("    return")
    return text[:place] + textwrap.indent(lines, "    ") + "\n" + text[place:]


SPOILT: list[Any] = [
    (
        "a1_numpy_basics",
        "basic_sigmoid",
        "import numpy as np\n"
        "np.sum = lambda a, axis=None, keepdims=False, **k: np.mean(a, axis, keepdims=keepdims)",
        {},
        "",
    ),
    ("a1_numpy_basics", "basic_sigmoid", "import numpy\nnumpy.exp = numpy.expm1", {}, ""),
    (
        "a1_numpy_basics",
        "basic_sigmoid",
        "S['n'] = -1",
        {"softmax": ("np.exp(x)", "np.exp(S['n'] * x)")},
        "S = {'n': 1}\n",
    ),
    (
        "a3_shallow_network",
        "layer_sizes",
        "CONF['scale'] = 1.0",
        {"initialize_parameters": ("* 0.01", "* CONF['scale']")},
        "CONF = {'scale': 0.01}\n",
    ),
    (
        "a4_deep_network",
        "initialize_parameters",
        "import sys\n"
        "for module in list(sys.modules.values()):\n"
        "    if hasattr(module, 'NotebookRunner'):\n"
        "        module.NotebookRunner.function = lambda self, name: None",
        {},
        "",
    ),
]


@pytest.mark.parametrize(("name", "spoiler", "lines", "edits", "before"), SPOILT)
def test_a_mistake_that_only_another_function_makes_costs_nothing(
    warm_worker: Any, name: str, spoiler: str, lines: str, edits: dict[str, Any], before: str
) -> None:
    """Each of these gives, in the same process, exactly the results of mistakes that are known."""
    assignment = assignments.load(name)
    cells = {spoiler: before_return(assignment, spoiler, lines)}
    for exercise, (old, new) in edits.items():
        cells[exercise] = assignment.solution(exercise).replace(old, new)
    done = graded(warm_worker(name), name, cells, before)
    assert {e.name: e.verdict for e in done.exercises if e.points != e.max_points} == {}
