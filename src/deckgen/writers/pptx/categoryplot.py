"""Bars, columns, lines and areas: a `CategoryChart` goes in, its sheet and plot come out.

Areas are painted first, then bars, then lines, each in a plot of its own that shares the
axes; `secondary` series have axes of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from deckgen.scene import CategoryChart, CategoryPoint, CategorySeries, day_of
from deckgen.writers.pptx.chartparts import (
    AXIS_BODY,
    AXIS_LINE,
    FIRST_AXIS,
    FOURTH_AXIS,
    LABEL_BODY,
    LEVEL_BODY,
    NO_LINE,
    NO_SHAPE,
    SECOND_AXIS,
    THIRD_AXIS,
    ChartPen,
    axis_ids,
    fill_xml,
    inner_layout,
    line_xml,
    marker_xml,
    rich_text,
    series_head,
    shown,
    text_properties,
    value_axis,
)
from deckgen.writers.pptx.escape import escape_attribute
from deckgen.writers.pptx.sheet import Sheet, Value, number_reference, string_reference

_FORMS = ("area", "bar", "line")
_PLACES = {
    "outside": "outEnd", "inside": "inEnd", "center": "ctr", "base": "inBase",
    "above": "t", "below": "b", "left": "l", "right": "r",
}  # fmt: skip

Numbered = tuple[int, CategorySeries]


def printed_categories(chart: CategoryChart) -> tuple[str, ...]:
    """The words on the axis of categories; a date's are made by whoever opens the chart."""
    return tuple(name for name in chart.categories if isinstance(name, str))


def category_sheet(chart: CategoryChart) -> Sheet:
    """Categories down column A from row 2, one column a series, headings in row 1.

    What stands beside them begins in the column after the last series, in row 1.
    """
    columns = [_cells(series) for series in chart.series]
    heading: tuple[Value, ...] = (None, *(series.name for series in chart.series))
    own: list[tuple[Value, ...]] = [heading, *zip(chart.categories, *columns, strict=True)]
    rows = zip_longest(own, chart.beside, fillvalue=())
    blank = (None,) * len(heading)
    return Sheet(tuple((*(left or blank), *right) for left, right in rows), chart.date_format)


def _cells(series: CategorySeries) -> list[Value]:
    """The values of a series as its column holds them."""
    values = [point.value for point in series.points]
    if not series.dated:
        return list(values)
    return [None if value is None else day_of(value) for value in values]


def category_plot(pen: ChartPen, chart: CategoryChart, sheet: Sheet) -> str:
    """The plots of a chart with their axes, after the layout of the plot area."""
    numbered = list(enumerate(chart.series))
    plots, axes = [], ""
    for secondary in (False, True):
        group = [(n, series) for n, series in numbered if series.secondary is secondary]
        ids = axis_ids(*_axes_of(secondary))
        for form in _FORMS:
            of_form = [(n, series) for n, series in group if series.form == form]
            if of_form:
                plots.append(_plot(pen, chart, sheet, form, of_form, ids))
        axes += _axes(pen, chart, secondary) if group else ""
    return inner_layout(chart.plot) + "".join(plots) + axes


def _axes_of(secondary: bool) -> tuple[int, int]:
    return (THIRD_AXIS, FOURTH_AXIS) if secondary else (FIRST_AXIS, SECOND_AXIS)


def _plot(
    pen: ChartPen, chart: CategoryChart, sheet: Sheet, form: str, group: Sequence[Numbered],
    ids: str,
) -> str:  # fmt: skip
    """`c:areaChart`, `c:barChart` or `c:lineChart` of series of one form."""
    series = "".join(_series(pen, chart, sheet, number, one) for number, one in group)
    stacked = {"none": "standard", "stacked": "stacked", "percent": "percentStacked"}
    if form == "area":
        grouping = stacked[chart.stacking]
        head = f'<c:grouping val="{grouping}"/><c:varyColors val="0"/>'
        return f"<c:areaChart>{head}{series}{ids}</c:areaChart>"
    if form == "line":
        head = '<c:grouping val="standard"/><c:varyColors val="0"/>'
        return f'<c:lineChart>{head}{series}<c:marker val="1"/>{ids}</c:lineChart>'
    grouping = "clustered" if chart.stacking == "none" else stacked[chart.stacking]
    overlap = 100 if chart.stacking != "none" else chart.overlap_percent
    several = len(group) > 1 or chart.stacking != "none"
    return (
        f'<c:barChart><c:barDir val="{"bar" if chart.horizontal else "col"}"/>'
        f'<c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{chart.gap_percent}"/>'
        + (f'<c:overlap val="{overlap}"/>' if several else "")
        + f"{ids}</c:barChart>"
    )


def _series(
    pen: ChartPen, chart: CategoryChart, sheet: Sheet, number: int, series: CategorySeries
) -> str:
    """`c:ser`: what its points look like, their labels, and the cells they come from."""
    count = len(chart.categories)
    code = chart.date_format if series.dated else chart.number_format
    values = number_reference(sheet, number + 1, 1, count, code)
    look = {"bar": _bar_look, "line": _line_look, "area": _area_look}[series.form]
    return (
        f"{series_head(number, string_reference(sheet, number + 1, 0))}"
        f"{look(pen, series)}{_labels(pen, chart, series)}"
        f"<c:cat>{_categories(chart, sheet)}</c:cat><c:val>{values}</c:val>"
        + ('<c:smooth val="0"/>' if series.form == "line" else "")
        + "</c:ser>"
    )


def _categories(chart: CategoryChart, sheet: Sheet) -> str:
    """The reference to the names of categories, or to their numbers if all are dates or years."""
    count = len(chart.categories)
    if all(isinstance(name, date) for name in chart.categories):
        return number_reference(sheet, 0, 1, count, chart.date_format)
    if all(isinstance(name, int) for name in chart.categories):
        return number_reference(sheet, 0, 1, count, "0")
    return string_reference(sheet, 0, 1, count)


def _bar_look(pen: ChartPen, series: CategorySeries) -> str:
    shapes = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{_shape(pen, point)}</c:dPt>"
        for index, point in enumerate(series.points)
    )
    # First what a bar that somebody adds by hand looks like.
    return f'{_shape(pen, series.points[0])}<c:invertIfNegative val="0"/>{shapes}'


def _line_look(pen: ChartPen, series: CategorySeries) -> str:
    fill = series.points[0].fill
    stroke = line_xml(pen, series.line)
    marks = "".join(
        f'<c:dPt><c:idx val="{index}"/>'
        f"{marker_xml(pen, series.marker, series.marker_pt, point.fill)}"
        f'<c:bubble3D val="0"/><c:spPr>{stroke}</c:spPr></c:dPt>'
        for index, point in enumerate(series.points)
        if series.marker and point.fill != fill
    )
    marker = marker_xml(pen, series.marker, series.marker_pt, fill)
    return f"<c:spPr>{stroke}</c:spPr>{marker}{marks}"


def _area_look(pen: ChartPen, series: CategorySeries) -> str:
    stroke = NO_LINE if series.line is None else line_xml(pen, series.line)
    return f"<c:spPr>{fill_xml(pen, series.points[0].fill)}{stroke}</c:spPr>"


def _shape(pen: ChartPen, point: CategoryPoint) -> str:
    return f"<c:spPr>{fill_xml(pen, point.fill)}{line_xml(pen, point.outline)}</c:spPr>"


def _labels(pen: ChartPen, chart: CategoryChart, series: CategorySeries) -> str:
    """`c:dLbls`: a label for every point that has one, and how others would look."""
    if series.form == "area" or all(point.label_at == "none" for point in series.points):
        return f"<c:dLbls>{shown(value=False)}</c:dLbls>"
    labels = "".join(
        f'<c:dLbl><c:idx val="{index}"/>{_label(pen, chart, point)}</c:dLbl>'
        for index, point in enumerate(series.points)
        if point.value is not None
    )
    usual = next(point for point in series.points if point.label_at != "none")
    at = "center" if chart.stacking != "none" and series.form == "bar" else usual.label_at
    return f"<c:dLbls>{labels}{_label(pen, chart, CategoryPoint(None, label_at=at))}</c:dLbls>"


def _label(pen: ChartPen, chart: CategoryChart, point: CategoryPoint) -> str:
    if point.label_at == "none":
        return '<c:delete val="1"/>'
    size, color = chart.label_size_pt, point.label_color
    text = rich_text(pen, point.label, size, color) if point.label else ""
    return (
        f'{text}<c:numFmt formatCode="{escape_attribute(chart.number_format)}" sourceLinked="0"/>'
        f"{NO_SHAPE}{text_properties(pen, LABEL_BODY, size, color)}"
        f'<c:dLblPos val="{_PLACES[point.label_at]}"/>{shown(value=True)}'
    )


# Axes


def _axes(pen: ChartPen, chart: CategoryChart, secondary: bool) -> str:
    """The axis of categories and that of values; of a second pair the first is deleted."""
    own, other = _axes_of(secondary)
    axis = chart.secondary_axis if secondary else chart.axis
    # Top-down categories turn the value axis to the far side.
    side = ("t" if chart.horizontal else "l") if not secondary else "r"
    between = "midCat" if chart.edged else "between"
    crosses = "max" if secondary else "autoZero"
    return _category_axis(pen, chart, own, other, deleted=secondary) + value_axis(
        pen, other, own, side, axis, between=between, size_pt=chart.category_size_pt,
        crosses=crosses, secondary=secondary,
    )  # fmt: skip


def _category_axis(pen: ChartPen, chart: CategoryChart, own: int, other: int, deleted: bool) -> str:
    dated = all(isinstance(name, date) for name in chart.categories)
    tag = "c:dateAx" if dated and chart.to_scale else "c:catAx"
    # LibreOffice (7.4) breaks level names that stand close rather than leave any out.
    body = AXIS_BODY if chart.label_every == 1 else LEVEL_BODY
    code = (chart.axis_date_format or chart.date_format) if dated else "General"
    return (
        f'<{tag}><c:axId val="{own}"/>'
        f'<c:scaling><c:orientation val="{"maxMin" if chart.horizontal else "minMax"}"/>'
        f'</c:scaling><c:delete val="{int(deleted or not chart.label_every)}"/>'
        f'<c:axPos val="{"l" if chart.horizontal else "b"}"/>'
        f'<c:numFmt formatCode="{escape_attribute(code)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"low" if _has_negative(chart) else "nextTo"}"/>'
        f"<c:spPr><a:noFill/>{line_xml(pen, AXIS_LINE)}</c:spPr>"
        f"{text_properties(pen, body, chart.category_size_pt, 'ink')}"
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        + (_date_steps(chart) if tag == "c:dateAx" else _category_steps(chart))
        + f"</{tag}>"
    )


def _category_steps(chart: CategoryChart) -> str:
    every = f'<c:tickLblSkip val="{chart.label_every or 1}"/>'
    return f'<c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{every}<c:noMultiLvlLbl val="1"/>'


def _date_steps(chart: CategoryChart) -> str:
    """The unit that the dates come in, and every so many years, months or days a label."""
    days = [name for name in chart.categories if isinstance(name, date)]
    unit = "days"
    if all((day.month, day.day) == (1, 1) for day in days):
        unit = "years"
    elif all(day.day == 1 for day in days):
        unit = "months"
    return (
        f'<c:lblOffset val="100"/><c:baseTimeUnit val="{unit}"/>'
        f'<c:majorUnit val="{chart.label_every or 1}"/><c:majorTimeUnit val="{chart.label_unit}"/>'
    )


def _has_negative(chart: CategoryChart) -> bool:
    return any(
        point.value is not None and point.value < 0
        for series in chart.series
        for point in series.points
    )
