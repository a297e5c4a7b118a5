import type { Viewer } from '#identity/viewer'
import type { ImportPlan } from '#imports/index'
import type { ImportChoices } from '#models/import/choices'
import { controls } from '#models/import/controls'
import type { Change, Outcome } from '#models/import/entries'
import { absentFrom } from '#models/import/revising/absent'
import { digestOf, takeOf } from '#models/import/revising/revisions'
import type { Revised } from '#models/import/revising/known'
import type Project from '#models/project'
import Task from '#models/task'
import { changedFields, namesFor } from '#pages/imports/change'
import { number } from '#models/text/numbers'
import { rows } from '#pages/imports/terms'

/** How many changes make a page. */
const PER_PAGE = 50
const MOST_ABSENT = 50

type Context = {
  project: Project
  viewer: Viewer
  plan: ImportPlan
  choices: ImportChoices
  outcome: Outcome
  page: number
  all: boolean
  /** The address of the draft. */
  draft: string
}

/** A file's changes to records of the project: field by field, a page at a time, and what it leaves out. */
export async function importChangesState(context: Context) {
  const { choices, outcome, page } = context
  const { changes, same } = outcome
  const last = Math.max(1, Math.ceil(changes.length / PER_PAGE))
  const present = Math.min(Math.max(1, page), last)
  const shown = changes.slice((present - 1) * PER_PAGE, present * PER_PAGE)
  const names = await namesFor(
    shown.map(({ record }) => record),
    context.project
  )
  const conflicts = changes.filter(({ isConflict }) => isConflict)
  const taken = changes.filter(({ isTaken }) => isTaken).length
  return {
    total: changes.length,
    taken,
    conflicts: conflicts.length,
    left: conflicts.filter(({ isTaken }) => !isTaken).length,
    rows: shown.map((change) => changeRow(change, names, context)),
    ...(same > 0 && {
      same: `${rows(same)} ${same === 1 ? 'matches its record' : 'match their records'} and will not change anything.`,
    }),
    heading: headingFor(changes.length, taken, same),
    warning: conflictWords(conflicts.length),
    pages: last > 1 ? pagesOf(context, present, last) : null,
    controls,
    seen: changes.length > 0 ? digestOf(changes) : null,
    known: isAnswered(context) && { value: choices.known ?? '', offers: KNOWN },
    absent: await absentState(context),
  }
}

const KNOWN = [
  { value: '', label: 'Update the existing records' },
  { value: 'add', label: 'Add all rows as new records' },
]

/** Asked only for a file that names records, or once it was answered. */
function isAnswered({ choices, outcome }: Context) {
  return choices.known === 'add' || outcome.known.ids.size > 0
}

function changeRow(
  { from, record, order, version, isConflict, isTaken, notes }: Change,
  names: Map<string, string>,
  { project }: Context
) {
  return {
    from,
    isConflict,
    isTaken,
    notes,
    ...naming(record, project),
    take: takeOf(record.id, version),
    fields: changedFields(record, order, names),
  }
}

function naming(record: Revised, project: Project) {
  const isTask = record instanceof Task
  return {
    ref: record.ref,
    title: record.$original.title ?? record.title,
    icon: isTask ? 'task' : record.type,
    href: `/projects/${project.id}/${isTask ? 'tasks' : 'raid'}/${record.id}`,
  }
}

async function absentState({ all, outcome, plan, project, viewer }: Context) {
  const most = all ? 5000 : MOST_ABSENT
  const { count, records } = await absentFrom(outcome.known, { project, viewer, plan }, most)
  return {
    count,
    records: records.map((record) => naming(record, project)),
    more: count > records.length ? `The first ${records.length} of ${count}.` : null,
  }
}

/** As the button counts them: conflicts that are not chosen will not be changed. */
function headingFor(changes: number, taken: number, same: number) {
  const records = changes === 1 ? 'record' : 'records'
  const of = taken === changes ? '' : `${number(taken)} of `
  if (changes > 0 && taken === 0) return 'No record will be changed'
  if (changes > 0) return `${of}${number(changes)} ${records} will be changed`
  return same > 0 ? 'No records will be changed' : ''
}

function conflictWords(count: number) {
  const were = count === 1 ? 'One record was' : `${number(count)} records were`
  return `${were} changed here since the file was made. Such changes are left out unless you choose them below.`
}

function pagesOf({ outcome, draft }: Context, present: number, last: number) {
  const path = (page: number) => `${draft}/edit?page=${page}#import-changes`
  const first = (present - 1) * PER_PAGE + 1
  const end = Math.min(present * PER_PAGE, outcome.changes.length)
  return {
    summary: `${first} to ${end} of ${number(outcome.changes.length)}`,
    previous: present > 1 ? path(present - 1) : null,
    next: present < last ? path(present + 1) : null,
  }
}
