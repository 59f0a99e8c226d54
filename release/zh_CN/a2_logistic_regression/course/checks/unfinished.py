"""What to say of a function that is not finished, or does not come to an end."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from course.checks.stored_cases import given_statements, stored_functions
from course.checks.students_code import Function, Step, assigned, shown, within
from course.checks.time_limit import TimeIsUp
from course.language import _
from course.sentences import listed


def not_implemented(passed: Sequence[Step]) -> str:
    """What to say to NotImplementedError.

    Parameters:
        passed: the student's lines that it passed, the outermost first.
    """
    if not passed or passed[-1].function is None:
        return _as_it_was()
    step, function = passed[-1], passed[-1].function
    stub = next((node for node in _stubs(function) if node.lineno == step.line), None)
    if stub is None:
        return _as_it_was()
    written = [node for node in _written(function) if node.lineno < stub.lineno]
    if any(node in _block_of(function, stub) for node in written):
        return _(
            "The line that raises NotImplementedError is still there, in line {line} of the cell, "
            "below your code. Delete it, run the cell, then run this check again."
        ).format(line=step.line)
    after = [node for node in _block_of(function, stub) if node.lineno > stub.lineno]
    if any(node in after for node in _written(function)):
        return _(
            "The line that raises NotImplementedError is still there, in line {line} of the cell, "
            "above your code. Delete it, run the cell, then run this check again."
        ).format(line=step.line)
    if written or len(list(_stubs(function))) < _released_stubs(function):
        where = _branch_of(function, stub)
        if where:
            return _(
                "The branch `{branch}` is not written yet: line {line} of the cell still raises "
                "NotImplementedError. Write your code there and delete that line."
            ).format(branch=where, line=step.line)
        return _(
            "A part is not written yet: line {line} of the cell still raises NotImplementedError. "
            "Write your code there and delete that line."
        ).format(line=step.line)
    return _as_it_was()


def _as_it_was() -> str:
    return _(
        "Not implemented yet. Write your code between the two markers, delete the line that "
        "raises NotImplementedError, run the cell, then run this check again."
    )


def _stubs(function: Function) -> Iterator[ast.Raise]:
    for node in within(function):
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node):
            yield node


def _written(function: Function) -> list[ast.stmt]:
    """The simple statements that the student has added to what was given."""
    given = given_statements(function.name)
    return [
        node
        for node in within(function)
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.AnnAssign))
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and ast.unparse(node) not in given
    ]


def _block_of(function: Function, stub: ast.stmt) -> list[ast.stmt]:
    """The statements of the block in which a statement stands."""
    for node in [function, *within(function)]:
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if isinstance(block, list) and stub in block:
                return block
    return []


def _branch_of(function: Function, stub: ast.stmt) -> str:
    """The header of the branch or loop in which a statement stands."""
    for node in within(function):
        if isinstance(node, ast.If) and stub in node.body:
            return f"if {shown(node.test)}"
        if isinstance(node, ast.If) and stub in node.orelse:
            return "else"
        if isinstance(node, ast.For) and stub in node.body:
            return f"for {shown(node.target)} in {shown(node.iter)}"
    return ""


def _released_stubs(function: Function) -> int:
    """In how many places the student is asked to write; 1 where that is not known."""
    counts = [data["stubs"] for _, data in stored_functions().get(function.name, [])]
    return max(counts, default=1)


def interrupted(error: BaseException, passed: Sequence[Step], case: str, seconds: float) -> str:
    """What to say of a function that did not come to an end.

    Parameters:
        error: what ended it: :class:`TimeIsUp`, or the student's own interruption.
        passed: the student's lines in which it was, the outermost first.
        case: the name of the case.
        seconds: the time limit.
    """
    if isinstance(error, TimeIsUp):
        message = _(
            "After {seconds:g} seconds your function had not come to an end, so the check stopped "
            "it (on the case “{case}”)."
        ).format(seconds=seconds, case=case)
    else:
        message = _("The check was interrupted, on the case “{case}”.").format(case=case)
    if not passed:
        return message
    endless = [(step, _endless(step)) for step in passed]
    step, why = next((one for one in endless if one[1]), (passed[-1], ""))
    message += "\n" + _("It was in line {line} of {function}: {text}").format(
        line=step.line, function=step.name, text=step.text[:150]
    )
    return "\n".join(filter(None, (message, why)))


def _endless(step: Step) -> str:
    """Why the loop around a line does not end, where its text shows that."""
    for loop in within(step.function):
        if not isinstance(loop, ast.While):
            continue
        if not loop.lineno <= step.line <= (loop.end_lineno or loop.lineno):
            continue
        if any(isinstance(node, (ast.Break, ast.Return)) for node in within(loop)):
            continue
        asked = {node.id for node in ast.walk(loop.test) if isinstance(node, ast.Name)}
        line = f"while {shown(loop.test)}:"
        if not asked:
            return _("The loop `{line}` has no end: nothing leaves it.").format(line=line)
        is_simple = not any(isinstance(node, ast.Call) for node in ast.walk(loop.test))
        if is_simple and not asked & set(assigned(loop)):
            return _("Nothing in the loop `{line}` assigns {names} a new value.").format(
                line=line, names=listed([f"`{name}`" for name in sorted(asked)])
            )
    return ""
