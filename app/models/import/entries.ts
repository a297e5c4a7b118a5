import type { ImportPlan, RaidType, RecordRow, SkippedRow } from '#imports/index'
import type { Viewer } from '#identity/viewer'
import { beginning } from '#models/text/beginning'
import { flawOf } from '#models/import/flaws'
import { matchPeople, peopleKnown, type People } from '#models/import/people'
import { settle } from '#models/import/settling'
import { Assignees } from '#models/import/tasks/assignees'
import { draftOf, type TaskDraft } from '#models/import/tasks/drafts'
import type { ImportChoices } from '#models/import/choices'
import { KnownRecords } from '#models/import/revising/known'
import { revisionsOf, type Revision, type Revisions } from '#models/import/revising/revisions'
import { joinTasks } from '#models/import/tasks/structure'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'

/**
 * A row that becomes an entry of the log, unsaved and without its number yet; `text` is the file's description of it.
 */
export type Entry = { from: string; row: RecordRow; item: RaidItem; text: string; notes: string[] }

/** A row that changes an existing record of the project. */
export type Change = Revision & { from: string }

/** A row that becomes nothing. */
export type LeftRow = { from: string; content: string; reason: string }

export type Outcome = {
  entries: Entry[]
  tasks: TaskDraft[]
  left: LeftRow[]
  changes: Change[]
  /** How many rows say the same as the record. */
  same: number
  known: KnownRecords
}

type Options = {
  viewer: Viewer
  /** What was chosen besides how columns are read. */
  choices: ImportChoices
  /** True when the rows are to be added. */
  held?: boolean
}

/** What the planned rows become in this project, in the order of the file. */
export async function entriesOf(
  project: Project,
  plan: ImportPlan,
  { viewer, choices, held = false }: Options
): Promise<Outcome> {
  const people = await peopleKnown(project, { held })
  const assignees = await Assignees.of(project, people)
  const known =
    choices.known === 'add'
      ? KnownRecords.none(project, viewer, plan)
      : await KnownRecords.of(project, viewer, plan, { held })
  const takes = choices.takes ?? []
  const revisions = await revisionsOf(known, { project, viewer, plan, people, assignees, takes })
  const outcome: Outcome = {
    entries: [],
    tasks: [],
    known,
    left: revisions.refused.map((refused) => refusedRow(refused, plan)),
    changes: revisions.revised.map((change) => ({ ...change, from: placeOf(change.row, plan) })),
    same: revisions.same.length,
  }
  const context = { project, plan, people, assignees, outcome }
  for (const row of plan.rows) {
    if (row.kind === 'skipped') outcome.left.push(leftRow(row, plan))
    else if (known.of(row)) continue
    else if (row.type === 'task') addTask(row, context)
    else addEntry(row, row.type, context)
  }
  joinTasks(outcome.tasks, known)
  return outcome
}

type Context = {
  project: Project
  plan: ImportPlan
  people: People
  assignees: Assignees
  outcome: Outcome
}

function addTask(row: RecordRow, { project, plan, assignees, outcome }: Context) {
  const from = placeOf(row, plan)
  const draft = draftOf(row, project, assignees, { from, origin: originOf(row, plan) })
  if (typeof draft !== 'string') outcome.tasks.push(draft)
  else outcome.left.push({ from, content: String(row.attributes.title ?? ''), reason: draft })
}

function addEntry(row: RecordRow, type: RaidType, { project, plan, people, outcome }: Context) {
  const { values, kept, notes } = settle(type, row.attributes)
  const matched = matchPeople(values, people)
  const text = joined(values.description, ...kept)
  const item = RaidItem.draft(project, {
    ...values,
    ...matched.values,
    type,
    description: joined(text, originOf(row, plan)),
  })
  const from = placeOf(row, plan)
  const flaw = flawOf(item)
  if (flaw) outcome.left.push({ from, content: item.title ?? '', reason: flaw })
  else
    outcome.entries.push({
      from,
      row,
      item,
      text,
      notes: [...row.notes, ...notes, ...matched.notes],
    })
}

function joined(...parts: unknown[]) {
  return parts.filter(Boolean).join('\n\n')
}

/** Leads a reader back to the row, and to the reference by which other documents know it. */
function originOf(row: RecordRow, plan: ImportPlan) {
  const place = plan.format === 'xlsx' ? `${row.sheet} row ${row.row}` : `row ${row.row}`
  const id = row.sourceId && `id ${row.sourceId}`
  const parent = row.parentSourceId && `under ${row.parentSourceId}`
  const parts = [`Imported from ${plan.fileName}`, place, id, parent].filter(Boolean)
  return parts.join(', ').replaceAll('\0', '').toWellFormed()
}

function refusedRow({ row, ref, reason }: Revisions['refused'][number], plan: ImportPlan): LeftRow {
  const content = [ref ?? row.sourceId, row.attributes.title].filter(Boolean).join(' ')
  return { from: placeOf(row, plan), content: beginning(content, 300), reason }
}

function leftRow(row: SkippedRow, plan: ImportPlan): LeftRow {
  return { from: placeOf(row, plan), content: row.text, reason: sentence(row.reason) }
}

function placeOf(row: { sheet: string; row: number; hidden: boolean }, plan: ImportPlan) {
  const place = plan.format === 'xlsx' ? `${row.sheet} ${row.row}` : `Row ${row.row}`
  return row.hidden ? `${place}, hidden` : place
}

function sentence(text: string) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
