import type { Entry } from '#models/import/entries'
import { createMany } from '#models/saving/many'
import type Project from '#models/project'
import { allocateNumbers } from '#models/project/numbers'
import { types, type RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'

const BATCH = 1000

/**
 * Adds the entries to the project's log, in order, with one audit event each; `told` receives the number done so far.
 * Thousands of rows are inserted in a few statements; each event is the one that the model's own hook would have
 * written.
 */
export async function addEntries(
  importId: string,
  project: Project,
  entries: Entry[],
  told: (done: number) => Promise<unknown>
) {
  const items = entries.map(({ item }) => item)
  await number(items, project)
  for (const item of items) {
    item.importId = importId
    item.refersTo(project)
    RaidItem.dateClosure(item)
  }
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH)
    await createMany(batch)
    await told(start + batch.length)
  }
}

/** Types are always processed in the same order, so that two imports at once cannot deadlock. */
async function number(items: RaidItem[], project: Project) {
  for (const type of Object.keys(types) as RaidType[]) {
    const ofType = items.filter((item) => item.type === type)
    if (ofType.length === 0) continue
    const first = await allocateNumbers(project.id, type, ofType.length)
    ofType.forEach((item, index) => (item.number = first + index))
  }
}
