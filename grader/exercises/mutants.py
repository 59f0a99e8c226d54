"""Generated mistakes: small changes to a solution that the cases of its exercise must notice.

An author thinks of the mistakes that students are known to make; this module adds the ones that
nobody thought of. Each mutant is the solution with one small change. A mutant that gets full marks
shows a hole in the cases, unless it changes nothing that can be told from outside, which the author
then says in ``EQUIVALENT_MUTANTS``.

Why no library: mutmut and mutatest rewrite the files of a project around a test run and offer no
mutants of a text. cosmic-ray does (``cosmic_ray.mutating.mutate_code``), but its operators know
nothing of NumPy, keys and shapes, which is where this course's mistakes are; it names a mutant by a
running number, while exceptions need names that last; and it brings a dozen packages. What would be
left to it are the arithmetic operators and comparisons, a few lines of
:mod:`grader.exercises.changes`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from grader.exercises.changes import changes_at, local_names, slots_of
from grader.exercises.markers import lines_between_markers


@dataclass(frozen=True)
class Mutant:
    """A solution with one small change.

    Attributes:
        name: unique among the mutants of a solution, and the same as long as the changed
            expression is, e.g. ``"operator: W @ A + b -> W @ A - b"``.
        description: the changed statement, before and after.
        source: the whole text of the changed solution, without comments.
    """

    name: str
    description: str
    source: str


def generate_mutants(source: str) -> list[Mutant]:
    """Make all mutants of a solution, in the order of its text.

    Only what a student writes is changed: the lines between the markers, or the whole body where
    there are none. Of changes that come to the same program, the first is kept.

    Parameters:
        source: a text that defines one or more functions.
    """
    tree = ast.parse(source)
    own_lines = lines_between_markers(source)
    mutants: list[Mutant] = []
    programs: set[str | None] = {_program(source)}
    uses: dict[str, int] = {}
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        names = local_names(function)
        for slot in list(slots_of(function, function)):
            line = getattr(slot.node, "lineno", None)
            if line is None or (own_lines and line not in own_lines):
                continue
            before = _first_line(slot.statement)
            for kind, replacement in changes_at(slot, names):
                slot.put(replacement)
                text = ast.unparse(tree)
                after = _first_line(
                    replacement if isinstance(replacement, ast.stmt) else slot.statement
                )
                slot.put(slot.node)
                program = _program(text)
                if program is None or program in programs:
                    continue
                programs.add(program)
                name = f"{kind}: {_first_line(slot.node)} -> {_first_line(replacement)}"
                uses[name] = uses.get(name, 0) + 1
                if uses[name] > 1:
                    name += f" ({uses[name]})"
                mutants.append(Mutant(name, f"{before}  ->  {after}", text + "\n"))
    return mutants


def _program(text: str) -> str | None:
    """What a text means, to tell texts apart; None where it is no program.

    How a variable is called that nobody reads means nothing: where a tuple is unpacked, two such
    names may change places.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    read = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    for name in names:
        if name.id not in read:
            name.id = "_"
    return ast.dump(tree)


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0]
