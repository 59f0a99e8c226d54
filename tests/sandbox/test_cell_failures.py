"""A cell goes on after a failure of the grading machine, and stops after a mistake."""

from __future__ import annotations

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.judging.grade import grade
from grader.judging.graded import GradedExercise
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.worker import Worker

UNAVAILABLE = bubblewrap.why_unavailable()
pytestmark = pytest.mark.skipif(UNAVAILABLE is not None, reason=str(UNAVAILABLE))

COST = """
def compute_cost(AL, Y):
    cost = -np.sum(Y * np.log(AL + EPS) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]
    return np.squeeze(cost)
"""

OF_THE_MACHINE = [
    "from google.colab import drive\ndrive.mount('/content/drive')",
    "import google.colab.files\nuploaded = google.colab.files.upload()\nfirst = uploaded[0]",
    "import tensorflow as tf\nprint(tf.__version__)\ntf.random.set_seed(3)",
    "from scipy.misc import imread\nimage = imread('cat.png')",
    "from my_helpers import *\nhelp_me()",
    "!pip install torch\nfiles = !ls\nfor f in files: print(f)",
    "%cd /content\n%env FOO=1\n%tensorflow_version 2.x\n%no_such_magic here",
    "%%capture\n%no_such_magic\nimport no_such_package",
    "%%time\nopen('/content/data.csv')",
    "import os\nos.chdir('/content/drive/MyDrive')",
    "import os\nos.makedirs('/content/out')",
    "import os\nprint(os.environ['COLAB_GPU'])\ntoken = os.environ['TOKEN']",
    "data = np.load('/kaggle/input/data.npy')",
    "data = np.loadtxt('weights_that_were_not_handed_in.csv')",
    "import h5py\nfile = h5py.File('/content/train.h5', 'r')",
    "import urllib.request\nurllib.request.urlretrieve('http://example.org/a.csv', 'a.csv')",
    "import socket\nsocket.create_connection(('example.org', 80))",
    "import requests\nrequests.get('https://example.org')",
    "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', 'x'])",
    "name = input('Your name? ')",
    "get_ipython().kernel.do_shutdown(True)",
    "small = np.float_(1e-8)",
    "import matplotlib\nmatplotlib.use('TkAgg')",
    "def set_up():\n    import google.colab\nset_up()",
]

WITHOUT_A_PACKAGE = """
import torch, numba
import seaborn as sns
from termcolor import colored

@numba.jit(nopython=True)
def compute_cost(AL: torch.Tensor, Y: np.NoSuchType, device=torch.device("cpu")) -> "Tensor":
    print(colored("cost", "red"))
    if Y.size > 1:
        sns.heatmap(AL).set_title("AL")
    cost = 0.0
    for i in numba.prange(AL.shape[1]):
        cost -= np.sum(np.log(AL[:, i] + EPS) * Y[:, i] + (1 - Y[:, i]) * np.log(1 - AL[:, i]))
    return cost / Y.shape[1]
"""

OF_THE_STUDENT = [
    "half = 1 / 0",
    "print('ready')\nzeros = np.zeors((2, 2))",
    "undefined_name += 1",
    "assert 1 == 2",
    "raise ValueError('no')",
    "[][0]",
    "{}['a']",
]


@pytest.fixture
def worker(a4_worker: Worker) -> Worker:
    """A warm worker."""
    return a4_worker


def graded_cost(worker: Worker, *cells: str, cost: str = COST) -> GradedExercise:
    """What becomes of a cost that uses the constant ``EPS`` of an earlier cell."""
    sources = [*cells, cost]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    raw = nbformat.writes(notebook).encode()
    done = grade(raw, assignments.load("a4_deep_network"), worker, "of the tests")
    return next(e for e in done.graded.exercises if e.name == "compute_cost")


@pytest.mark.parametrize("lines", OF_THE_MACHINE)
def test_what_follows_a_failure_of_this_machine_is_run(lines: str, worker: Worker) -> None:
    graded = graded_cost(worker, f"{lines}\nEPS = 0.0")
    assert graded.verdict == "correct", graded.message


def test_a_package_that_is_not_here_costs_nothing_where_results_need_it_not(
    worker: Worker,
) -> None:
    graded = graded_cost(worker, "EPS = 0.0", cost=WITHOUT_A_PACKAGE)
    assert graded.verdict == "correct", graded.message


def test_what_has_the_name_of_a_package_that_is_not_here_is_left_as_it_is(worker: Worker) -> None:
    cells = [
        "from google.colab import files, halved",
        "def halved(f):\n    return lambda *a: f(*a) / 2",
    ]
    cost = """
@halved
def compute_cost(AL, Y):
    files = [0.0]
    files.append(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1])
    return 2 * np.squeeze(files[-1])
"""
    assert graded_cost(worker, *cells, cost=cost).verdict == "correct"


def test_a_cell_may_await_as_in_jupyter(worker: Worker) -> None:
    cell = "import asyncio\nasync def small():\n    return 0.0\nEPS = await small()"
    assert graded_cost(worker, cell).verdict == "correct"


@pytest.mark.parametrize("lines", OF_THE_STUDENT)
def test_what_follows_a_mistake_is_not_run_and_the_line_is_named(
    lines: str, worker: Worker
) -> None:
    graded = graded_cost(worker, f"{lines}\nEPS = 0.0")
    assert graded.verdict == "crashed"
    assert "name 'EPS' is not defined" in graded.message
    assert lines.splitlines()[-1] in graded.message


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["EPS = np.load('/content/eps.npy')"], "EPS = np.load('/content/eps.npy')"),
        (["from my_constants import EPS"], "from my_constants import EPS"),
        (["from my_constants import *"], "from my_constants import *"),
        (["import torch\nx = torch.zeros(1)\nEPS = float(x)"], "import torch"),
        (["from google.colab import drive", "EPS = drive.mount('/content')"], "google.colab"),
        (["%no_such_magic\nEPS = eps_of_nobody"], "EPS = eps_of_nobody"),
    ],
)
def test_the_line_that_failed_first_is_named(cells: list[str], line: str, worker: Worker) -> None:
    graded = graded_cost(worker, *cells)
    assert graded.verdict == "crashed"
    assert line in graded.message
    assert "because this line" in graded.message or "by this line" in graded.message


def test_a_name_that_was_never_meant_to_be_set_gets_no_explanation(worker: Worker) -> None:
    graded = graded_cost(worker, "import torch")
    assert "name 'EPS' is not defined" in graded.message
    assert "this line of the notebook" not in graded.message


def test_a_function_after_a_mistake_is_defined_all_the_same(worker: Worker) -> None:
    graded = graded_cost(worker, "EPS = 0.0", f"half = 1 / 0\n{COST}")
    assert graded.verdict == "correct"


def test_a_cell_that_fails_as_a_whole_says_which_line_was_to_blame(worker: Worker) -> None:
    late = COST.replace("(AL, Y)", "(AL, Y, eps=EPS)")
    raw_cells = ["EPS = np.load('/content/eps.npy')", late]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in raw_cells]
    )
    raw = nbformat.writes(notebook).encode()
    done = grade(raw, assignments.load("a4_deep_network"), worker, "of the tests")
    graded = next(e for e in done.graded.exercises if e.name == "compute_cost")
    assert graded.verdict == "crashed"
    assert "EPS = np.load('/content/eps.npy')" in graded.message
