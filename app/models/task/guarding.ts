import RaidItem from '#models/raid_item'

type Answering = { raidItemId: string | null }

/** SQL that is true of the tasks that respond to an entry kept to a few people. */
export const IS_GUARDED = `exists (select from raid_items
  where raid_items.organisation_id = tasks.organisation_id
    and raid_items.id = tasks.raid_item_id and raid_items.sensitivity <> 'normal')`

/** The RAID entries that the tasks respond to, limited to those kept to a few people. */
export async function guardedSources(tasks: Answering[]) {
  const ids = tasks.flatMap(({ raidItemId }) => raidItemId ?? [])
  if (ids.length === 0) return new Set<string>()
  const items = await RaidItem.query().whereIn('id', ids).whereNot('sensitivity', 'normal')
  return new Set(items.map(({ id }) => id))
}

/**
 * True of an entry that is kept to a few people: mails and calendars reach far, so a task for it is named by its ref
 * alone.
 */
export function isGuarded(item: Pick<RaidItem, 'sensitivity'> | null) {
  return item !== null && item.sensitivity !== 'normal'
}
