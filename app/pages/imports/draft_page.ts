import type { ImportPlan } from '#imports/index'
import type { Viewer } from '#identity/viewer'
import type Import from '#models/import'
import type { Entry, Outcome } from '#models/import/entries'
import type { TaskDraft } from '#models/import/tasks/drafts'
import Membership from '#models/membership'
import { sizeInWords } from '#models/text/sizes'
import type Project from '#models/project'
import { importChangesState } from '#pages/imports/changes_page'
import { importChoicesState } from '#pages/imports/choices_page'
import { mappingOffers } from '#pages/imports/mapping_pages'
import { entryFacts, taskFacts } from '#pages/imports/entry'
import { records } from '#models/import/words'
import { changesIn, PROBLEMS, rows } from '#pages/imports/terms'
import * as terms from '#registries/terms'

/** How many rows a preview shows; the whole is one link away. */
const PREVIEWED = 50

/** The page of a draft: what was found, how it is read, what becomes of each row. */
export async function draftState(
  project: Project,
  draft: Import,
  { viewer, all, page }: { viewer: Viewer; all: boolean; page: number }
) {
  const plan = await draft.plan()
  const outcome = await draft.outcome(project, plan, viewer)
  const most = all ? Number.POSITIVE_INFINITY : PREVIEWED
  const changes = await importChangesState({
    project,
    viewer,
    plan,
    outcome,
    page,
    all,
    choices: draft.choices,
    draft: `/projects/${project.id}/imports/${draft.id}`,
  })
  const preview = await previewState(outcome, most)
  return {
    file: fileState(draft),
    ...importChoicesState(plan, draft.choices),
    warnings: [...(draft.problem ? [PROBLEMS[draft.problem]] : []), ...new Set(plan.warnings)],
    offers: await mappingOffers(plan),
    preview,
    changes,
    action: actionFor(preview, changes.taken),
    skipped: skippedState(outcome, most),
    ignored: ignoredState(plan),
  }
}

/** The label of the form's button; null when there is nothing to do. */
function actionFor({ total, title }: { total: number; title: string }, taken: number) {
  if (taken === 0) return total > 0 ? `Import ${title}` : null
  return total > 0 ? `Import ${title} and make ${changesIn(taken)}` : `Make ${changesIn(taken)}`
}

function fileState({ id, fileName, summary: { format, bytes, sheets } }: Import) {
  const content =
    format === 'xlsx' ? `${sheets} ${sheets === 1 ? 'sheet' : 'sheets'}` : format.toUpperCase()
  return { id, name: fileName, note: `${content}, ${sizeInWords(bytes)}` }
}

async function previewState({ entries, tasks }: Outcome, most: number) {
  const shown = entries.slice(0, most)
  const names = await Membership.names(shown.map(({ item }) => item.ownerId))
  const previewed = [
    ...shown.map((entry) => entryRow(entry, names)),
    ...tasks.slice(0, most - shown.length).map(taskRow),
  ]
  const total = entries.length + tasks.length
  const title = records({ entries: entries.length, tasks: tasks.length })
  return {
    total,
    title,
    rows: previewed,
    more: total > previewed.length ? `The first ${previewed.length} of ${title}.` : null,
  }
}

function entryRow({ from, item, text, notes }: Entry, names: Map<string, string>) {
  const { type, title, ownerId, ownerLabel } = item
  return {
    from,
    type,
    title,
    notes,
    label: terms.itemTypes[type].label,
    status: terms.itemStatuses[type][item.status],
    owner: ownerId ? names.get(ownerId) : ownerLabel,
    ownerNote: ownerId ? null : 'Not a member',
    facts: entryFacts(item, text),
  }
}

function taskRow(draft: TaskDraft) {
  const { from, task, notes, assigneeName } = draft
  return {
    from,
    title: task.title,
    notes,
    type: 'task',
    label: 'Task',
    isPart: draft.parent !== null,
    status: terms.taskStatuses[task.status],
    owner: assigneeName,
    ownerNote: task.externalResourceId ? 'External' : null,
    facts: taskFacts(draft),
  }
}

function skippedState({ left }: Outcome, most: number) {
  const shown = left.slice(0, most)
  return {
    total: left.length,
    title: left.length > 0 ? `${rows(left.length)} skipped` : 'No rows are skipped',
    rows: shown,
    more: left.length > shown.length ? `The first ${shown.length} of ${rows(left.length)}.` : null,
  }
}

/** Columns whose content is dropped: said here, so that no one misses it afterwards. */
function ignoredState(plan: ImportPlan) {
  return plan.tables
    .filter(({ mapping }) => mapping.include)
    .flatMap(({ sheet, mapping, leftOut }) => [
      ...mapping.columns
        .filter(({ field }) => field === 'ignore')
        .map(({ key, header, reason }) => ({ sheet, key, header, reason })),
      ...leftOut.map(({ key, header, reason }) => ({ sheet, key, header, reason })),
    ])
    .map(({ reason, ...column }) => ({
      ...column,
      reason: reason.charAt(0).toUpperCase() + reason.slice(1),
    }))
}
