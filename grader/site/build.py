"""Build the site: run the notebooks, make the pages, pack the downloads, check every link."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.widgets.playground.page import playground_page
from grader.paths import DATASETS, PROJECT
from grader.release.audit import leaks
from grader.site.downloads import (
    LESSONS_FOLDER,
    assignment_files,
    lesson_files,
    lessons,
    unpack,
    write_zip,
)
from grader.site.execution import problems_of_run, run_notebook
from grader.site.link_check import has_place, problems_of_site
from grader.site.pages import Page, all_pages, page_notebook, text_of_outputs, to_run
from grader.text.terminal import CannotGoOn

AUTHORS_PART = PROJECT / "docs" / "site"
SITE = PROJECT / "site"
DOWNLOADS = "downloads"

_MATHJAX_PACKAGE = "sphinx-mathjax-offline"
_MATHJAX = "tex-svg.js"
# Sliders move between pictures drawn here, as there is no kernel; questions work in the browser.
_ENVIRONMENT = {"COURSE_STILL_PICTURES": "1", "COURSE_PLAIN_QUIZ": ""}
_STAMP = ".course-site"
_PLAYGROUND = "playground.html"

Say = Callable[[str], None]


class SiteError(CannotGoOn):
    """The site cannot be built as it is, or would be faulty."""


def build_site(
    folder: Path = SITE,
    names: Sequence[str] = (),
    jobs: int | None = None,
    say: Say = print,
) -> None:
    """Build the site and put it in the place of the one before.

    Parameters:
        folder: where the site goes.
        names: the pages to build, for a trial; all where empty. Of the landing page, lines about
            others are left out.
        jobs: how many notebooks run at the same time; None for one a core.
        say: where progress goes.

    Raises:
        SiteError: a notebook fails or warns, Sphinx warns, a solution would be given away, or a
            link is broken. The site that was there before stays.
    """
    _need_sphinx()
    _refuse_foreign(folder)
    pages = _chosen(names)
    with tempfile.TemporaryDirectory() as scratch:
        # Running takes minutes; what is wrong with the pages without that is said before.
        say("checking texts and links ...")
        _build(pages, [page.notebook() for page in pages], Path(scratch) / "before")
        runs = _run_all(pages, Path(scratch) / "runs", jobs, say)
        say("sphinx ...")
        built = _build(pages, runs, Path(scratch) / "after")
        say(f"{len(list(built.glob('*.html')))} pages; all links within the site are good")
        (built / _STAMP).touch()
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(built, folder)


def _build(pages: list[Page], runs: Iterable[NotebookNode], scratch: Path) -> Path:
    """Make the pages of notebooks as they are, run or not, and check them; where they lie."""
    sources, built = scratch / "sources", scratch / "site"
    _write_sources(pages, runs, sources)
    _sphinx("html", sources, built)
    shutil.rmtree(built / "_sources", ignore_errors=True)  # empty, as conf.py asks for none
    (built / ".buildinfo").unlink(missing_ok=True)
    _check(built, pages)
    return built


def check_external_links(say: Say = print) -> None:
    """Follow the links to other sites, which needs the network.

    Parameters:
        say: where progress goes.

    Raises:
        SiteError: one of them is broken.
    """
    _need_sphinx()
    pages = all_pages()
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch) / "sources"
        _write_sources(pages, [page.notebook() for page in pages], sources)
        say("sphinx linkcheck ...")
        _sphinx("linkcheck", sources, Path(scratch) / "links")
        say("The links to other sites are good.")


def _need_sphinx() -> None:
    if importlib.util.find_spec("myst_nb") is None:
        raise SiteError("the packages of docs/site/requirements.txt are needed: run `make site`")


def _refuse_foreign(folder: Path) -> None:
    """Never remove a folder that this program has not made, nor build for one it cannot write."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise SiteError(f"{there} cannot be written to: choose another place with --output")
    if folder.exists() and any(folder.iterdir()) and not (folder / _STAMP).exists():
        raise SiteError(f"{folder} holds something else than a site of this course")


def _chosen(names: Sequence[str]) -> list[Page]:
    pages = all_pages()
    known = [page.name for page in pages]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SiteError(f"no page {', '.join(unknown)}; known: {', '.join(known)}")
    return [page for page in pages if page.name in names] if names else pages


# Running -----------------------------------------------------------------------------------------


def _run_all(pages: list[Page], folder: Path, jobs: int | None, say: Say) -> list[NotebookNode]:
    """Run the notebooks where a reader would, in what is offered for download."""
    unpack(lesson_files(lessons()), folder / LESSONS_FOLDER)
    for page in pages:
        if page.assignment is not None:
            unpack(assignment_files(page.name), folder / page.name)

    def run(page: Page) -> NotebookNode:
        place = folder / (page.name if page.assignment else f"{LESSONS_FOLDER}/notebooks")
        start = time.monotonic()
        done = run_notebook(to_run(page), place, _ENVIRONMENT)
        say(f"ran {page.name} in {time.monotonic() - start:.0f} s")
        return done

    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        runs = list(pool.map(run, pages))
    problems = [
        f"{page.name}: {problem}"
        for page, done in zip(pages, runs, strict=True)
        for problem in problems_of_run(done)
    ]
    if problems:
        raise SiteError("\n".join(["a notebook is not fit to be shown:", *problems]))
    return runs


# Sphinx ------------------------------------------------------------------------------------------


def _write_sources(pages: list[Page], runs: Iterable[NotebookNode], sources: Path) -> None:
    """Write all that Sphinx reads: the author's part, the pages, the downloads, MathJax."""
    shutil.copytree(AUTHORS_PART, sources, ignore=shutil.ignore_patterns("requirements.txt"))
    left_out = [page.name for page in all_pages() if page not in pages]
    index = sources / "index.md"
    index.write_text(_without_lines(index.read_text(encoding="utf-8"), left_out), encoding="utf-8")
    shutil.copy(DATASETS / "LICENSE.md", sources / "image_licences.md")
    shutil.copy(PROJECT / "LICENSE", sources / "course_licence.txt")
    files = sources / "files"
    shutil.copytree(DATASETS / "licences", files / "licences")
    _copy_mathjax(sources / "_static")
    lessons_zip = files / DOWNLOADS / f"{LESSONS_FOLDER}.zip"
    write_zip(lesson_files(lessons()), lessons_zip)
    (files / _PLAYGROUND).write_text(playground_page(), encoding="utf-8")
    for page, run in zip(pages, runs, strict=True):
        archive = lessons_zip
        if page.assignment is not None:
            archive = files / DOWNLOADS / f"{page.name}.zip"
            write_zip(assignment_files(page.name), archive)
        notebook = page_notebook(page, run, sources, _download_line(page, archive))
        refuse_leaks(page, notebook)
        nbformat.write(notebook, sources / f"{page.name}.ipynb")


def _without_lines(text: str, names: list[str]) -> str:
    """A text without the lines that name one of these pages."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(name in line for name in names))


def _download_line(page: Page, archive: Path) -> str:
    what = "Download this assignment" if page.assignment else "Download all lessons"
    size = archive.stat().st_size
    shown = f"{size / 1e6:.1f} MB" if size > 1e5 else f"{size / 1e3:.0f} kB"
    purpose = "to work on it" if page.assignment else "to run this page"
    return (
        '<p class="course-download">'
        f'<a class="course-button" href="{DOWNLOADS}/{archive.name}" download>{what}</a> '
        f"zip, {shown}: complete in itself. "
        f'<a href="index.html#run">How to open it {purpose}</a></p>'
    )


def refuse_leaks(page: Page, notebook: NotebookNode) -> None:
    """No page may show what students are to find, neither in a cell nor in what a cell says.

    Parameters:
        page: the page.
        notebook: the notebook that becomes the page.

    Raises:
        SiteError: it does.
    """
    if page.assignment is None:
        return
    with tempfile.TemporaryDirectory() as scratch:
        nbformat.write(notebook, Path(scratch) / "page.ipynb")
        (Path(scratch) / "outputs.md").write_text(text_of_outputs(notebook), encoding="utf-8")
        found = list(leaks(page.assignment, Path(scratch)))
    if found:
        raise SiteError("\n".join([f"the page {page.name} gives something away:", *found]))


def _copy_mathjax(folder: Path) -> None:
    """MathJax in one file that loads nothing else, so that formulas need no network."""
    for file in importlib.metadata.files(_MATHJAX_PACKAGE) or ():
        if file.name == _MATHJAX:
            shutil.copy(str(file.locate()), folder / _MATHJAX)
            return
    raise SiteError(f"{_MATHJAX} is missing in the package {_MATHJAX_PACKAGE}")


def _sphinx(builder: str, sources: Path, built: Path) -> None:
    """Let Sphinx build; a warning is an error."""
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-q", "-W", "--keep-going"]
    command += ["-j", "auto", "-d", str(sources.parent / "doctrees"), str(sources), str(built)]
    # The project comes first on the path, where conf.py finds the extension of the course.
    places = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        raise SiteError(f"sphinx:\n{said.replace(str(sources) + os.sep, '')}")


# Checking ----------------------------------------------------------------------------------------


def _check(built: Path, pages: list[Page]) -> None:
    problems = list(problems_of_site(built))
    left_out = [page.name for page in all_pages() if page not in pages]
    problems = [
        problem for problem in problems if not any(f" {name}.html" in problem for name in left_out)
    ]
    for page in pages:
        for exercise in page.assignment.exercises if page.assignment else ():
            lesson, _, section = exercise.lesson.partition("#")
            if lesson and lesson not in left_out and not has_place(built, lesson, section):
                problems.append(
                    f"the diagnoses of {page.name}, {exercise.name}, name the lesson "
                    f"{exercise.lesson}, which is not there"
                )
    if problems:
        raise SiteError("\n".join(["the site has faults:", *problems]))
