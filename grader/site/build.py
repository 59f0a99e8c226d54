"""Build the site: run the notebooks, make the pages, pack the downloads, check every link."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbformat import NotebookNode

from course.language import ENGLISH, speaking
from grader.paths import PROJECT
from grader.release.translation.compiled import languages
from grader.site.downloads import (
    LESSONS_FOLDER,
    assignment_files,
    lesson_files,
    lessons,
    unpack,
)
from grader.site.execution import problems_of_run, run_notebook
from grader.site.language_switch import place_of
from grader.site.link_check import has_place, problems_of_site
from grader.site.pages import Page, all_pages, to_run
from grader.site.sources import Edition, SiteError, write_sources
from grader.site.theme_words import translate_theme

SITE = PROJECT / "site"

# Sliders move between pictures drawn here, as there is no kernel; questions work in the browser.
_ENVIRONMENT = {"COURSE_STILL_PICTURES": "1", "COURSE_PLAIN_QUIZ": ""}
_STAMP = ".course-site"

Say = Callable[[str], None]


def build_site(
    folder: Path = SITE,
    names: Sequence[str] = (),
    jobs: int | None = None,
    say: Say = print,
    wanted: Sequence[str] = (),
) -> None:
    """Build the site and put it in the place of the one before.

    Parameters:
        folder: where the site goes.
        names: the pages to build, for a trial; all where empty. Of the landing page, lines about
            others are left out.
        jobs: how many notebooks run at the same time; None for one a core.
        say: where progress goes.
        wanted: the languages. The first lies at the root of the site, each other one in a folder of
            its name. English and all others where empty.

    Raises:
        SiteError: a notebook fails or warns, Sphinx warns, a solution would be given away, or a
            link is broken. The site that was there before stays.
    """
    _need_sphinx()
    _refuse_foreign(folder)
    editions = _editions(names, wanted)
    with tempfile.TemporaryDirectory() as scratch:
        # Running takes minutes; faults that do not depend on it are reported first.
        say("checking texts and links ...")
        not_run = [[page.notebook() for page in edition.pages] for edition in editions]
        _build(editions, not_run, Path(scratch) / "before")
        runs = _run_all(editions, Path(scratch) / "runs", jobs, say)
        say("sphinx ...")
        built = _build(editions, runs, Path(scratch) / "after")
        count = sum(len(list((built / one.place).glob("*.html"))) for one in editions)
        say(f"{count} pages; all links within the site are good")
        (built / _STAMP).touch()
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(built, folder)


def _build(editions: list[Edition], runs: list[list[NotebookNode]], scratch: Path) -> Path:
    """Make the pages of notebooks as they are, run or not, and check them; where they lie."""
    built = scratch / "site"

    # One after the other: Python 3.11 cannot parse code in two threads at the same time.
    for edition, runs_of_edition in zip(editions, runs, strict=True):
        write_sources(edition, runs_of_edition, scratch / edition.language / "sources", editions)

    def build(edition: Edition) -> None:
        own = scratch / edition.language
        sources, place = own / "sources", own / "site"
        _sphinx("html", edition.language, sources, place)
        with speaking(edition.language):
            translate_theme(place)
        shutil.rmtree(place / "_sources", ignore_errors=True)  # empty, as conf.py asks for none
        (place / ".buildinfo").unlink(missing_ok=True)

    with ThreadPoolExecutor() as pool:
        list(pool.map(build, editions))
    for edition in editions:
        (scratch / edition.language / "site").rename(built / edition.place)
    _check(built, editions)
    return built


def check_external_links() -> None:
    """Follow the links to other sites, which needs the network.

    Raises:
        SiteError: one of them is broken.
    """
    _need_sphinx()
    # They are the same in every language.
    edition = Edition(ENGLISH, "", tuple(all_pages()))
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch) / "sources"
        write_sources(edition, [page.notebook() for page in edition.pages], sources, [edition])
        print("sphinx linkcheck ...")
        _sphinx("linkcheck", ENGLISH, sources, Path(scratch) / "links")
        print("The links to other sites are good.")


def _need_sphinx() -> None:
    if importlib.util.find_spec("myst_nb") is None:
        raise SiteError("the packages of docs/site/requirements.txt are needed: run `make site`")


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that this program has not made, or that it cannot write."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise SiteError(f"{there} cannot be written to: choose another place with --output")
    if folder.exists() and any(folder.iterdir()) and not (folder / _STAMP).exists():
        raise SiteError(f"{folder} holds something else than a site of this course")


def _editions(names: Sequence[str], wanted: Sequence[str]) -> list[Edition]:
    known = [page.name for page in all_pages()]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SiteError(f"no page {', '.join(unknown)}; known: {', '.join(known)}")
    there = [ENGLISH, *languages()]
    chosen = list(dict.fromkeys(wanted)) or there
    unknown = [language for language in chosen if language not in there]
    if unknown:
        raise SiteError(f"no language {', '.join(unknown)}; there are: {', '.join(there)}")
    return [
        Edition(
            language,
            place_of(language, chosen),
            tuple(page for page in all_pages(language) if not names or page.name in names),
        )
        for language in chosen
    ]


# Running -----------------------------------------------------------------------------------------


def _run_all(
    editions: list[Edition], folder: Path, jobs: int | None, say: Say
) -> list[list[NotebookNode]]:
    """Run the notebooks where a reader would, in what is offered for download."""
    for edition in editions:
        place, language = folder / edition.language, edition.language
        unpack(lesson_files(lessons(language), language), place / LESSONS_FOLDER)
        for page in edition.pages:
            if page.assignment is not None:
                unpack(assignment_files(page.name, language), place / page.name)

    def run(page: Page) -> NotebookNode:
        inner = page.name if page.assignment else f"{LESSONS_FOLDER}/notebooks"
        environment = {**_ENVIRONMENT, "COURSE_LANGUAGE": page.language}
        start = time.monotonic()
        done = run_notebook(to_run(page), folder / page.language / inner, environment)
        say(f"ran {page.name} ({page.language}) in {time.monotonic() - start:.0f} s")
        return done

    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        started = [[pool.submit(run, page) for page in edition.pages] for edition in editions]
        runs = [[one.result() for one in of_edition] for of_edition in started]
    problems = [
        f"{page.name} ({page.language}): {problem}"
        for edition, of_edition in zip(editions, runs, strict=True)
        for page, done in zip(edition.pages, of_edition, strict=True)
        for problem in problems_of_run(done)
    ]
    if problems:
        raise SiteError("\n".join(["a notebook is not fit to be shown:", *problems]))
    return runs


# Sphinx ------------------------------------------------------------------------------------------


def _sphinx(builder: str, language: str, sources: Path, built: Path) -> None:
    """Let Sphinx build; a warning is an error."""
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-q", "-W", "--keep-going"]
    command += ["-j", "auto", "-d", str(sources.parent / "doctrees"), str(sources), str(built)]
    # The project comes first on the path, where conf.py finds the extension of the course.
    places = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    environment["COURSE_LANGUAGE"] = language
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        raise SiteError(f"sphinx:\n{said.replace(str(sources) + os.sep, '')}")


# Checking ----------------------------------------------------------------------------------------


def _check(built: Path, editions: list[Edition]) -> None:
    problems = list(problems_of_site(built))
    there = {page.name for edition in editions for page in edition.pages}
    left_out = [page.name for page in all_pages() if page.name not in there]
    problems = [
        problem for problem in problems if not any(f"{name}.html" in problem for name in left_out)
    ]
    for edition in editions:
        for page in edition.pages:
            for exercise in page.assignment.exercises if page.assignment else ():
                lesson, _, section = exercise.lesson.partition("#")
                place = built / edition.place
                if lesson and lesson not in left_out and not has_place(place, lesson, section):
                    problems.append(
                        f"the diagnoses of {page.name}, {exercise.name}, name the lesson "
                        f"{exercise.lesson}, which is not there ({edition.language})"
                    )
    if problems:
        raise SiteError("\n".join(["the site has faults:", *problems]))
