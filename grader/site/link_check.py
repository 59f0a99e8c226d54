"""Are the built pages sound: links, pictures, formulas, and nothing loaded from elsewhere?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {"img": "src", "script": "src", "source": "src", "iframe": "src", "audio": "src"}
_LOADED_RELATIONS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})
_VERBATIM = frozenset({"pre", "code", "script", "style", "textarea"})
_OTHER_SCHEMES = ("mailto", "tel", "javascript", "data")
_IN_STYLESHEET = re.compile(r"(?:url\(|@import\s+)\s*[\"']?(?P<target>[^\"')\s;]+)")


@dataclass
class _Reader(HTMLParser):
    """Collects what a page links to and what can be linked to in it."""

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    undescribed: list[str] = field(default_factory=list)
    raw_formulas: list[str] = field(default_factory=list)
    headings: int = 0
    title: str = ""
    _in_title: bool = False
    _in_article: bool = False
    _verbatim: str = ""
    _depth: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        elif tag == "a" and "name" in found:
            self.ids.append(found["name"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in _LOADED and _LOADED[tag] in found:
            self.loaded.append(found[_LOADED[tag]])
        if tag == "link" and found.get("rel") == "alternate":
            self.links.append(found.get("href", ""))
        if tag == "link" and _LOADED_RELATIONS.intersection(found.get("rel", "").split()):
            self.loaded.append(found.get("href", ""))
        if tag == "img" and not found.get("alt", "").strip():
            self.undescribed.append(found.get("src", "")[:80])
        self._in_article |= tag == "article"
        # Outside the article a theme may repeat the heading, for print.
        self.headings += tag == "h1" and self._in_article
        self._in_title = tag == "title"
        if not self._verbatim and (tag in _VERBATIM or "math" in found.get("class", "").split()):
            self._verbatim = tag
        self._depth += tag == self._verbatim

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._in_article and not self._verbatim and "$" in data:
            self.raw_formulas.append(" ".join(data.split()))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._in_article &= tag != "article"
        self._depth -= tag == self._verbatim
        if not self._depth:
            self._verbatim = ""


def problems_of_site(folder: Path) -> Iterator[str]:
    """What is wrong with the pages of a site, one sentence each, in order of the pages.

    Links within the site must lead to a file, and to a place in it where they name one. Pages load
    nothing from elsewhere, so that they can be read without a network. Every picture has a
    description, and no formula is left as it was typed. Every page has a title and not more than
    one main heading, and no name of a place occurs twice in it. Links to other sites are not
    followed.

    Parameters:
        folder: the built site.
    """
    # Themes keep their templates in _static; these are not pages.
    found = [p for p in folder.rglob("*.html") if "_static" not in p.relative_to(folder).parts]
    pages = {path.resolve(): _read(path) for path in sorted(found)}
    for path, page in pages.items():
        where = path.relative_to(folder.resolve()).as_posix()
        for problem in _problems_of_page(path, page, pages, folder.resolve()):
            yield f"{where}: {problem}"
    for path in sorted(folder.rglob("*.css")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for named in _IN_STYLESHEET.finditer(text):
            if _is_elsewhere(named["target"]):
                where = path.relative_to(folder).as_posix()
                yield f"{where}: loads {named['target']} from elsewhere"


def _read(path: Path) -> _Reader:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader


def _is_elsewhere(target: str) -> bool:
    return target.startswith("//") or urlsplit(target).scheme in ("http", "https", "ftp")


def _problems_of_page(
    path: Path, page: _Reader, pages: dict[Path, _Reader], root: Path
) -> Iterator[str]:
    if page.headings > 1:
        yield f"has {page.headings} main headings (h1)"
    if not page.title.strip():
        yield "has no title"
    for text in page.raw_formulas:
        yield f"a dollar sign stands in the text, so a formula was not understood: {text[:80]}"
    for source in page.undescribed:
        yield f"the picture {source} has no description (alt text)"
    for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
        yield f"the name #{name} stands for several places"
    for target in page.loaded:
        if _is_elsewhere(target):
            yield f"loads {target} from elsewhere"
    for target in dict.fromkeys(page.links + page.loaded):
        if not _is_elsewhere(target) and urlsplit(target).scheme not in _OTHER_SCHEMES:
            problem = _problem_of_link(target, path, pages, root)
            if problem:
                yield f"the link {target} leads nowhere: {problem}"


def _problem_of_link(target: str, path: Path, pages: dict[Path, _Reader], root: Path) -> str | None:
    """Why a link within the site is broken; None where it is not."""
    address, _, fragment = target.partition("#")
    address = unquote(address.partition("?")[0])
    goal = (path.parent / address).resolve() if address else path
    if goal.is_dir():
        goal = goal / "index.html"
    if not goal.is_relative_to(root):
        return "it leaves the site"
    if not goal.is_file():
        return "there is no such file"
    if fragment and goal in pages and unquote(fragment) not in pages[goal].ids:
        return "the page has no such place"
    return None


def has_place(folder: Path, page: str, section: str) -> bool:
    """Whether the site has a page, and in it a place of that name.

    Parameters:
        folder: the built site.
        page: the name of the page, without a suffix.
        section: the name of the place; empty for the page as a whole.
    """
    path = folder / f"{page}.html"
    return path.is_file() and (not section or section in _read(path).ids)
