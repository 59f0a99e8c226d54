"""Read f-strings that Python 3.12 and newer take on a machine whose Python is older.

Since `PEP 701 <https://peps.python.org/pep-0701/>`_ what stands between the braces is any
expression: with the quotes of the string around it, with backslashes, comments and line breaks, as
in ``f"{parameters["W1"].shape}"``. Students write that on newer machines, and Python 3.11 cannot
read the cell. Here such strings are put as older versions take them, and mean the same.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_QUOTES = ("'", '"', "'''", '"""')
_TOKEN = re.compile(
    r"""(?P<prefix>\b[A-Za-z]{1,2})?(?P<quote>\"\"\"|'''|["'])|(?P<comment>\#[^\n]*)|\w+"""
)
_PREFIXES = frozenset({"", "f", "r", "b", "u", "fr", "rf", "br", "rb"})
_DEEPEST = 20
_LONGEST = 200_000


class _UnreadableError(Exception):
    """The text is no string that this module can put in another way."""


def module_read_here(raw: bytes) -> bytes:
    """The bytes of a module as the Python that runs this reads them, where that can be had."""
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        if _is_parsed(raw):
            return raw
        older = in_older_strings(raw.decode()).encode()
        return older if _is_parsed(older) else raw
    return raw


def _is_parsed(raw: bytes) -> bool:
    try:
        ast.parse(raw)
    except SyntaxError:
        return False
    return True


def in_older_strings(source: str) -> str:
    """The source with each f-string as Python before 3.12 reads it.

    Parameters:
        source: any text, such as a cell with magics in it.

    Returns:
        The source itself where nothing is to be changed, or where it is not understood.
    """
    if len(source) > _LONGEST:
        return source
    try:
        return "".join(_rewritten(source, frozenset(), _DEEPEST))
    except (_UnreadableError, ValueError, SyntaxError, RecursionError, MemoryError):
        return source


def _rewritten(source: str, taken: Collection[str], depth: int) -> Iterator[str]:
    """The parts of a code, its strings rewritten.

    Parameters:
        source: the code.
        taken: the quotes of the strings around it; at the top, where there are none, what older
            versions read stays as it is.
        depth: how many strings may still stand inside each other.
    """
    if not depth:
        raise _UnreadableError
    start = 0
    while found := _TOKEN.search(source, start):
        yield source[start : found.start()]
        start = found.end()
        prefix = (found["prefix"] or "").lower()
        if found["comment"]:
            yield "" if taken else found[0]
        elif not found["quote"]:
            yield found[0]
        elif prefix not in _PREFIXES:
            yield found[0][: -len(found["quote"])]
            start -= len(found["quote"])
        elif "f" in prefix:
            string = _read(source, found.start(), prefix, found["quote"])
            start = string.end
            as_it_is = not taken and not any(_needs_newer(f, string.quote) for f in string.fields)
            yield source[found.start() : start] if as_it_is else string.older(taken, depth - 1)
        else:
            start = _end_of_plain(source, start, found["quote"])
            text = source[found.start() : start]
            yield _plain(text, taken) if taken else text
    yield source[start:]


def _needs_newer(field: _Field, quote: str) -> bool:
    """Whether older versions refuse what stands between the braces."""
    inner = (part for part in field.format if isinstance(part, _Field))
    return (
        quote in field.expression
        or "\\" in field.expression
        or "#" in field.expression
        or ("\n" in field.expression and len(quote) == 1)
        or any(_needs_newer(part, quote) for part in inner)
    )


def _end_of_plain(source: str, start: int, quote: str) -> int:
    """Where a string without braces ends, its quotes included."""
    found = re.compile(rf"(?:\\.|(?!{quote}).)*?{quote}", re.DOTALL).match(source, start)
    if found is None:
        raise _UnreadableError
    return found.end()


def _plain(text: str, taken: Collection[str]) -> str:
    """A string that stands in the braces of another one, without its quotes and a backslash."""
    value = ast.literal_eval(text)
    if isinstance(value, str):
        fits = not re.search(r"[\\\x00-\x1f\x7f#]", value)
        for quote in _QUOTES[:2] if fits else ():
            if quote not in value and not any(quote in other for other in taken):
                return f"{quote}{value}{quote}"
        return f"{_bytes(value.encode())}.decode()"
    return _bytes(value)


def _bytes(value: bytes) -> str:
    return f"bytes(({', '.join(map(str, value))}{',' * bool(value)}))"


@dataclass(frozen=True)
class _Field:
    """What stands between two braces: ``{expression!conversion:format}``."""

    expression: str
    told: str
    conversion: str
    format: tuple[str | _Field, ...]


@dataclass(frozen=True)
class _FString:
    """An f-string in its parts, and where it ends."""

    prefix: str
    quote: str
    parts: tuple[str | _Field, ...]
    end: int

    @property
    def fields(self) -> list[_Field]:
        """What stands between its braces."""
        return [part for part in self.parts if isinstance(part, _Field)]

    def older(self, taken: Collection[str], depth: int) -> str:
        """The string as older versions read it, inside strings with the quotes ``taken``."""
        free = [q for q in (self.quote, *_QUOTES) if not any(q[0] in other for other in taken)]
        literal = "".join(part for part in self.parts if isinstance(part, str))
        if taken:
            free = [q for q in free if len(q) == 1 and q not in literal and "\\" not in literal]
        if not free:
            raise _UnreadableError
        quote = free[0]
        body = _written(self.parts, {*taken, quote}, depth)
        return f"{self.prefix}{quote}{body}{quote}"


def _written(parts: Collection[str | _Field], taken: Collection[str], depth: int) -> str:
    texts = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        expression = " ".join("".join(_rewritten(part.expression, taken, depth)).split("\n"))
        if "\\" in expression:
            raise _UnreadableError
        form = _written(part.format, taken, depth)
        gap = " " if expression.startswith("{") else ""
        texts.append(f"{part.told}{{{gap}{expression}{part.conversion}{form and ':' + form}}}")
    return "".join(texts)


def _read(source: str, start: int, prefix: str, quote: str) -> _FString:
    """Take an f-string apart."""
    reader = _Reader(source, start + len(prefix) + len(quote), quote, "r" in prefix)
    parts = tuple(reader.parts(in_format=False))
    return _FString(source[start : start + len(prefix)], quote, parts, reader.at)


class _Reader:
    """Reads the parts of an f-string from its first sign to its closing quote."""

    def __init__(self, source: str, at: int, quote: str, raw: bool) -> None:
        self.source = source
        self.at = at
        self._quote = quote
        self._raw = raw

    def parts(self, in_format: bool) -> Iterator[str | _Field]:
        """The texts and the fields, up to the closing quote or, in a format, to the brace."""
        literal = ""
        while True:
            rest = self.source[self.at : self.at + 2]
            if not rest:
                raise _UnreadableError
            if not in_format and self.source.startswith(self._quote, self.at):
                self.at += len(self._quote)
                break
            if in_format and rest[0] == "}":
                break
            if rest in ("{{", "}}") and not in_format:
                taken = 2
            elif rest[0] == "{":
                yield literal
                literal, taken = "", 0
                self.at += 1
                yield self._field()
            elif rest == "\\N" and not self._raw and self.source.startswith("{", self.at + 2):
                taken = self.source.find("}", self.at) + 1 - self.at
            else:
                taken = 2 if rest[0] == "\\" else 1
            literal += self.source[self.at : self.at + taken]
            self.at += taken
        yield literal

    def _field(self) -> _Field:
        expression = self._expression()
        told = conversion = ""
        form: tuple[str | _Field, ...] = ()
        if self._takes("="):
            told = f"{expression}={self._skip_blanks()}".replace("{", "{{").replace("}", "}}")
            if re.search(r"""['"\\#\n]""", told):
                raise _UnreadableError
        if self._takes("!"):
            conversion = "!" + self.source[self.at : self.at + 1]
            self.at += 1
            self._skip_blanks()
        if self._takes(":"):
            form = tuple(self.parts(in_format=True))
        if not self._takes("}"):
            raise _UnreadableError
        if told and not conversion and not form:
            conversion = "!r"
        return _Field(expression, told, conversion, form)

    def _skip_blanks(self) -> str:
        start = self.at
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1
        return self.source[start : self.at]

    def _takes(self, sign: str) -> bool:
        if not self.source.startswith(sign, self.at):
            return False
        self.at += 1
        return True

    def _expression(self) -> str:
        """The code up to the sign that ends it, which is left."""
        start, open_brackets = self.at, 0
        while True:
            found = _TOKEN.match(self.source, self.at)
            sign = self.source[self.at : self.at + 1]
            if not sign:
                raise _UnreadableError
            if found and found["quote"]:
                prefix = (found["prefix"] or "").lower()
                if "f" in prefix:
                    self.at = _read(self.source, self.at, prefix, found["quote"]).end
                else:
                    self.at = _end_of_plain(self.source, found.end(), found["quote"])
                continue
            if found:
                self.at = found.end()
                continue
            if not open_brackets and self._ends_here(sign):
                return self.source[start : self.at]
            open_brackets += (sign in "([{") - (sign in ")]}")
            if open_brackets < 0:
                raise _UnreadableError
            # "==", "!=", "<=" and the like are two signs of one operator.
            self.at += 2 if self.source[self.at + 1 : self.at + 2] == "=" and sign in "=!<>" else 1

    def _ends_here(self, sign: str) -> bool:
        following = self.source[self.at + 1 : self.at + 2]
        return sign in "}:" or (sign in "!=" and following != "=")
