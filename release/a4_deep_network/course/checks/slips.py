"""Ordinary slips behind an exception, each said only where the values at that moment show it.

One table for all assignments: for each type of exception the slips that it may come from, the
likeliest first.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from course.checks import slips_of_calls as calls
from course.checks import slips_of_names as names
from course.checks import slips_of_values as values
from course.checks.students_code import Step
from course.sentences import tidied

Slip = Callable[[Step, str], str]


def slip_behind(error: BaseException, passed: list[Step]) -> str:
    """What a tutor would say to an exception; empty where nothing is sure.

    Parameters:
        error: the exception.
        passed: the student's lines that it passed, the outermost first.
    """
    message = str(error)
    # A slip in a line shows where it stands or, as a value, in the functions that are called then.
    for step in reversed(passed):
        for kinds, slip in _TABLE:
            if step.function is None and slip is not names.name_without_value:
                continue  # without its text nothing is sure
            if isinstance(error, kinds) and (slip in _OF_CALLERS or step is passed[-1]):
                # Help must never fail, whatever objects the student's code has made.
                with suppress(Exception):
                    sentence = slip(step, message)
                    if sentence:
                        return tidied(sentence)
    return ""


_TABLE: tuple[tuple[tuple[type[BaseException], ...], Slip], ...] = (
    ((NameError,), names.name_without_value),
    ((TypeError, ValueError), calls.math_on_an_array),
    ((TypeError, ValueError, AttributeError), calls.all_results_under_one_name),
    ((TypeError, AttributeError), calls.comma_at_the_end),
    ((TypeError,), calls.length_of_a_number),
    ((TypeError,), calls.method_not_called),
    ((TypeError,), calls.shape_in_two_arguments),
    ((TypeError,), calls.sizes_in_a_tuple),
    ((TypeError,), calls.float_for_a_whole_number),
    ((TypeError,), calls.text_and_number),
    ((TypeError,), calls.called_in_place_of_asked),
    ((TypeError,), calls.asked_in_place_of_called),
    ((TypeError,), calls.unknown_keyword),
    ((TypeError,), calls.number_of_arguments),
    ((TypeError, AttributeError), calls.nothing_returned),
    ((TypeError,), calls.loop_over_a_number),
    ((TypeError,), values.power),
    ((TypeError,), values.list_asked_by_a_text),
    ((TypeError,), values.key_is_an_array),
    ((TypeError,), values.entry_of_a_tuple_assigned),
    ((TypeError,), values.list_compared_with_a_number),
    ((TypeError, ValueError), values.operands),
    ((ValueError,), calls.unpacked),
    ((ValueError,), values.shapes_that_do_not_fit),
    ((ValueError,), values.truth_of_an_array),
    ((ValueError, OverflowError), values.outside_the_domain),
    ((IndexError,), values.axis_beyond_the_last),
    ((IndexError,), values.entry_beyond_the_end),
    ((KeyError,), values.key_that_is_not_there),
    ((AttributeError,), values.misspelt_attribute),
    ((ZeroDivisionError,), values.division_by_zero),
    ((RecursionError,), values.calls_itself),
    ((AssertionError,), values.own_assertion),
)
_OF_CALLERS = (calls.all_results_under_one_name, calls.nothing_returned, values.calls_itself)
