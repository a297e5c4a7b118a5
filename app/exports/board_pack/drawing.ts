import { markColour, palette } from '#exports/board_pack/palette'
import type { Sheet } from '#exports/board_pack/sheet'
import type { Chart, Dot } from '#pages/charts/plot'

/** Draws a chart as its page shows it, `width` wide, with its description above it. */
export function writeChart(sheet: Sheet, chart: Chart, width = sheet.width) {
  const scale = width / chart.plot.width
  const height = chart.plot.height * scale
  sheet.need(height + 50)
  sheet.text(chart.title, { size: 12, weight: 'bold', tag: 'H2' }, 1)
  sheet.text(chart.summary, { size: 9, colour: palette.quiet })
  const top = sheet.y
  sheet.tags.piece('Figure', () => draw(sheet, chart, { left: sheet.left, top, scale }), {
    alt: inWords(chart),
  })
  sheet.y = top + height + 4
  const legend = chart.legend.map(({ label }) => label).join('  ·  ')
  sheet.text(
    `In this order: ${legend}. ${chart.note ?? ''}`,
    { size: 7, colour: palette.quiet },
    12
  )
}

type Frame = { left: number; top: number; scale: number }

function draw(sheet: Sheet, chart: Chart, frame: Frame) {
  const { document } = sheet
  document.save().translate(frame.left, frame.top).scale(frame.scale)
  marks(document, chart)
  document.restore()
  labels(sheet, chart, frame)
}

/** The numbers that its page shows in a table beside it. */
function inWords({ table: { head, rows } }: Chart) {
  const words = (cell: string | { text: string }) => (typeof cell === 'string' ? cell : cell.text)
  return rows
    .map(([first, ...rest]) => {
      const said = rest.map((cell, index) => `${head[index + 1]} ${words(cell)}`)
      return `${words(first)}: ${said.join(', ')}`
    })
    .join('. ')
}

function marks(document: PDFKit.PDFDocument, { plot, yTicks, now, rects, dots, paths }: Chart) {
  document.lineWidth(0.6)
  for (const { at } of yTicks) document.moveTo(plot.left, at).lineTo(plot.right, at)
  document.moveTo(plot.left, plot.bottom).lineTo(plot.right, plot.bottom).stroke(palette.line)
  if (now !== null) {
    document.lineWidth(1.2).moveTo(now, plot.top).lineTo(now, plot.bottom).stroke(palette.accent)
  }
  for (const { d, class: kind } of paths) document.lineWidth(1.6).path(d).stroke(markColour(kind))
  document.lineWidth(0.6)
  for (const { x, y, width, height, class: kind } of rects) {
    document.rect(x, y, width, height).fillAndStroke(markColour(kind), palette.paper)
  }
  for (const dot of dots) shape(document, dot).fillAndStroke(markColour(dot.class), palette.quiet)
}

function shape(document: PDFKit.PDFDocument, { x, y, shape: kind }: Dot) {
  if (kind === 'circle') return document.circle(x, y, 4)
  return document.polygon([x, y - 6], [x + 6, y], [x, y + 6], [x - 6, y])
}

/** Text is written unscaled, so that it reads as well as the text around it. */
function labels(sheet: Sheet, { plot, xTicks, yTicks, rects }: Chart, frame: Frame) {
  const at = (x: number, y: number) => ({
    x: frame.left + x * frame.scale,
    y: frame.top + y * frame.scale,
  })
  const small = { width: 120, size: 7, colour: palette.quiet }
  for (const { at: y, label } of yTicks) {
    const { x, y: line } = at(0, y)
    sheet.put(label, { ...small, x, y: line - 5, width: plot.left * frame.scale })
  }
  for (const { at: x, label } of xTicks) {
    const place = at(x, plot.bottom + 5)
    sheet.put(label, { ...small, ...place, x: place.x - 14 })
  }
  for (const { x, y, width, height, label, class: kind } of rects) {
    if (!label) continue
    const place = at(x + width / 2, y + height / 2)
    const colour = /amber|not_rated|undeclared/.test(kind) ? palette.ink : palette.paper
    sheet.put(label, {
      ...place,
      x: place.x - 1 - 2 * label.length,
      y: place.y - 5,
      width: 40,
      size: 7,
      colour,
    })
  }
}
