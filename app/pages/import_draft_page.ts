import type { ImportPlan } from '#imports/index'
import type Import from '#models/import'
import { entriesOf, type Entry, type Outcome } from '#models/import/entries'
import Membership from '#models/membership'
import type Project from '#models/project'
import { importChoicesState } from '#pages/import_choices_page'
import { entryFacts } from '#pages/import_entry'
import { entries, rows, size } from '#pages/import_terms'

/** So many rows make a preview; the whole is one link away. */
const PREVIEWED = 50

/** Everything that is shown of a draft: what was found, how it is read, what becomes of each row. */
export async function draftState(project: Project, draft: Import, all: boolean) {
  const plan = await draft.plan()
  const outcome = await entriesOf(project, plan)
  const most = all ? Number.POSITIVE_INFINITY : PREVIEWED
  return {
    file: fileState(draft),
    ...importChoicesState(plan, draft.choices),
    warnings: [...new Set(plan.warnings)],
    preview: await previewState(outcome.entries, most),
    skipped: skippedState(outcome, most),
    ignored: ignoredState(plan),
  }
}

function fileState({ id, fileName, summary: { format, bytes, sheets } }: Import) {
  const content = format === 'csv' ? 'CSV' : `${sheets} ${sheets === 1 ? 'sheet' : 'sheets'}`
  return { id, name: fileName, note: `${content}, ${size(bytes)}` }
}

async function previewState(all: Entry[], most: number) {
  const shown = all.slice(0, most)
  const names = await Membership.names(shown.map(({ item }) => item.ownerId))
  return {
    total: all.length,
    title: entries(all.length),
    rows: shown.map(({ from, item, text, notes }) => ({
      from,
      type: item.type,
      title: item.title,
      status: item.status,
      owner: item.ownerId ? names.get(item.ownerId) : item.ownerLabel,
      isMember: Boolean(item.ownerId),
      facts: entryFacts(item, text),
      notes,
    })),
    more: all.length > shown.length ? `The first ${shown.length} of ${entries(all.length)}.` : null,
  }
}

function skippedState({ left }: Outcome, most: number) {
  const shown = left.slice(0, most)
  return {
    total: left.length,
    title: left.length > 0 ? `${rows(left.length)} skipped` : 'Nothing is skipped',
    rows: shown,
    more: left.length > shown.length ? `The first ${shown.length} of ${rows(left.length)}.` : null,
  }
}

/** Columns whose content goes nowhere: said, so that nobody misses it afterwards. */
function ignoredState(plan: ImportPlan) {
  return plan.tables
    .filter(({ mapping }) => mapping.include)
    .flatMap(({ sheet, mapping, leftOut }) => [
      ...mapping.columns
        .filter(({ field }) => field === 'ignore')
        .map(({ key, header, reason }) => ({ sheet, key, header, reason })),
      ...leftOut.map(({ key, header, reason }) => ({ sheet, key, header, reason })),
    ])
}
