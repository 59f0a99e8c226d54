"""What Sphinx reads for one language: the author's part, the pages, the downloads, MathJax."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.language import ENGLISH, _, speaking
from course.widgets.playground.page import playground_page
from grader.paths import DATASETS, PROJECT
from grader.release.audit import leaks
from grader.release.translation.markdown_units import translated_markdown
from grader.site.downloads import (
    LESSONS_FOLDER,
    assignment_files,
    lesson_files,
    lessons,
    write_zip,
)
from grader.site.language_switch import other_languages, write_editions
from grader.site.links import ANCHOR, with_english_anchors
from grader.site.pages import Page, all_pages, page_notebook, text_of_outputs
from grader.text.terminal import CannotGoOn

AUTHORS_PART = PROJECT / "docs" / "site"
DOWNLOADS = "downloads"

_MATHJAX_PACKAGE = "sphinx-mathjax-offline"
_MATHJAX = "tex-svg.js"
_PLAYGROUND = "playground.html"
_IN_TABLE = re.compile(r"^\| \[(?P<title>.+?)\]\((?P<name>[\w-]+)\.html\)", re.MULTILINE)
_IN_TOCTREE = re.compile(r"^.+ <(?P<name>[\w-]+)>$", re.MULTILINE)


class SiteError(CannotGoOn):
    """The site cannot be built as it is, or would be faulty."""


@dataclass(frozen=True)
class Edition:
    """The site in one language.

    Attributes:
        language: such as ``en`` or ``zh_CN``.
        place: the folder in the site where it lies; empty for the site's own.
        pages: the notebooks that become pages.
    """

    language: str
    place: str
    pages: tuple[Page, ...]


def write_sources(
    edition: Edition, runs: Iterable[NotebookNode], folder: Path, editions: Sequence[Edition]
) -> None:
    """Write all that Sphinx reads for one edition.

    Parameters:
        edition: the edition.
        runs: the notebooks of its pages, run or not.
        folder: where it goes; made here.
        editions: all editions of the site, which pages lead to.

    Raises:
        SiteError: a page would show a line of a solution.
    """
    with speaking(edition.language):
        shutil.copytree(AUTHORS_PART, folder, ignore=shutil.ignore_patterns("requirements.txt"))
        shutil.copy(DATASETS / "LICENSE.md", folder / "image_licences.md")
        shutil.copy(PROJECT / "LICENSE", folder / "course_licence.txt")
        left_out = [page.name for page in all_pages() if not _has(edition, page.name)]
        index = folder / "index.md"
        text = _without_lines(index.read_text(encoding="utf-8"), left_out)
        index.write_text(text, encoding="utf-8")
        if edition.language != ENGLISH:
            for path in folder.glob("*.md"):
                path.write_text(_translated(path.read_text(encoding="utf-8")), encoding="utf-8")
        names = {one.language: [page.name for page in one.pages] for one in editions}
        write_editions(names, folder)
        _copy_mathjax(folder / "_static")
        files = folder / "files"
        shutil.copytree(DATASETS / "licences", files / "licences")
        lessons_zip = files / DOWNLOADS / f"{LESSONS_FOLDER}.zip"
        write_zip(lesson_files(lessons(edition.language), edition.language), lessons_zip)
        playground = _with_switch(playground_page(), names, edition.language)
        (files / _PLAYGROUND).write_text(playground, encoding="utf-8")
        for page, run in zip(edition.pages, runs, strict=True):
            archive = lessons_zip
            if page.assignment is not None:
                archive = files / DOWNLOADS / f"{page.name}.zip"
                write_zip(assignment_files(page.name, edition.language), archive)
            notebook = page_notebook(page, run, folder, _download_line(page, archive))
            refuse_leaks(page, notebook)
            nbformat.write(notebook, folder / f"{page.name}.ipynb")


def _with_switch(text: str, editions: Mapping[str, Sequence[str]], language: str) -> str:
    """The page of the playground, which Sphinx does not make, with links to the other languages."""
    links = "".join(
        f'<a href="{other.link}" hreflang="{other.tag}" lang="{other.tag}">{other.name}</a> '
        for other in other_languages(editions, language, Path(_PLAYGROUND).stem)
    )
    return text.replace("</body>", f'<p class="note">{links}</p>\n</body>') if links else text


def _has(edition: Edition, name: str) -> bool:
    return any(page.name == name for page in edition.pages)


def _without_lines(text: str, names: list[str]) -> str:
    """A text without the lines that name one of these pages."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(name in line for name in names))


def _translated(text: str) -> str:
    """A page of Markdown in the language that is spoken; the list of pages as in its table."""
    made = with_english_anchors(translated_markdown(text, _), text, set(ANCHOR.findall(text)))
    titles = {found["name"]: found["title"] for found in _IN_TABLE.finditer(made)}

    def listed(line: re.Match[str]) -> str:
        title = titles.get(line["name"])
        return f"{title} <{line['name']}>" if title else line[0]

    return _IN_TOCTREE.sub(listed, made)


def _download_line(page: Page, archive: Path) -> str:
    size = archive.stat().st_size
    if page.assignment is None:
        what = _("Download all lessons")
        how = _(
            'zip, {size}: complete in itself. <a href="{place}">How to open it to run this page</a>'
        )
    else:
        what = _("Download this assignment")
        how = _(
            'zip, {size}: complete in itself. <a href="{place}">How to open it to work on it</a>'
        )
    shown = f"{size / 1e6:.1f} MB" if size > 1e5 else f"{size / 1e3:.0f} kB"
    return (
        '<p class="course-download">'
        f'<a class="course-button" href="{DOWNLOADS}/{archive.name}" download>{what}</a> '
        f"{how.format(size=shown, place='index.html#run')}</p>"
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
