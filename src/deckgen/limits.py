"""How much an outline may hold: what is over a limit is told at its line.

They stand here together so that hostile input is answered within five seconds and 500 MB; a
deck may have thousands of slides, and then takes the time that these take. Each is many times
what a deck for people needs: the flagship outline has 38 kB and 1,300 values.
`LIMITS` puts them into words for the documentation.
"""

from __future__ import annotations

MOST_BYTES = 5_000_000  # of a file
MOST_LEVELS = 60  # of lists and mappings within one another
MOST_VALUES = 200_000  # in an outline, those behind an alias each time it is used
MOST_CHARACTERS = 3_000_000  # in all texts, those behind an alias each time it is used
MOST_WORDS = 10_000  # characters of one text: ten minutes of speech
MOST_ID = 100  # characters of an id
MOST_MARKS = 1_000  # characters of one text that may be Markdown: nesting them takes time
MOST_NUMBER = 10**15  # beyond it a float does not hold every whole number
MOST_SLIDES = 4_000
MOST_ENTRIES = 1_000  # of any other list or mapping: rows, sources
MOST_MEMBERS = 300  # companies, and groups
MOST_SHOWN = 2_000  # companies and groups, each time that a slide goes through all of them
MOST_CITED = 20  # sources of one claim or slide
MOST_AUDIENCES = 50
MOST_FILES = 8  # that extend one another
MOST_THEME_BYTES = 100_000
MOST_PROBLEMS = 200  # that are told at once
MOST_PICTURE_BYTES = 10_000_000
MOST_PICTURE_PIXELS = 60_000_000
MOST_CODE_BYTES = 1_000_000  # of a file of Python that draws a figure
MOST_DECK_BYTES = 100_000_000  # of all pictures in a deck
MOST_TEMPLATE_BYTES = 100_000_000  # of a .pptx or .potx
MOST_TEMPLATE_UNPACKED = 100_000_000  # of what decks take over: not its sample slides
MOST_TEMPLATE_XML = 8_000_000  # of one part
MOST_TEMPLATE_PARTS = 5_000
MOST_TEMPLATE_LAYOUTS = 300
MOST_TEMPLATE_PIXELS = 400_000_000  # of all its pictures
MOST_DATA_BYTES = 10_000_000  # of a .csv or .xlsx
MOST_UNPACKED_BYTES = 50_000_000  # of what is read of a workbook
MOST_MARKUP = 2_000_000  # tags of a workbook's sheet, and of its texts
MOST_FORMATS = 50_000  # tags of a workbook's styles, each of which takes long
MOST_ROWS = 20_000  # of a sheet
MOST_COLUMNS = 1_000  # of a sheet
MOST_CELLS = 200_000  # of all sheets that an outline takes numbers from
MOST_SHEETS = 50  # that an outline takes numbers from
MOST_DECKS = 100_000  # that one command builds
MOST_LOOKED = 2_000_000  # rows of sheets, each time that a slide looks through them

LIMITS = {
    "bytes of a file": MOST_BYTES,
    "levels of lists and mappings": MOST_LEVELS,
    "values in an outline": MOST_VALUES,
    "characters in an outline": MOST_CHARACTERS,
    "characters of one text": MOST_WORDS,
    "characters of an id": MOST_ID,
    "characters of one text that Markdown knows (`*`, `_`, `[`, backtick, backslash)": MOST_MARKS,
    "a number, above and below zero": MOST_NUMBER,
    "slides": MOST_SLIDES,
    "entries of any other list": MOST_ENTRIES,
    "companies, and groups": MOST_MEMBERS,
    "companies and groups, times the tier maps, matrices and dependency maps": MOST_SHOWN,
    "sources of one claim, slide or deck": MOST_CITED,
    "audiences": MOST_AUDIENCES,
    "files that extend one another": MOST_FILES,
    "bytes of a theme file": MOST_THEME_BYTES,
    "bytes of a picture": MOST_PICTURE_BYTES,
    "pixels of a picture": MOST_PICTURE_PIXELS,
    "bytes of all pictures in a deck": MOST_DECK_BYTES,
    "bytes of a template": MOST_TEMPLATE_BYTES,
    "bytes of a template, unpacked": MOST_TEMPLATE_UNPACKED,
    "bytes of one XML part of a template": MOST_TEMPLATE_XML,
    "parts of a template": MOST_TEMPLATE_PARTS,
    "layouts of a template": MOST_TEMPLATE_LAYOUTS,
    "pixels of a template’s pictures": MOST_TEMPLATE_PIXELS,
    "bytes of a `.py` that draws a figure": MOST_CODE_BYTES,
    "bytes of a `.csv` or `.xlsx`": MOST_DATA_BYTES,
    "bytes of a workbook, unpacked": MOST_UNPACKED_BYTES,
    "rows of a sheet": MOST_ROWS,
    "columns of a sheet": MOST_COLUMNS,
    "sheets and `.csv` files that an outline takes numbers from": MOST_SHEETS,
    "cells of all these": MOST_CELLS,
    "rows of these, times the slides that look through them": MOST_LOOKED,
    "decks of one command": MOST_DECKS,
    "mistakes told at once": MOST_PROBLEMS,
}
