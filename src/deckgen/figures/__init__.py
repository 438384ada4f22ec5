"""Figures for which PowerPoint has no form: numbers go in, a picture in the theme's look comes out.

A module for each figure (`heat_map`, `treemap`, `flow`, `distribution`, `network`) lays it out
as a `plate`: shapes and words at places in points. `press` has matplotlib draw a plate, as PNG
and as SVG, in a face that `faces` finds, and looks whether every word has its place. `code`
runs a figure of the author's own. `exhibit` has what slides with a figure share.
"""
