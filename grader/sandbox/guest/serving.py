"""One submission inside the sandbox: load its notebook, then answer for its functions.

This runs with the student's code in the same process, so nothing that it says is believed: the host
reads plain data from it, and that is all it is.
"""

from __future__ import annotations

import copy
import gc
import itertools
import os
import select
import signal
import socket
from collections.abc import Callable
from typing import Any

import numpy as np

from course.checks.changed_arguments import changed_places
from course.checks.plain_data import PlainDataError, fresh, from_json, to_json
from grader.sandbox import wire
from grader.sandbox.guest import resource_limits
from grader.sandbox.guest.beside import lay_out, look_here_for_modules
from grader.sandbox.guest.notebook_runner import (
    NotebookRunner,
    NullOutput,
    describe_error,
    prepare_process,
    type_name,
)
from grader.sandbox.guest.older_editions import quiet_deprecations, take_noted
from grader.sandbox.guest.prepared import Prepared
from grader.sandbox.guest.stand_ins import references_in_place
from grader.sandbox.guest.whole_cells import WholeCells
from grader.sandbox.limits import CASE_SEED

_MOST_LACKING = 100


def serve(
    channel: socket.socket,
    shell: Any,
    prepared: Prepared,
    limit_exercise: Callable[[float], None],
) -> None:
    """Answer the host until it hangs up.

    Parameters:
        channel: the connection to the host.
        shell: the IPython shell that the worker made before it forked.
        prepared: what the worker had ready then.
        limit_exercise: sets the limits of a process that runs one exercise for so many seconds.
    """
    prepare_process()
    runner = NotebookRunner(shell)
    whole = WholeCells(shell, prepared.guarded) if prepared.guarded is not None else None
    while True:
        message, descriptor = wire.receive_with_descriptor(channel)
        if message["do"] == "load":
            _load(channel, runner, prepared, message)
        elif message["do"] == "cell" and whole is not None:
            wire.send(channel, {"ran": message["token"], **whole.run(message)})
        elif message["do"] == "forget":
            prepared.forget_cases()
        elif message["do"] == "look":
            _look(channel, runner, prepared, message)
        elif message["do"] == "probe" and descriptor is not None:
            status = _run_in_fork(channel, runner, prepared, message, descriptor, limit_exercise)
            wire.send(channel, {"ended": status})


def _load(
    channel: socket.socket, runner: NotebookRunner, prepared: Prepared, message: dict[str, Any]
) -> None:
    if not message["with_cases"]:
        prepared.forget_cases()
    runner.expensive = frozenset(message["expensive"])
    runner.largest_result = message["largest_result"]
    runner.kept.begin(prepared.functions)
    NullOutput.most = message["output_kb"] * 1024
    lay_out(message["own_files"], message["released"], message["linked"])
    look_here_for_modules(message["own_files"])
    has_run_nothing_else = True
    for index, (cell_id, source) in enumerate(message["cells"]):
        if message["watched"]:
            wire.send(channel, {"cell": index})
        if has_run_nothing_else and source == prepared.setup:
            continue  # the worker has run it
        has_run_nothing_else = False
        NullOutput.start_again()
        failure = runner.run(cell_id, source, definitions_only=message["definitions_only"])
        if failure is not None:
            wire.send(channel, {"failed": index, "error": failure})
    runner.kept.put_back_overwritten()
    resource_limits.leave_room()
    lacking = dict(itertools.islice(runner.lacking.items(), _MOST_LACKING))
    wire.send(channel, {"loaded": True, "lacking": lacking, "retired": take_noted()})


def _look(
    channel: socket.socket, runner: NotebookRunner, prepared: Prepared, message: dict[str, Any]
) -> None:
    """Call several functions right here, each with the notebook's names as they were loaded.

    Nothing is forked: most functions are right, and a fork costs more than they do.
    """
    loaded = dict(runner.namespace)
    for probe in message["probes"]:
        name = probe["function"]
        function = runner.function(name)
        answers = None
        NullOutput.start_again()
        if function is not None:
            cases = prepared.arguments(name, probe["given"], probe["only"])
            with references_in_place(channel, runner.namespace, probe["references"]):
                answers = [_answer(runner, function, arguments) for arguments in cases]
        wire.send(channel, {"function": name, "answers": answers})
        runner.namespace.clear()
        runner.namespace.update(loaded)


def _run_in_fork(
    channel: socket.socket,
    runner: NotebookRunner,
    prepared: Prepared,
    message: dict[str, Any],
    descriptor: int,
    limit_exercise: Callable[[float], None],
) -> str:
    gc.freeze()  # as in the worker: an exercise's own collections stay small
    try:
        pid = os.fork()
    except OSError:  # the notebook left so many processes that there is no room for another
        _kill_leftovers()
        pid = os.fork()
    if pid == 0:
        try:
            channel.close()
            limit_exercise(message["seconds"])
            with socket.socket(fileno=descriptor) as own_channel:
                _probe(own_channel, runner, prepared, message)
        finally:
            os._exit(0)
    os.close(descriptor)
    watched = os.pidfd_open(pid)
    try:
        poll = select.poll()
        poll.register(watched, select.POLLIN)
        poll.register(channel, select.POLLIN)
        while True:
            ready = dict(poll.poll())
            if watched in ready:
                break
            request = wire.receive(channel)
            if request["do"] == "stop":
                os.kill(pid, signal.SIGKILL)
    finally:
        os.close(watched)
    _pid, status = os.waitpid(pid, 0)
    _kill_leftovers()
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "exit"


def _kill_leftovers() -> None:
    """Kill whatever an exercise left running, where this process heads its own namespace."""
    if os.getpid() == 1:
        try:
            os.kill(-1, signal.SIGKILL)
            while True:
                os.waitpid(-1, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def _probe(
    channel: socket.socket, runner: NotebookRunner, prepared: Prepared, message: dict[str, Any]
) -> None:
    name = message["function"]
    function = runner.function(name)
    if function is None:
        wire.send(channel, {"missing": True})
        return
    NullOutput.start_again()
    used: set[str] = set()
    for replaced, value in message["replacements"].items():
        runner.namespace[replaced] = _given_value(replaced, from_json(value), used)
    with references_in_place(channel, runner.namespace, message["references"]):
        for index, arguments in enumerate(prepared.arguments(name, message["given"])):
            wire.send(channel, {"case": index} | _answer(runner, function, arguments))
    wire.send(channel, {"finished": True, "used": sorted(used)})


def _given_value(name: str, value: Any, used: set[str]) -> Callable[..., Any]:
    """A function of the notebook that gives a value of the host's, whatever it is called with."""

    def given(*_arguments: Any, **_named: Any) -> Any:
        used.add(name)
        return copy.deepcopy(value)

    given.__name__ = name
    return given


def _answer(runner: NotebookRunner, function: Callable[..., Any], case: Any) -> dict[str, Any]:
    """What a function gives on a case; as older versions would have it, where it needs them."""
    answer = _call(function, fresh(case), case, runner.largest_result)
    if "error" in answer and runner.run_as_before(answer["error"]):
        answer = _call(function, fresh(case), case, runner.largest_result)
    noted = take_noted()
    if noted:
        answer["retired"] = noted
    return answer


def _call(function: Callable[..., Any], given: Any, before: Any, largest: float) -> dict[str, Any]:
    np.random.seed(CASE_SEED)
    quiet_deprecations()
    try:
        returned = function(*given)
    except NotImplementedError:
        return {"not_implemented": True}
    except BaseException as error:
        return {"error": describe_error(error, function)}
    try:
        answer = {"value": to_json(returned, largest=largest)}
        changed = changed_places(before, given)
        if changed:
            answer["changed"] = changed
    except PlainDataError as error:
        return {"unreadable": str(error)}
    except BaseException as error:
        return {"unreadable": f"the returned value cannot be read ({type_name(error)})"}
    return answer
