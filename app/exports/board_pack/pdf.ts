import { writeChart } from '#exports/board_pack/drawing'
import { palette } from '#exports/board_pack/palette'
import { Sheet } from '#exports/board_pack/sheet'
import { writeTable } from '#exports/board_pack/table'
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
import type { PackContent } from '#pages/board_pack/content'
import type { ProjectSheet } from '#pages/board_pack/project_sheet'
import { isolatedText } from '#registries/direction'

/** The pack as a PDF: a cover, the portfolio, its charts, and a sheet for each chosen project. */
export function packPdf(content: PackContent): NodeJS.ReadableStream {
  const footer = `${isolatedText(content.organisation)} · as of ${content.asOf} · prepared for ${isolatedText(content.preparedFor)} · for those who may read these projects`
  const sheet = new Sheet(`Board pack of ${content.organisation}`, footer)
  cover(sheet, content)
  portfolio(sheet, content)
  if (content.charts.length > 0) {
    sheet.page()
    for (const chart of content.charts) writeChart(sheet, chart, sheet.width * 0.55)
  }
  for (const project of content.sheets) projectPage(sheet, project)
  return sheet.end()
}

function cover(sheet: Sheet, content: PackContent) {
  sheet.page()
  sheet.y = 120
  sheet.text(content.organisation, { size: 14, colour: palette.quiet })
  sheet.text('Board pack', { size: 34, weight: 'bold', tag: 'H1' }, 10)
  sheet.text(`As of ${content.asOf}`, { size: 13 })
  sheet.text(`Prepared for ${isolatedText(content.preparedFor)}`, { size: 11 }, 16)
  sheet.text(`Shows: ${content.selection}.`, { size: 10, colour: palette.quiet }, 16)
  const { title, head, rows } = readersPart(content)
  sheet.text(title, { size: 11, weight: 'bold', tag: 'H2' }, 4)
  sheet.text(`Those who may read every project in it. ${RIGHTS}`, { size: 9 }, 8)
  writeTable(sheet, head, rows)
}

function portfolio(sheet: Sheet, { rows, totals, isCut }: PackContent) {
  sheet.page()
  sheet.text('Portfolio', { size: 18, weight: 'bold', tag: 'H2' }, 6)
  let x = sheet.left
  for (const { label, letter, tone, count } of totals.filter((total) => total.count > 0)) {
    const words = `${count} ${label.toLowerCase()}`
    const left = x
    const draw = () => {
      sheet.badge(letter, tone, left, sheet.y)
      sheet.put(words, { x: left + 18, y: sheet.y + 1, width: 110 })
    }
    sheet.tags.piece('P', draw, { actual: words })
    x += 110
  }
  sheet.y += 26
  if (rows.length === 0) sheet.text('No project fits what was chosen.')
  else writeTable(sheet, gridHead, rows.map(gridCells), 7.5)
  if (isCut) sheet.text('More projects fit than a pack shows: narrow the portfolio.', { size: 8 })
}

function projectPage(sheet: Sheet, project: ProjectSheet) {
  const name = `${project.code}  ${isolatedText(project.name)}`
  sheet.page(name)
  sheet.text(name, { size: 18, weight: 'bold', tag: 'H2' }, 3)
  sheet.text(
    project.facts.map(({ label, value }) => `${label}: ${isolatedText(value)}`).join('   ·   '),
    { size: 8, colour: palette.quiet },
    10
  )
  if (project.report) {
    sheet.text(project.report.title, { size: 11, weight: 'bold', tag: 'H3' }, 2)
    sheet.text(project.report.summary, { size: 9 }, 8)
  }
  for (const partOf of [ratingsPart, gatesPart, conditionsPart, itemsPart]) {
    writePart(sheet, partOf(project))
  }
}

function writePart(sheet: Sheet, { title, head, rows }: Part) {
  if (rows.length === 0) return
  sheet.need(60)
  sheet.text(title, { size: 11, weight: 'bold', tag: 'H3' }, 3)
  writeTable(sheet, head, rows)
}
