import { presentation } from '#exports/board_pack/deck'
import { barColour, palette } from '#exports/board_pack/palette'
import { printable } from '#exports/board_pack/printable'
import {
  addLayouts,
  foot,
  hex,
  LEFT,
  slideTitled,
  tableSlides,
  titled,
  WIDTH,
  type Deck,
} from '#exports/board_pack/slide'
import { stackedSlides, tableBlocks, textBlock } from '#exports/board_pack/stack'
import {
  conditionsPart,
  gatesPart,
  gridCells,
  gridHead,
  itemsPart,
  ratingsPart,
  readersPart,
  RIGHTS,
  type Part,
} from '#exports/board_pack/words'
import { beginning } from '#models/text/beginning'
import type { Chart } from '#pages/charts/plot'
import type { PackContent } from '#pages/board_pack/content'
import type { ProjectSheet } from '#pages/board_pack/project_sheet'

const ROWS_A_SLIDE = 9

/** The pack as slides that its readers can edit: tables are tables and charts are charts. */
export async function packSlides(given: PackContent): Promise<Buffer> {
  const content = printable(given)
  const pptx = presentation()
  pptx.layout = 'LAYOUT_WIDE'
  addLayouts(pptx)
  pptx.title = `Board pack of ${content.organisation}`
  // The library writes it into the XML unescaped, and the title already names the organisation.
  pptx.company = ''
  pptx.author = content.preparedFor
  // Every program has this font, or one as wide.
  pptx.theme = { headFontFace: 'Arial', bodyFontFace: 'Arial' }
  const footer = `${content.organisation} · as of ${content.asOf} · for those who may read these projects`
  const deck = { pptx, footer }
  cover(deck, content)
  portfolio(deck, content)
  for (const chart of content.charts) chartSlide(deck, chart)
  for (const project of content.sheets) projectSlides(deck, project)
  return (await pptx.write({ outputType: 'nodebuffer' })) as Buffer
}

function cover(deck: Deck, content: PackContent) {
  const slide = slideTitled(deck, 'Board pack', 'cover')
  const line = (text: string, y: number, fontSize: number, more: object = {}) =>
    slide.addText(text, {
      x: LEFT,
      y,
      w: WIDTH,
      h: 0.6,
      margin: 0,
      fontSize,
      color: hex(palette.ink),
      ...more,
    })
  line(content.organisation, 1.4, 20, { color: hex(palette.quiet) })
  line(`As of ${content.asOf}, prepared for ${content.preparedFor}`, 3, 18)
  line(`Shows: ${content.selection}.`, 3.7, 14, { color: hex(palette.quiet) })
  line(`For those who may read every project in it. ${RIGHTS}`, 4.5, 12, {
    h: 0.8,
    color: hex(palette.quiet),
  })
  foot(deck, slide)
  tableSlides(deck, readersPart(content), { perSlide: 14 })
}

function portfolio(deck: Deck, { rows, totals, isCut }: PackContent) {
  const counts = totals
    .filter(({ count }) => count > 0)
    .map(({ count, label }) => `${count} ${label.toLowerCase()}`)
  const title = `Portfolio: ${counts.join(', ') || 'no project fits'}${isCut ? ' (cut)' : ''}`
  const part = { title, head: gridHead, rows: rows.map(gridCells) }
  tableSlides(deck, part, { perSlide: ROWS_A_SLIDE, fontSize: 9 })
}

/** As a chart where it counts something, otherwise as the table beside it on its page. */
function chartSlide(deck: Deck, chart: Chart) {
  const isCounted = chart.table.rows.every((row) =>
    row.slice(1).every((cell) => /^\d+$/.test(wordsOf(cell)))
  )
  if (isCounted) return barSlide(deck, chart)
  const head = chart.table.head.map((label, index) => ({ label, share: index === 0 ? 3 : 2 }))
  const rows = chart.table.rows.map((row) => row.map(wordsOf))
  tableSlides(
    deck,
    { title: chart.title, head, rows },
    { perSlide: 14, fontSize: 11, summary: chart.summary }
  )
}

/** The table beside a chart on its page holds its numbers. */
function barSlide(deck: Deck, { title, summary, table }: Chart) {
  const slide = titled(deck, title, summary)
  const [, ...names] = table.head
  const labels = table.rows.map(([label]) => wordsOf(label))
  const series = names.map((name, index) => ({
    name,
    labels,
    values: table.rows.map((row) => Number(wordsOf(row[index + 1]))),
  }))
  slide.addChart(deck.pptx.ChartType.bar, series, {
    x: LEFT,
    y: 1.3,
    w: WIDTH,
    h: 5.4,
    barGrouping: 'stacked',
    showLegend: true,
    legendPos: 'b',
    chartColors: names.map((name) => hex(barColour(name))),
    valGridLine: { color: hex(palette.line), size: 0.5 },
    catAxisLabelFontSize: 10,
    valAxisLabelFontSize: 10,
    altText: summary,
  })
}

function projectSlides(deck: Deck, project: ProjectSheet) {
  const name = (words: string) => `${project.code}  ${words}`
  const summary = project.facts.map(({ label, value }) => `${label}: ${value}`).join('   ')
  const ratings = brief(ratingsPart(project), 320)
  const overview = { ...ratings, title: name(project.name) }
  tableSlides(deck, overview, { perSlide: 8, fontSize: 11, summary })
  const { report } = project
  stackedSlides(deck, name(`${project.name}, continued`), [
    ...(report ? [textBlock(report.title, cut(report.summary, 1500))] : []),
    ...tableBlocks(gatesPart(project)),
    ...tableBlocks(brief(conditionsPart(project), 240)),
    ...tableBlocks(itemsPart(project)),
  ])
}

/** A part with its longest texts cut. */
function brief(part: Part, most: number): Part {
  const rows = part.rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? cut(cell, most) : cell))
  )
  return { ...part, rows }
}

function wordsOf(cell: string | { text: string }) {
  return typeof cell === 'string' ? cell : cell.text
}

/** A slide has room for this many characters; the PDF of the same pack has them all. */
function cut(words: string, most: number) {
  return beginning(words, most)
}
