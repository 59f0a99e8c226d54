"""Which fingerprints of a text are kept, against the published algorithm, step by step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.report.similarity import LENGTH, WINDOW, fingerprints, winnowed

HASHES = st.lists(st.integers(0, 20) | st.integers(0, 2**48 - 1), max_size=60)


def published(hashes: list[int], window: int) -> set[int]:
    """Figure 5 of Schleimer, Wilkerson and Aiken (2003), with its ring of the last hashes."""
    infinite = float("inf")
    ring: list[float] = [infinite] * window
    right = smallest = 0
    kept: list[float] = []
    for number in hashes:
        right = (right + 1) % window
        ring[right] = number
        if smallest == right:
            place = (right - 1) % window
            while place != right:
                if ring[place] < ring[smallest]:
                    smallest = place
                place = (place - 1 + window) % window
            kept.append(ring[smallest])
        elif ring[right] <= ring[smallest]:
            smallest = right
            kept.append(ring[smallest])
    return {int(number) for number in kept}


@given(HASHES, st.integers(1, 9))
def test_the_fingerprints_kept_are_those_of_the_published_algorithm(
    hashes: list[int], window: int
) -> None:
    assert winnowed(hashes, window) == published(hashes, window)


@given(st.text("abc", max_size=9), st.text("xyz", max_size=9), st.text("pqr", max_size=9))
def test_texts_share_a_fingerprint_where_enough_in_a_row_is_the_same(
    before: str, after: str, more: str
) -> None:
    same = "np.dot(W, A_prev) + b"[: LENGTH + WINDOW - 1]
    assert fingerprints(before + same + after) & fingerprints(more + same)


@given(st.text("abc", max_size=LENGTH - 1))
def test_a_text_shorter_than_one_piece_has_none(text: str) -> None:
    assert not fingerprints(text)
