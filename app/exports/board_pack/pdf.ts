import { writeChart } from '#exports/board_pack/drawing'
import { palette } from '#exports/board_pack/palette'
import { Sheet } from '#exports/board_pack/sheet'
import { writeTable, type Cell } from '#exports/board_pack/table'
import { gridCells, gridHead } from '#exports/board_pack/words'
import type { PackContent } from '#pages/board_pack/content'
import type { ProjectSheet } from '#pages/board_pack/project_sheet'

/** The pack as a PDF: a cover, the portfolio, its charts, and a sheet for each chosen project. */
export function packPdf(content: PackContent): NodeJS.ReadableStream {
  const footer = `${content.organisation} · as of ${content.asOf} · prepared for ${content.preparedFor} · for those who may read these projects`
  const sheet = new Sheet(`Board pack of ${content.organisation}`, footer)
  cover(sheet, content)
  portfolio(sheet, content)
  if (content.charts.length > 0) {
    sheet.page()
    for (const chart of content.charts) writeChart(sheet, chart, sheet.width * 0.82)
  }
  for (const project of content.sheets) projectPage(sheet, project)
  return sheet.end()
}

function cover(sheet: Sheet, content: PackContent) {
  sheet.page()
  sheet.y = 120
  sheet.text(content.organisation, { size: 14, colour: palette.quiet })
  sheet.text('Board pack', { size: 34, weight: 'bold' }, 10)
  sheet.text(`As of ${content.asOf}`, { size: 13 })
  sheet.text(`Prepared for ${content.preparedFor}`, { size: 11 }, 16)
  sheet.text(`Shows: ${content.selection}.`, { size: 10, colour: palette.quiet }, 16)
  sheet.text('Who may see it', { size: 11, weight: 'bold' }, 4)
  sheet.text(
    'Those who may read every project in it. It holds what the person it was prepared for could read at that moment; others may be able to read less.',
    { size: 9 },
    8
  )
  writeTable(
    sheet,
    [
      { label: 'Code', share: 1 },
      { label: 'Project', share: 4 },
      { label: 'Who can see it', share: 3 },
    ],
    content.readers.map(({ code, name, visibility }) => [code, name, visibility])
  )
}

function portfolio(sheet: Sheet, { rows, totals, isCut }: PackContent) {
  sheet.page()
  sheet.text('Portfolio', { size: 18, weight: 'bold' }, 6)
  let x = sheet.left
  for (const { label, letter, tone, count } of totals.filter((total) => total.count > 0)) {
    sheet.badge(letter, tone, x, sheet.y)
    sheet.put(`${count} ${label.toLowerCase()}`, { x: x + 18, y: sheet.y + 1, width: 110 })
    x += 110
  }
  sheet.y += 26
  if (rows.length === 0) sheet.text('No project fits what was chosen.')
  else writeTable(sheet, gridHead, rows.map(gridCells), 7.5)
  if (isCut) sheet.text('More projects fit than a pack shows: narrow the portfolio.', { size: 8 })
}

function projectPage(sheet: Sheet, project: ProjectSheet) {
  sheet.page()
  sheet.text(`${project.code}  ${project.name}`, { size: 18, weight: 'bold' }, 3)
  sheet.text(
    project.facts.map(({ label, value }) => `${label}: ${value}`).join('   ·   '),
    { size: 8, colour: palette.quiet },
    10
  )
  if (project.report) {
    sheet.text(project.report.title, { size: 11, weight: 'bold' }, 2)
    sheet.text(project.report.summary, { size: 9 }, 8)
  }
  part(
    sheet,
    'Ratings',
    ['Dimension', 'Rating', 'Why, and the path to green'],
    [2, 2, 8],
    project.ratings.map(({ label, letter, tone, word, reason }): Cell[] => [
      label,
      { letter, tone, word },
      reason,
    ])
  )
  part(
    sheet,
    'Gates',
    ['Gate', 'Baseline', 'Expected or held', 'Slip'],
    [5, 2, 2, 1],
    project.gates.map(({ name, baseline, expected, slip }) => [name, baseline, expected, slip])
  )
  part(
    sheet,
    'Conditions that are open',
    ['Ref', 'Condition', 'Due'],
    [2, 8, 2],
    project.conditions.map(({ ref, text, due, isOverdue }) => [
      ref,
      text,
      isOverdue ? `${due}, lapsed` : due,
    ])
  )
  part(
    sheet,
    'Weightiest risks and issues',
    ['Ref', 'Title', 'Weight', 'Owner', 'Due'],
    [2, 6, 2, 2, 2],
    project.items.map(({ ref, title, weight, owner, due }) => [ref, title, weight, owner, due])
  )
}

function part(sheet: Sheet, title: string, head: string[], shares: number[], rows: Cell[][]) {
  if (rows.length === 0) return
  sheet.need(60)
  sheet.text(title, { size: 11, weight: 'bold' }, 3)
  writeTable(
    sheet,
    head.map((label, index) => ({ label, share: shares[index] })),
    rows
  )
}
