// The same deck through PptxGenJS: node pptxgen.mjs slides.json deck.pptx
import { readFileSync } from "node:fs";
import pptxgen from "pptxgenjs";

const [source, target] = process.argv.slice(2);
const deck = new pptxgen();
deck.layout = "LAYOUT_WIDE";
for (const told of JSON.parse(readFileSync(source, "utf-8"))) {
  const slide = deck.addSlide();
  slide.addText(told.title, { x: 0.6, y: 0.5, w: 12, h: 0.9, fontSize: 24, bold: true });
  if (told.kind === "bullets") {
    told.columns.forEach((column, index) => {
      const lines = [{ text: column.head, options: { bold: true, breakLine: true } }];
      for (const point of column.points) {
        lines.push({ text: point, options: { bullet: true, breakLine: true } });
      }
      slide.addText(lines, { x: 0.6 + 6.1 * index, y: 1.7, w: 5.9, h: 4.8, fontSize: 16 });
    });
  } else if (told.kind === "table") {
    const rows = [told.head, ...told.rows].map((row) => row.map((text) => ({ text })));
    slide.addTable(rows, { x: 0.6, y: 1.7, w: 12 });
  } else if (told.kind === "chart") {
    const data = [{ name: "Calls", labels: told.names, values: told.values }];
    slide.addChart(deck.charts.BAR, data, { x: 0.6, y: 1.7, w: 12, h: 4.8, barDir: "col" });
  }
  if (told.notes) slide.addNotes(told.notes);
}
await deck.writeFile({ fileName: target });
