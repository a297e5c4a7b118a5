import { presentation, type Presentation } from '#exports/board_pack/deck'
import { palette, toneOf } from '#exports/board_pack/palette'
import { printable } from '#exports/board_pack/printable'
import type { Cell, Column } from '#exports/board_pack/table'
import { gridCells, gridHead } from '#exports/board_pack/words'
import type { Chart } from '#pages/charts/plot'
import type { PackContent } from '#pages/board_pack/content'
import type { ProjectSheet } from '#pages/board_pack/project_sheet'

type Slide = ReturnType<Presentation['addSlide']>
type Deck = { pptx: Presentation; footer: string }

/** Inches of a wide slide that may be written on. */
const LEFT = 0.4
const WIDTH = 12.5
const ROWS_A_SLIDE = 9

/** The pack as slides, which its readers may change: tables are tables and charts are charts. */
export async function packSlides(given: PackContent): Promise<Buffer> {
  const content = printable(given)
  const pptx = presentation()
  pptx.layout = 'LAYOUT_WIDE'
  pptx.title = `Board pack of ${content.organisation}`
  // The library writes it into XML as it is, and the title names the organisation already.
  pptx.company = ''
  pptx.author = content.preparedFor
  pptx.theme = { headFontFace: 'Calibri', bodyFontFace: 'Calibri' }
  const footer = `${content.organisation} · as of ${content.asOf} · for those who may read these projects`
  const deck = { pptx, footer }
  cover(deck, content)
  portfolio(deck, content)
  for (const chart of content.charts) chartSlide(deck, chart)
  for (const project of content.sheets) projectSlides(deck, project)
  return (await pptx.write({ outputType: 'nodebuffer' })) as Buffer
}

function cover(deck: Deck, content: PackContent) {
  const slide = deck.pptx.addSlide()
  const line = (text: string, y: number, fontSize: number, more: object = {}) =>
    slide.addText(text, {
      x: LEFT,
      y,
      w: WIDTH,
      h: 0.6,
      fontSize,
      color: hex(palette.ink),
      ...more,
    })
  line(content.organisation, 1.4, 20, { color: hex(palette.quiet) })
  line('Board pack', 2, 44, { bold: true, h: 0.9 })
  line(`As of ${content.asOf}, prepared for ${content.preparedFor}`, 3, 18)
  line(`Shows: ${content.selection}.`, 3.7, 14, { color: hex(palette.quiet) })
  line(
    'For those who may read every project in it. It holds what the person it was prepared for could read at that moment; others may be able to read less.',
    4.5,
    12,
    { h: 0.8, color: hex(palette.quiet) }
  )
  foot(deck, slide)
  tableSlides(
    deck,
    'Who may see it',
    [
      { label: 'Code', share: 1 },
      { label: 'Project', share: 4 },
      { label: 'Who can see it', share: 3 },
    ],
    content.readers.map(({ code, name, visibility }) => [code, name, visibility]),
    14
  )
}

function portfolio(deck: Deck, { rows, totals, isCut }: PackContent) {
  const counts = totals
    .filter(({ count }) => count > 0)
    .map(({ count, label }) => `${count} ${label.toLowerCase()}`)
  const title = `Portfolio: ${counts.join(', ') || 'no project fits'}${isCut ? ' (cut)' : ''}`
  tableSlides(deck, title, gridHead, rows.map(gridCells), ROWS_A_SLIDE, 9)
}

/** The table that stands beside a chart on its page holds its numbers. */
function chartSlide(deck: Deck, chart: Chart) {
  const [head, ...names] = chart.table.head
  const isCounted = chart.table.rows.every((row) =>
    row.slice(1).every((cell) => /^\d+$/.test(wordsOf(cell)))
  )
  if (!isCounted) {
    const columns = [head, ...names].map((label, index) => ({ label, share: index === 0 ? 3 : 2 }))
    const rows = chart.table.rows.map((row) => row.map(wordsOf))
    return tableSlides(deck, chart.title, columns, rows, 14, 11, chart.summary)
  }
  const slide = titled(deck, chart.title, chart.summary)
  const labels = chart.table.rows.map(([label]) => wordsOf(label))
  const colours = { Red: 'red', Amber: 'amber', Green: 'green' } as Record<string, string>
  slide.addChart(
    deck.pptx.ChartType.bar,
    names.map((name, index) => ({
      name,
      labels,
      values: chart.table.rows.map((row) => Number(wordsOf(row[index + 1]))),
    })),
    {
      x: LEFT,
      y: 1.3,
      w: WIDTH,
      h: 5.4,
      barGrouping: 'stacked',
      showLegend: true,
      legendPos: 'b',
      chartColors: names.map((name) => hex(toneOf(colours[name] ?? 'none').fill)),
      altText: chart.summary,
    }
  )
}

function projectSlides(deck: Deck, project: ProjectSheet) {
  const title = `${project.code}  ${project.name}`
  const facts = project.facts.map(({ label, value }) => `${label}: ${value}`).join('   ')
  tableSlides(
    deck,
    title,
    [
      { label: 'Dimension', share: 2 },
      { label: 'Rating', share: 1.6 },
      { label: 'Why, and the path to green', share: 8 },
    ],
    project.ratings.map(({ label, letter, tone, word, reason }): Cell[] => [
      label,
      { letter, tone, word },
      cut(reason, 320),
    ]),
    8,
    11,
    facts
  )
  const lines: [string, Column[], Cell[][]][] = [
    [
      'Gates',
      columnsOf(['Gate', 'Baseline', 'Expected or held', 'Slip'], [5, 2, 2, 1]),
      project.gates.map(({ name, baseline, expected, slip }) => [name, baseline, expected, slip]),
    ],
    [
      'Weightiest risks and issues',
      columnsOf(['Ref', 'Title', 'Weight', 'Owner', 'Due'], [2, 6, 2, 2, 2]),
      project.items.map(({ ref, title: name, weight, owner, due }) => [
        ref,
        name,
        weight,
        owner,
        due,
      ]),
    ],
    [
      'Conditions that are open',
      columnsOf(['Ref', 'Condition', 'Due'], [2, 8, 2]),
      project.conditions.map(({ ref, text: what, due, isOverdue }) => [
        ref,
        cut(what, 240),
        isOverdue ? `${due}, lapsed` : due,
      ]),
    ],
  ]
  for (const [name, head, rows] of lines) {
    if (rows.length > 0) tableSlides(deck, `${project.code}  ${name}`, head, rows, 12, 11)
  }
  if (project.report) {
    const slide = titled(deck, `${project.code}  ${project.report.title}`)
    slide.addText(cut(project.report.summary, 1500), {
      x: LEFT,
      y: 1.1,
      w: WIDTH,
      h: 5.6,
      fontSize: 16,
      valign: 'top',
      fit: 'shrink',
      color: hex(palette.ink),
    })
  }
}

function columnsOf(labels: string[], shares: number[]): Column[] {
  return labels.map((label, index) => ({ label, share: shares[index] }))
}

/** A table over as many slides as it needs. */
function tableSlides(
  deck: Deck,
  title: string,
  head: Column[],
  rows: Cell[][],
  perSlide: number,
  fontSize = 12,
  summary?: string
) {
  const whole = head.reduce((sum, { share }) => sum + share, 0)
  const pages = Math.max(1, Math.ceil(rows.length / perSlide))
  for (let page = 0; page < pages; page++) {
    const name = pages > 1 ? `${title} (${page + 1} of ${pages})` : title
    const slide = titled(deck, name, page === 0 ? summary : undefined)
    const heading = head.map(({ label }) => ({
      text: label,
      options: { bold: true, color: hex(palette.quiet), fill: { color: hex(palette.sunken) } },
    }))
    const body = rows.slice(page * perSlide, (page + 1) * perSlide).map((row) => row.map(slideCell))
    slide.addTable([heading, ...body], {
      x: LEFT,
      y: summary && page === 0 ? 1.4 : 1,
      w: WIDTH,
      fontSize,
      valign: 'middle',
      colW: head.map(({ share }) => (share / whole) * WIDTH),
      border: { type: 'solid', pt: 0.5, color: hex(palette.line) },
      color: hex(palette.ink),
    })
  }
}

function slideCell(cell: Cell) {
  if (typeof cell === 'string') return { text: cell }
  const { fill, ink } = toneOf(cell.tone)
  const words = cell.word && cell.word !== cell.letter ? `${cell.letter} ${cell.word}` : cell.letter
  return { text: words, options: { fill: { color: hex(fill) }, color: hex(ink), bold: true } }
}

function titled(deck: Deck, title: string, summary?: string) {
  const slide = deck.pptx.addSlide()
  slide.addText(title, {
    x: LEFT,
    y: 0.3,
    w: WIDTH,
    h: 0.6,
    fontSize: 24,
    bold: true,
    fit: 'shrink',
    color: hex(palette.ink),
  })
  if (summary) {
    slide.addText(summary, {
      x: LEFT,
      y: 0.85,
      w: WIDTH,
      h: 0.45,
      fontSize: 12,
      color: hex(palette.quiet),
    })
  }
  foot(deck, slide)
  return slide
}

function foot({ footer }: Deck, slide: Slide) {
  slide.addText(footer, {
    x: LEFT,
    y: 7.05,
    w: 11,
    h: 0.3,
    fontSize: 9,
    color: hex(palette.quiet),
  })
  slide.slideNumber = { x: 12.4, y: 7.05, fontSize: 9, color: hex(palette.quiet) }
}

function wordsOf(cell: string | { text: string }) {
  return typeof cell === 'string' ? cell : cell.text
}

/** A slide has room for so many characters; the PDF of the same pack has them all. */
function cut(words: string, most: number) {
  return words.length > most ? `${words.slice(0, most - 1)}…` : words
}

function hex(colour: string) {
  return colour.slice(1).toUpperCase()
}
