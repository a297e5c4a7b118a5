import type LifecycleTemplate from '#models/lifecycle_template'
import type LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import type LifecycleTemplateStage from '#models/lifecycle_template_stage'

export type Direction = 'up' | 'down'
type Placed = LifecycleTemplateStage | LifecycleTemplateCriterion

/** Moves a row one place. At the end of the list nothing happens, and nothing is recorded. */
export async function move(
  draft: LifecycleTemplate,
  told: string,
  rows: Placed[],
  { id, direction }: { id: string; direction: Direction }
) {
  const place = rows.findIndex((row) => row.id === id)
  const other = rows[place + (direction === 'up' ? -1 : 1)]
  if (!other) return
  const before = rows.map(nameOf)
  const [here, there] = [rows[place].position, other.position]
  // Positions are checked when the transaction ends, so that two rows can swap places.
  await rows[place].merge({ position: there }).save()
  await other.merge({ position: here }).save()
  const after = rows.toSorted((one, two) => one.position - two.position).map(nameOf)
  return draft.tell({ [told]: { before, after } })
}

function nameOf(row: Placed) {
  return 'title' in row ? row.title : row.name
}

/** Positions without gaps, in the rows' order. */
export async function closeRanks(rows: Placed[]) {
  for (const [index, row] of rows.entries()) {
    if (row.position !== index + 1) await row.merge({ position: index + 1 }).save()
  }
}
