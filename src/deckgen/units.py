"""Lengths: floats in inches or points go in, integer EMU come out.

Everything inside deckgen is an integer number of English Metric Units
(ECMA-376 part 1, 20.1.2.1: 914,400 to the inch, 12,700 to the point).
"""

EMU_PER_INCH = 914_400
EMU_PER_POINT = 12_700


def inches(length: float) -> int:
    """EMU in `length` inches, rounded to the nearest."""
    return round(length * EMU_PER_INCH)


def points(length: float) -> int:
    """EMU in `length` points, rounded to the nearest."""
    return round(length * EMU_PER_POINT)


def to_inches(emu: int) -> float:
    """Inches in `emu`, for messages that people read."""
    return emu / EMU_PER_INCH
