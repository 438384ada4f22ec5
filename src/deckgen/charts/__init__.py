"""Charts, from what an outline says of numbers to native shapes on a canvas.

A slide kind goes through them in this order:

1. `data` and `rows` hold what the outline says, `mistakes` tells what is wrong in it.
2. `measure` says what is measured over the chart and takes off the panel of takeaways: what is
   left is the chart's own. How its numbers are printed is decided there, too.
3. A drawing lays the chart out and puts it on the canvas. `columns` plans for `standing` and
   `lying`, `panes` for `pane`, `shares` for `mosaic`, `xyplot` for `scatter`, `calendar` for
   `schedule`; `bars`, `bridge`, `lines`, `ranges`, `rings` and `slopes` are drawings by themselves.
4. What the chart itself cannot hold are native shapes beside and over it: `annotations`,
   `arrows`, `keys`, `sidelabels`. They stand where `plot` (or `xyplot`) says that PowerPoint and
   LibreOffice will draw the values, because both ends of the axis and the inner plot area are
   written into the file.

So no drawing knows how a chart is written: `deckgen.scene` has what stands in one, and
`deckgen.writers.pptx.chart` writes it with its workbook.
"""
