import string from '@adonisjs/core/helpers/string'
import type { Viewer } from '#identity/viewer'
import { ratings } from '#models/health/enumerations'
import { decodeCursor } from '#models/lists/keyset'
import type Project from '#models/project'
import { RATED, reportStates } from '#models/report/enumerations'
import { listReports, REPORTS_PER_PAGE } from '#models/report/list'
import { partsOf } from '#models/report/parts'
import { DECISIONS, valuesOf } from '#models/report/values'
import { reportRef } from '#models/report/refs'
import StatusReport from '#models/status_report'
import { filtersOf, listAnswer } from '#pages/api/paging'
import * as a from '#pages/api/shape'
import { represent, type Shape } from '#pages/api/shape'
import { Problem } from '#registries/problems'

const NUMBER = /^\d{1,9}$/

const dimensions = Object.fromEntries(RATED.map((name) => [name, name]))

const head: Shape = {
  ...a.id('id'),
  ...a.text('ref'),
  ...a.id('project_id'),
  ...a.whole('version'),
  ...a.oneOf('state', reportStates),
  ...a.dayOrNull('period_start_on'),
  ...a.dayOrNull('period_end_on'),
  ...a.momentOrNull('published_at'),
}

/** A report in lists. */
export const reportHeadShape: Shape = {
  ...head,
  ...a.listOf('ratings', {
    ...a.oneOf('dimension', dimensions),
    ...a.oneOf('rating', ratings),
  }),
}

/** A whole report in the API. */
export const reportShape: Shape = {
  ...head,
  ...a.textOrNull('summary'),
  ...a.textOrNull('achieved'),
  ...a.textOrNull('planned'),
  ...a.textOrNull('budget'),
  ...a.listOf('ratings', {
    ...a.oneOf('dimension', dimensions),
    ...a.oneOf('rating', ratings),
    ...a.textOrNull('reason'),
    ...a.textOrNull('path_to_green'),
    ...a.textOrNull('difference_reason'),
  }),
  ...a.listOf('decisions', {
    ...a.text('what'),
    ...a.idOrNull('owner_id'),
    ...a.dayOrNull('due_on'),
  }),
  ...a.id('author_id'),
  ...a.momentOf('updated_at'),
  ...a.whole('lock_version'),
}

/** One report with its parts. */
export async function tellReport(record: StatusReport) {
  const parts = await partsOf(record)
  const told = Object.fromEntries(
    [...StatusReport.$columnsDefinitions.keys(), 'ref'].map((name) => [name, (record as any)[name]])
  )
  return represent(reportShape, { ...told, ...parts })
}

/** Published reports of a project, latest first; `state=open` returns the one being written. */
export async function reports(project: Project, viewer: Viewer, query: Record<string, unknown>) {
  if (query.state === 'open') return openReport(project, viewer)
  const { after } = filtersOf(query)
  const below = after === undefined ? null : numberIn(after)
  const found = await listReports(project, below)
  const rows = found.slice(0, REPORTS_PER_PAGE).map((row) => ({
    ...row,
    ref: reportRef(project.code, row.number),
    project_id: project.id,
    state: 'published',
    ratings: RATED.map((dimension) => ({ dimension, rating: row.ratings[dimension] })),
  }))
  const last = rows.at(-1)?.number ?? 0
  const next = found.length > rows.length ? ([last, last] as [number, number]) : null
  return listAnswer(() => reportHeadShape, { rows, next })
}

function numberIn(cursor: unknown) {
  const [number] = decodeCursor(String(cursor)) ?? []
  if (!NUMBER.test(String(number))) throw new Problem('invalid_cursor')
  return Number(number)
}

async function openReport(project: Project, viewer: Viewer) {
  const open = viewer.can('report.read.drafts', project) ? await StatusReport.open(project) : null
  const rows = open ? [await tellReport(open.refersTo(project))] : []
  return listAnswer(() => reportHeadShape, { rows, next: null })
}

type Body = Record<string, any>

/**
 * A change of a draft as the form of reports sends it: what the body leaves out stays. Ratings are matched by
 * dimension; decisions, if given, are the whole list.
 */
export async function reportForm(
  record: StatusReport,
  { ratings: rated, decisions, ...own }: Body
) {
  const present = snakeCased(valuesOf(record, await partsOf(record)))
  return { ...present, ...own, ...ratingFields(rated), ...decisionFields(decisions) }
}

function snakeCased(values: Body): Body {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [fieldName(name), value]))
}

/** The form writes `decision_1_what`, of which snake case would make `decision1_what`. */
function fieldName(name: string) {
  return string.snakeCase(name).replace(/^decision(\d)/, 'decision_$1')
}

function ratingFields(rated: unknown) {
  if (!Array.isArray(rated)) return {}
  const fields: Body = {}
  for (const { dimension, ...row } of rated.filter((part) => part?.dimension in dimensions)) {
    for (const name of ['rating', 'reason', 'path_to_green', 'difference_reason']) {
      if (row[name] !== undefined) fields[`${dimension}_${name}`] = row[name]
    }
  }
  return fields
}

function decisionFields(decisions: unknown) {
  if (!Array.isArray(decisions)) return {}
  const fields: Body = {}
  for (const place of DECISIONS) {
    for (const name of ['what', 'owner_id', 'due_on']) {
      fields[`decision_${place}_${name}`] = decisions[place - 1]?.[name] ?? null
    }
  }
  return fields
}
