"""Earlier functions, answered by the host in place of the student's: its code is not here.

The host may have the student's own called after all. So who answers does not show in what stands
here, and a function that tells the reference from its own is seen to.
"""

from __future__ import annotations

import builtins
import contextlib
import inspect
import socket
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from course.checks.plain_data import from_json, to_json
from grader.sandbox import wire

_STAND_INS = "__stand_ins__"
_CODE = """
def outer({free}):
    def {name}(*arguments, **named):
        {kept}
        return {stand_ins}[{name!r}](*arguments, **named)
"""


@contextlib.contextmanager
def references_in_place(
    channel: socket.socket, namespace: dict[str, Any], references: Mapping[str, bool]
) -> Iterator[None]:
    """Have the host answer for functions of a notebook, whatever they are called by there.

    A notebook may hold a function not only under its name but in a default, a dictionary or a
    closure. So its code calls the host meanwhile, too.

    Parameters:
        channel: to the host.
        namespace: the names of the notebook, which are not put back.
        references: the functions, and whether they draw random numbers.
    """
    twins: list[tuple[types.FunctionType, types.FunctionType]] = []
    stand_ins: dict[str, Callable[..., Any]] = {}
    vars(builtins)[_STAND_INS] = stand_ins
    for name, draws in references.items():
        own = namespace.get(name)
        if isinstance(own, types.FunctionType):
            twin = types.FunctionType(own.__code__, own.__globals__, name, None, own.__closure__)
            _give(twin, own.__code__, own.__defaults__, own.__kwdefaults__)
            twins.append((own, twin))
            stand_ins[name] = _reference_over(channel, name, draws, twin)
            _give(own, _code_that_calls(name, own.__code__.co_freevars), None, None)
        else:
            stand_ins[name] = _reference_over(channel, name, draws, own)
    namespace.update(stand_ins)
    try:
        yield
    finally:
        for own, twin in twins:
            _give(own, twin.__code__, twin.__defaults__, twin.__kwdefaults__)


def _give(function: types.FunctionType, code: types.CodeType, *defaults: Any) -> None:
    function.__code__ = code
    function.__defaults__, function.__kwdefaults__ = defaults


def _code_that_calls(name: str, free: Sequence[str]) -> types.CodeType:
    """The code of a function that calls a stand-in, with the free variables that it must have."""
    kept = "; ".join(free) or "pass"
    text = _CODE.format(name=name, free=", ".join(free), kept=kept, stand_ins=_STAND_INS)
    (outer,) = (c for c in compile(text, "<stand-in>", "exec").co_consts if _is_code(c))
    (inner,) = (c for c in outer.co_consts if _is_code(c))
    found: types.CodeType = inner
    return found


def _is_code(constant: object) -> bool:
    return isinstance(constant, types.CodeType)


def _reference_over(channel: socket.socket, name: str, draws: bool, own: Any) -> Callable[..., Any]:
    """What stands for a function: it asks the host, which may have the student's own called."""
    signature = _signature(own)

    def reference(*arguments: Any, **named: Any) -> Any:
        # The student's own names of parameters are nobody else's.
        given = _by_position(signature, arguments, named)
        request = {"call": name, "arguments": to_json(given[0]), "named": to_json(given[1])}
        request["takes"] = _most_arguments(signature)
        if draws:  # it goes on with the random numbers of its caller
            request["random"] = to_json(np.random.get_state())
        wire.send(channel, request)
        answer = wire.receive(channel)
        if "random" in answer:
            np.random.set_state(from_json(answer["random"]))
        if "value" in answer:
            return from_json(answer["value"])
        if "own" in answer:
            if own is None:
                raise NameError(f"name {name!r} is not defined")
            return own(*arguments, **named)
        if "raised" in answer:
            kind, text = answer["raised"]
            exception = getattr(builtins, kind, ValueError)
            raise exception(text)
        raise RuntimeError(f"{name} could not be called with these arguments")

    reference.__name__ = name
    return reference


def _signature(function: Any) -> inspect.Signature | None:
    """The parameters of a student's function; None where they are not known."""
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


def _by_position(
    signature: inspect.Signature | None, arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    try:
        bound = signature.bind(*arguments, **named) if signature is not None and named else None
    except TypeError:
        bound = None
    return (bound.args, bound.kwargs) if bound is not None else (arguments, named)


def _most_arguments(signature: inspect.Signature | None) -> int | None:
    """How many arguments a student's function takes by position; None where that is not known."""
    if signature is None:
        return None
    kinds = [parameter.kind for parameter in signature.parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return None
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(kind in by_position for kind in kinds)
