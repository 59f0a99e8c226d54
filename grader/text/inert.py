"""Make what students wrote harmless to look at.

A notebook may hold HTML, and whoever opens it in a browser would run its scripts: an instructor in
formgrader, a student in a feedback page. Notebooks are therefore made inert when they are recorded,
so that whatever renders them later is safe, and once more when a page is made of them.
"""

from __future__ import annotations

import base64
import binascii
import functools
import html
import re
from collections.abc import Collection, Mapping
from typing import Any

import nh3
from nbformat import NotebookNode

PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""The pictures that are kept, with the bytes that they begin with. SVG may hold scripts."""
LONGEST_MARKDOWN = 20_000
"""Longer texts are shown as they are: Markdown parsers take quadratic time for hostile ones."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TAGS = _HEADINGS | set(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption "
    "figure hr i img ins kbd li ol p pre q s samp small span strong sub summary sup table tbody "
    "td tfoot th thead tr tt u ul var".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start"},
}
_NUMBERS = frozenset({"colspan", "rowspan", "start", "width", "height"})
_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]*\Z", re.IGNORECASE)
_PICTURE = re.compile(r"data:(image/png|image/jpeg);base64,([A-Za-z0-9+/=\s]*)\Z")
# What is left of a link whose address was taken away.
_DEAD_LINK = re.compile(r'<a rel="noopener noreferrer nofollow">(.*?)</a>', re.DOTALL)
_NO_ALT = re.compile(r'<img(?=[ >])(?![^>]*\balt=")')
_ATTACHMENT = re.compile(r"attachment:([^\s)\"'>]*)")
# TeX commands with which MathJax makes links, styles and attributes.
_TEX = re.compile(
    r"\\(?=(?:href|url|cssId|class|style|require|html[A-Za-z]*|csname|data|bbox|unicode|text"
    r"tip|mathtip|toggle|action[A-Za-z]*)(?![A-Za-z]))"
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]?|\x1b")
_MAY_BE_MARKUP = re.compile(r"[<&]|\]\s*[\[(:]")
# Characters that mean something in Markdown, as references that mean nothing there.
_NO_MARKDOWN = str.maketrans({c: f"&#{ord(c)};" for c in "\n[]()*_`\\$~!|{}"} | {"\r": ""})


def plain_text(text: str) -> str:
    """The text without terminal codes and without characters that change how others are shown."""
    return _CONTROL.sub("", _ANSI.sub("", text))


_INERT = str.maketrans({"<": "\u2039", ">": "\u203a", '"': "\u201d", "`": "\u2018", "\\": "\u2216"})
_REFERENCE = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb]")


def inert_name(text: str) -> str:
    """A name that is text wherever a page shows it, even where the page does not escape it.

    Brackets and quotation marks of HTML become the typographic ones that look like them, and a
    reference such as ``&lt;`` loses its meaning; "O'Brien" and "D'Angelo & Co" stay as they are.
    """
    clean = _UNSEEN.sub("", plain_text(text)).translate(_INERT)
    return " ".join(_REFERENCE.sub("\uff06", clean).split())


def safe_html(text: str, headings: bool = True) -> str:
    """HTML of a student, reduced to text, tables, embedded pictures and links to web pages.

    Parameters:
        text: a fragment of HTML.
        headings: whether headings may stay headings.
    """
    cleaned: str = nh3.clean(
        _TEX.sub("∖", text),
        tags=_TAGS if headings else _TAGS - _HEADINGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "data"},
        url_relative="deny",
    )
    return _NO_ALT.sub('<img alt=""', _DEAD_LINK.sub(r"\1", cleaned))


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _LINK.match(value.strip()) else None
    if name == "src":
        found = _PICTURE.match(value)
        return value if found and is_picture(found[1], found[2]) else None
    if name in _NUMBERS:
        return value if re.fullmatch(r"\d{1,4}", value) else None
    if name in ("align", "scope"):
        return value if re.fullmatch(r"[a-z]{1,12}", value) else None
    return plain_text(value)


def is_picture(kind: str, encoded: str) -> bool:
    """Whether base64 text holds a picture of that MIME type."""
    try:
        data = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return kind in PICTURES and data.startswith(PICTURES[kind])


def safe_attachments(attachments: Any) -> NotebookNode:
    """The pictures that a text cell carries, where they are pictures."""
    kept = NotebookNode()
    for name, bundle in attachments.items() if isinstance(attachments, Mapping) else ():
        pictures = _pictures(bundle)
        if pictures and re.fullmatch(r"[\w.-]{1,100}", name):
            kept[name] = pictures
    return kept


def _pictures(bundle: Mapping[str, Any]) -> NotebookNode:
    found = NotebookNode()
    for kind in PICTURES:
        value = bundle.get(kind)
        encoded = "".join("".join(value).split()) if isinstance(value, (str, list)) else ""
        if encoded and is_picture(kind, encoded):
            found[kind] = encoded
    return found


def safe_outputs(outputs: Collection[NotebookNode]) -> list[NotebookNode]:
    """The outputs of a student's cell with nothing left in them that a browser could run."""
    return [safe for output in outputs if (safe := _safe_output(output)) is not None]


def _safe_output(output: NotebookNode) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return NotebookNode(output_type=kind, name=name, text=plain_text(_text(output.get("text"))))
    if kind == "error":
        return NotebookNode(
            output_type=kind,
            ename=plain_text(_text(output.get("ename"))),
            evalue=plain_text(_text(output.get("evalue"))),
            traceback=[plain_text(_text(line)) for line in output.get("traceback") or []],
        )
    if kind not in ("display_data", "execute_result"):
        return None
    data = _safe_bundle(output.get("data") or {})
    safe = NotebookNode(output_type=kind, data=data, metadata=NotebookNode())
    if kind == "execute_result":
        safe.execution_count = output.get("execution_count")
    return safe


def _safe_bundle(bundle: Mapping[str, Any]) -> NotebookNode:
    safe = _pictures(bundle)
    if "text/html" in bundle and (cleaned := safe_html(_text(bundle["text/html"])).strip()):
        safe["text/html"] = cleaned
    text = next(
        (_text(bundle[k]) for k in ("text/plain", "text/markdown", "text/latex") if k in bundle), ""
    )
    if text or not safe:
        kinds = ", ".join(sorted(k for k in bundle if re.fullmatch(r"[\w.+/-]{1,60}", k)))
        safe["text/plain"] = plain_text(text) or f"[left out: {kinds or 'an empty output'}]"
    return safe


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def safe_markdown(source: str, attachments: Any = None) -> str:
    """A student's text cell as Markdown that renders to harmless HTML everywhere.

    Plain text, emphasis, lists and formulas stay as they are. Text with HTML, links or pictures is
    rendered and cleaned; what comes out is one line of HTML in which no character means anything
    to a Markdown parser, so that rendering it once more brings nothing back.
    """
    if len(source) <= LONGEST_MARKDOWN and not _MAY_BE_MARKUP.search(source):
        return _TEX.sub("∖", _CONTROL.sub("", source))
    return _one_line(rendered_markdown(source, attachments))


def verbatim_markdown(source: str) -> str:
    """Any text as Markdown that shows it as it is."""
    return _one_line(f"<pre>{html.escape(plain_text(source))}</pre>")


def _one_line(cleaned: str) -> str:
    return f"<div>{cleaned}</div>".translate(_NO_MARKDOWN)


def rendered_markdown(source: str, attachments: Any = None, first_heading: int = 1) -> str:
    """Markdown as harmless HTML; formulas stay as text.

    Parameters:
        source: the Markdown.
        attachments: the pictures that the cell carries.
        first_heading: the level that the highest heading gets.
    """
    if len(source) > LONGEST_MARKDOWN:
        return f"<pre>{html.escape(plain_text(source))}</pre>"
    pictures = safe_attachments(attachments)
    known = _ATTACHMENT.sub(lambda found: found[0] if found[1] in pictures else "", source)
    try:
        rendered = _to_html(known, pictures)
    except Exception:  # the parser is no match for every text; the text itself always is
        return f"<pre>{html.escape(plain_text(source))}</pre>"
    if first_heading > 1:
        rendered = _HEADING_TAG.sub(
            lambda found: f"<{found[1]}h{min(6, int(found[2]) + first_heading - 1)}", rendered
        )
    return safe_html(rendered)


_HEADING_TAG = re.compile(r"<(/?)[hH]([1-6])(?![0-9A-Za-z])")


def _to_html(source: str, pictures: NotebookNode) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=pictures)
    rendered: str = MarkdownWithMath(renderer=renderer).render(source)
    return rendered


@functools.lru_cache(maxsize=512)
def rendered_course_text(source: str, first_heading: int) -> str:
    """Markdown of the course itself, which is the same for every student."""
    return rendered_markdown(source, None, first_heading)
