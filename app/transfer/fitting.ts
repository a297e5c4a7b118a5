import { beginning } from '#models/text/beginning'
import type { References } from '#transfer/catalogue'
import type { Row } from '#transfer/format'
import type { People } from '#transfer/people'

export type Fit = {
  references: References
  people: People
  known: Set<string>
  categories: Map<string, string>
  /** The project’s code, there and here. */
  codes: { from: string; to: string }
}

/**
 * Fits a row of an archive to this organisation: references to what is not here are removed, keeping the name as text.
 * Returns false for a row that needs what it referred to.
 */
export function fits(table: string, row: Row, required: Set<string>, fit: Fit): boolean {
  const { known, people, references } = fit
  const before = { ...row }
  for (const [column, target] of references.get(table) ?? []) {
    const id = row[column]
    if (id === null || id === undefined || known.has(String(id))) continue
    if (target === 'memberships' || target === 'external_resources' || target === 'projects') {
      people.keepName(table, row, column, id)
    }
    row[column] = null
  }
  MENDED[table]?.(row, fit, before)
  return [...required].every((column) => row[column] !== null && row[column] !== undefined)
}

/** An agreement is between two projects of one organisation; here the other one is only a name. */
function forgetSides(row: Row) {
  for (const name of Object.keys(row)) {
    if (/^(home|counterpart)_(answer|reason|proposed|answered)/.test(name)) row[name] = null
  }
  if ('awaited_side' in row) row.awaited_side = null
}

/** What a table's own rules need besides its keys. */
const MENDED: Record<string, (row: Row, fit: Fit, before: Row) => void> = {
  gates(row) {
    // A review belongs with its deciders: here the gate is prepared again.
    if (row.status === 'submitted' || row.status === 'in_review') row.status = 'preparing'
  },
  gate_criteria(row) {
    if (!row.waiver_state || row.waiver_answered_by || row.waiver_state === 'requested') return
    const told = `Elsewhere: ${row.waiver_state} as ${row.waiver_as} because: ${row.waiver_reason}`
    row.note = [row.note, told].filter(Boolean).join('\n\n')
    if (row.assessment === 'waived' || row.assessment === 'not_applicable') {
      Object.assign(row, { assessment: 'not_assessed', assessed_by: null, assessed_at: null })
    }
    for (const name of Object.keys(row)) if (name.startsWith('waiver_')) row[name] = null
  },
  raid_items(row, { categories }) {
    const category = row.category as string | null
    if (category && !categories.has(category)) {
      row.category = null
      row.description = [row.description, `Category elsewhere: ${category}`]
        .filter(Boolean)
        .join('\n\n')
    }
    if (row.counterpart_kind === 'external_resource' && !row.counterpart_external_id) {
      row.counterpart_kind = row.counterpart_name ? 'organisation' : null
    }
    if (!row.counterpart_project_id) forgetSides(row)
    if (row.counterpart_kind === 'project' && !row.counterpart_project_id) {
      row.counterpart_kind = row.counterpart_name ? 'organisation' : null
    }
  },
  gate_evidence(row, { codes: { from, to } }) {
    if (row.kind !== 'record') return
    for (const name of ['name', 'record_ref']) {
      row[name] = String(row[name]).replace(new RegExp(`^${from}(?=-)`), to)
    }
  },
  tasks(row, { people }) {
    if (!row.assignee_id && !row.external_resource_id) row.assignee_id = people.stand
    if (row.source_kind === 'none' || row.raid_item_id) return
    row.source_kind = 'none'
    row.description = [row.description, 'Followed from what was decided or reported elsewhere.']
      .filter(Boolean)
      .join('\n\n')
  },
  task_attachments(row) {
    if (row.added_by) row.added_by_external_id = null
  },
  comments(row, { people }, before) {
    const author = before.author_id ?? before.author_external_id
    if (row.author_id || row.author_external_id) return
    row.author_id = people.stand
    const told = `*${people.nameOf(author)} wrote elsewhere:*\n\n${row.body}`
    row.body = beginning(told, 10_000)
  },
}
