"""Sizes and room go in, places come out: the arithmetic that slide kinds share.

All lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise


def share(total: int, count: int, gap: int) -> int:
    """The size of each of `count` equal parts of `total` with gaps between them."""
    return (total - gap * (count - 1)) // count


def spread(start: int, size: int, gap: int, count: int) -> list[int]:
    """Where each of `count` parts of one size begins."""
    return [start + index * (size + gap) for index in range(count)]


def paginate(heights: Sequence[int], room: int, gap: int = 0) -> list[list[int]]:
    """Indices of things of these heights, page by page, filling each from the top."""
    pages: list[list[int]] = [[]]
    used = 0
    for index, height in enumerate(heights):
        needed = height if not pages[-1] else used + gap + height
        if pages[-1] and needed > room:
            pages.append([])
            needed = height
        pages[-1].append(index)
        used = needed
    return pages


def paginate_evenly(
    heights: Sequence[int], room: Callable[[int, int], int], most: int
) -> list[list[int]]:
    """Indices on as few pages as hold them, at most so many a page and as alike as can be.

    `room(page, of)` is what the page of this number, from 1, has. Where even a page for
    each does not hold them, each stands alone, and the kind refuses what is too high.
    """
    count = len(heights)
    for of in range(max(1, -(-count // most)), count + 1):
        cuts = [-(-index * count // of) for index in range(of + 1)]
        pages = [list(range(start, end)) for start, end in pairwise(cuts)]
        filled = (sum(heights[index] for index in page) for page in pages)
        if of == count or all(
            height <= room(number, of) for number, height in enumerate(filled, start=1)
        ):
            return pages
    return [[]]


def fill_heights(needs: Sequence[int], room: int, tallest: int) -> list[int]:
    """Heights of rows that need so much: all alike if they can be, else by need, the rest shared.

    They add up to `room`, or to less where `tallest` holds each of them down, or to more
    where the rows need more than there is: then each has what it needs.
    """
    even = min(tallest, room // max(1, len(needs)))
    if all(need <= even for need in needs):
        return [even] * len(needs)
    spare = max(0, room - sum(needs)) // len(needs)
    return [min(max(tallest, need), need + spare) for need in needs]


def set_apart(
    wanted: Sequence[float], gaps: Sequence[float], low: Sequence[float], high: Sequence[float],
    weights: Sequence[float] = (),
) -> list[float]:  # fmt: skip
    """Places nearest to those wanted (weighted least squares), in order, `gaps` apart.

    `gaps[i]` is the least distance from place i to place i + 1. Every place i keeps
    between `low[i]` and `high[i]` where the gaps leave it a choice.
    """
    if not wanted:
        return []
    offsets = [0.0, *accumulate(gaps)]
    blocks: list[tuple[float, float, int]] = []  # mean, weight, count
    for index, place in enumerate(wanted):
        mean, weight, count = place - offsets[index], weights[index] if weights else 1.0, 1
        while blocks and blocks[-1][0] > mean:
            before, heavy, several = blocks.pop()
            mean = (before * heavy + mean * weight) / (heavy + weight)
            weight, count = weight + heavy, count + several
        blocks.append((mean, weight, count))
    flat = [mean for mean, _, count in blocks for _ in range(count)]
    least = max(bound - offset for bound, offset in zip(low, offsets, strict=True))
    most = min(bound - offset for bound, offset in zip(high, offsets, strict=True))
    return [
        min(max(place, least), max(most, least)) + offset
        for place, offset in zip(flat, offsets, strict=True)
    ]


def runs_in(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers in rising order as runs of neighbours."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
