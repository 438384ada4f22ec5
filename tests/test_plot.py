from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from deckgen.charts.arrows import growth
from deckgen.charts.plot import Plot, headroom, round_axis
from deckgen.charts.sidelabels import spread_labels
from deckgen.formats import percent
from deckgen.scene import Box

BOX = Box(1000, 2000, 4000, 1000)


def test_columns_and_gaps_share_their_slots() -> None:
    plot = Plot(BOX, 0, 10, 4, gap_percent=100)
    assert [plot.at(n) for n in range(4)] == [1500, 2500, 3500, 4500]
    assert plot.value(0) == 3000
    assert plot.value(10) == 2000
    assert plot.bar(1, 0, 5) == Box(2250, 2500, 500, 500)


def test_columns_side_by_side_do_not_overlap() -> None:
    plot = Plot(BOX, 0, 10, 2, gap_percent=50, bars=2)
    first, second = plot.bar(0, 0, 1, 0), plot.bar(0, 0, 1, 1)
    assert first.right <= second.x
    assert (first.x + second.right) // 2 == plot.at(0)


def test_lying_bars_run_down_and_right() -> None:
    plot = Plot(BOX, -5, 5, 2, horizontal=True)
    assert plot.at(0) < plot.at(1)
    assert plot.value(0) == 3000
    assert plot.bar(0, 0, 5).x == 3000


def test_an_edged_plot_reaches_from_edge_to_edge() -> None:
    plot = Plot(BOX, 0, 10, 5, edged=True)
    assert (plot.at(0), plot.at(4)) == (1000, 5000)


def test_headroom_leaves_just_the_room_asked_for() -> None:
    high = headroom(80, 0, 1000, 200)
    assert high == 100
    assert (high - 80) / high * 1000 == 200


@given(
    st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=9), st.integers(2, 8),
    st.booleans(),
)  # fmt: skip
def test_an_axis_holds_its_values_in_round_steps(
    values: list[float], steps: int, zero: bool
) -> None:
    axis = round_axis(values, steps, from_zero=zero)
    assert axis.low is not None
    assert axis.high is not None
    span = axis.high - axis.low
    assert axis.low <= min(values) + span * 1e-6
    assert axis.high >= max(values) - span * 1e-6
    assert axis.step > 0
    assert round(span / axis.step) <= steps + 2
    if zero:
        assert axis.low <= 0 <= axis.high


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_labels_never_touch_and_stay_inside(wanted: list[int]) -> None:
    starts = spread_labels(wanted, 200, 0, 10_000)
    placed = sorted(starts)
    assert all(later - before >= 199 for before, later in pairwise(placed))
    assert placed[0] >= 0
    assert placed[-1] + 200 <= 10_001
    # Who wants to stand higher does.
    assert [w for _, w in sorted(zip(starts, wanted, strict=True))] == sorted(wanted)


def test_a_lone_label_stands_where_it_is_wanted() -> None:
    assert spread_labels([500], 100, 0, 1000) == [450]


def test_growth_is_compound() -> None:
    assert abs(growth(100, 121, 2) - 0.1) < 1e-12
    assert percent(0.1249, "en", sign=True) == "+12.5%"
    assert percent(0.34962, "en", sign=True) == "+35%"
    assert percent(-0.031, "de", sign=True) == "−3,1\u00a0%"
    assert percent(1.375, "en") == "138%"
