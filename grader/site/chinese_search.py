"""A Sphinx extension: Chinese text is found by its characters and pairs of characters.

Sphinx would ask a dictionary where words end, but only while it builds: what a reader types is not
split by it, so that only words of the dictionary could be found. With pairs of neighbouring
characters, as Lucene indexes Chinese, both sides split alike and any words are found.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from sphinx.search.en import SearchEnglish

_HAN = "\u3400-\u9fff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")


class SearchChinese(SearchEnglish):
    """Chinese and English text."""

    lang = "zh"
    # The name of the language stays English: by it the page finds the stemmer of English words.
    js_splitter_code = f"""
var splitQuery = (query) =>
  query
    .split(/[^\\p{{Letter}}\\p{{Number}}_]+/u)
    .flatMap((part) => part.match(/[{_HAN}]+|[^{_HAN}]+/g) ?? [])
    .flatMap((run) =>
      /[{_HAN}]{{3}}/.test(run) ? [...run.slice(1)].map((next, index) => run[index] + next) : [run]
    );
"""

    def split(self, input: str) -> list[str]:
        """The words of a text; of Chinese each character and each pair of neighbours."""
        words: list[str] = []
        for run in _RUNS.findall(input):
            if re.match(f"[{_HAN}]", run):
                words += [*run, *map("".join, itertools.pairwise(run))]
            else:
                words.append(run)
        return words


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx about the extension."""
    app.add_search_language(SearchChinese)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
