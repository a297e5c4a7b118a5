import type { DeclaredRatings } from '#models/health/declared'
import type { ReportDecision, ReportParts } from '#models/report/parts'
import { unrated } from '#models/report/parts'
import { MOST_DECISIONS, RATED } from '#models/report/enumerations'
import { shown } from '#models/report/record/moves'
import type { ProjectRecord } from '#models/report/record/record'
import { refOf } from '#models/raid/refs'
import type Project from '#models/project'
import { inWords, today, addDays } from '#models/days'
import { taskRef } from '#models/task/refs'

/** How many days ahead gates are listed as planned. */
const AHEAD = 45

/** The initial content of a new report, taken from the records: its manager edits and adds to it. */
export function prefilled(project: Project, record: ProjectRecord, declared: DeclaredRatings) {
  return {
    achieved: textOf(achieved(project, record)),
    planned: textOf(planned(project, record)),
    parts: { ratings: ratingsFrom(declared), decisions: decisionsIn(project, record) },
  }
}

/**
 * The current declaration, from the previous report or since, with its reason: changing one means changing the other.
 */
function ratingsFrom(declared: DeclaredRatings): ReportParts['ratings'] {
  return RATED.map((dimension) => {
    const stands = declared[dimension]
    if (!stands) return unrated(dimension)
    const { rating, reason, pathToGreen, differenceReason } = stands
    return { dimension, rating, reason, pathToGreen, differenceReason }
  })
}

function achieved({ code }: Project, { content, tasks }: ProjectRecord) {
  const [moves] = shown(content.moves)
  const decided = moves.filter(({ kind }) => kind === 'gate_decided')
  const closed = moves.filter(({ kind }) => kind === 'closed')
  const done = tasks.filter(({ kind }) => kind === 'done')
  return [
    ...decided.map(({ ref, title, to }) => `${ref} ${title}: ${to}`),
    ...done.map((row) => `${taskRef(code, row.number)} ${row.title}, done ${inWords(row.on)}`),
    ...closed.map(({ ref, title }) => `${ref} closed: ${title}`),
  ]
}

function planned({ code }: Project, { content, tasks }: ProjectRecord) {
  const near = addDays(today(), AHEAD)
  const gates = content.milestones.filter(
    ({ ref, forecast_on: on, actual_on: actual, outcome }) => {
      const isExpected = ref !== null && actual === null && outcome !== 'rejected'
      return isExpected && on !== null && on >= today() && on <= near
    }
  )
  const due = tasks.filter(({ kind }) => kind === 'due')
  return [
    ...gates.map(({ ref, name, forecast_on: on }) => `${ref} ${name}, expected ${inWords(on!)}`),
    ...due.map((row) => `${taskRef(code, row.number)} ${row.title}, due ${inWords(row.on)}`),
  ]
}

/** The decisions that the log is still waiting for. */
function decisionsIn({ code }: Project, { rows }: ProjectRecord): ReportDecision[] {
  return rows
    .filter((row) => row.type === 'decision' && row.status === 'proposed')
    .toSorted((one, other) => ((one.due_on ?? '~') < (other.due_on ?? '~') ? -1 : 1))
    .slice(0, MOST_DECISIONS)
    .map((row) => ({
      what: `${refOf(code, row)} ${row.title}`,
      ownerId: row.decider_id ?? row.owner_id,
      dueOn: row.due_on,
    }))
}

function textOf(lines: string[]) {
  return lines.length > 0 ? lines.map((line) => `- ${line}`).join('\n') : null
}
