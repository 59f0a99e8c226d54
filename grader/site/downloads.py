"""What the site offers for download: each assignment, and all lessons, complete in themselves."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import nbformat

from course.language import ENGLISH, N_, _, speaking
from grader.paths import LOCALE, NOTEBOOKS, PROJECT, UTILS, edition_folder
from grader.release.folder import IMAGE_MODULE, files_of, image_files, needed_modules

LESSONS_FOLDER = "neural_network_lessons"
"""The folder in which the lessons are packed."""

_STUDENTS_PACKAGES = (
    *("numpy", "scipy", "matplotlib", "h5py", "pillow"),
    *("jupyterlab", "ipykernel", "ipywidgets", "jupyterquiz"),
)
_DATA = ("embedded_*.h5", "expected_figures.json", "LICENSE.md", "licences/*", "samples/*")
# The oldest time that a zip file can hold: an archive of the same files is then the same archive.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

_HOW_TO_OPEN = N_("""\
# {title}

You need Python 3.11 or newer. In this folder, once:

    python -m venv .venv
    .venv/bin/python -m pip install -r requirements.txt      (Windows: .venv\\Scripts\\python)

and whenever you want to work:

    .venv/bin/python -m jupyterlab {opened}

{remark}
""")
_ABOUT_ASSIGNMENT = N_("""\
Fill the cells between `# YOUR CODE STARTS HERE` and `# YOUR CODE ENDS HERE`, and run the check
below each of them. The code and the texts are under the MIT licence (LICENSE.txt).""")
_ABOUT_LESSONS = N_("""\
Begin with `01_introduction.ipynb`. Some lessons link to assignments: unpack those into a folder
`release` beside the folder `notebooks`, and the links work. The code and the texts are under the
MIT licence (LICENSE.txt), the images under the licences of datasets/LICENSE.md.""")


def assignment_files(name: str, language: str = ENGLISH) -> dict[str, bytes]:
    """An assignment as it is downloaded: its release folder, and how to open it.

    Parameters:
        name: the assignment.
        language: of the edition.

    Returns:
        Path in the folder -> content.
    """
    with speaking(language):
        title = _("Assignment {name}").format(name=name)
        common = _common_files(title, f"{name}.ipynb", _(_ABOUT_ASSIGNMENT))
    return files_of(edition_folder(language) / name) | common


def lesson_files(lessons: Iterable[Path], language: str = ENGLISH) -> dict[str, bytes]:
    """Lessons as they are downloaded, with the modules and the data that they need.

    Parameters:
        lessons: the notebooks.
        language: of the edition.

    Returns:
        Path in the folder -> content.
    """
    files: dict[str, bytes] = {}
    sources: list[str] = []
    for path in lessons:
        files[f"notebooks/{path.name}"] = path.read_bytes()
        notebook = nbformat.read(path, as_version=4)
        sources += [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    modules = needed_modules(sources)
    files |= {f"utils/{name}": content for name, content in modules.items()}
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/course.mo")):
        files[f"utils/{path.relative_to(UTILS).as_posix()}"] = path.read_bytes()
    if IMAGE_MODULE in modules:
        files |= image_files(_DATA)
    with speaking(language):
        title = _("Lessons: neural networks from scratch")
        return files | _common_files(title, "", _(_ABOUT_LESSONS))


def lessons(language: str = ENGLISH) -> list[Path]:
    """The notebooks of all lessons of an edition, in order."""
    folder = NOTEBOOKS if language == ENGLISH else edition_folder(language) / NOTEBOOKS.name
    return sorted(folder.glob("*.ipynb"))


def _common_files(title: str, opened: str, remark: str) -> dict[str, bytes]:
    opened = opened or "--LabApp.default_url=/lab/tree/notebooks"
    text = _(_HOW_TO_OPEN).format(title=title, opened=opened, remark=remark)
    return {
        "README.md": text.encode(),
        "LICENSE.txt": (PROJECT / "LICENSE").read_bytes(),
        "requirements.txt": students_requirements().encode(),
    }


def students_requirements() -> str:
    """The packages that notebooks need, in the versions in which the course is tested."""
    pins = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [pin for pin in pins if re.split(r"[=<>\s;]", pin)[0].lower() in _STUDENTS_PACKAGES]
    return "\n".join(wanted) + "\n"


def unpack(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder.

    Parameters:
        files: path in the folder -> content.
        folder: where they go; made where it does not exist.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def write_zip(files: Mapping[str, bytes], archive: Path) -> None:
    """Pack files; the same files always give the same archive, byte for byte.

    Parameters:
        files: path in the archive -> content; they lie in one folder, named like the archive.
        archive: the zip file to write.
    """
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{archive.stem}/{name}", _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
