import type { Viewer } from '#identity/viewer'
import { latestChange } from '#models/latest_change'
import { fieldsOf } from '#models/raid/fields'
import { peopleAsInput } from '#models/raid/people'
import type RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { formValues } from '#pages/raid_form_page'
import { twoVersions, type Values } from '#pages/two_versions'

/** What the page of two versions of one item shows. */
export async function conflictState(
  present: RaidItem,
  mine: Values,
  base: unknown,
  viewer: Viewer
) {
  const theirs = { ...formValues(present), readerIds: await RaidReader.of(present) }
  const change = await latestChange('raid_item', present.id)
  return {
    item: present,
    changedBy: change.actorName,
    changedAt: change.occurredAt,
    ...(await twoVersions(fieldsOf(present.type), { theirs, mine: asSent(mine), base }, viewer)),
  }
}

/** People go back into the one field that named them, so far as the form had it. */
function asSent(mine: Values): Values {
  return { ...mine, ...peopleAsInput(mine as Partial<RaidItem>) }
}
