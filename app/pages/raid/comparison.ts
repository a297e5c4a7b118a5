import { formFieldsOf } from '#models/raid/fields'
import { peopleAsInput } from '#models/raid/people'
import type RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import type { Comparison } from '#pages/comparison'
import { formValues } from '#pages/raid/form_page'
import type { Values } from '#pages/two_versions'

/** An item that two people edited. */
export async function raidComparison(present: RaidItem, mine: Values): Promise<Comparison> {
  const { ref } = present
  const log = `/projects/${present.projectId}/raid`
  const page = `${log}/${present.id}`
  return {
    label: ref,
    eyebrow: ref,
    type: 'raid_item',
    action: page,
    back: page,
    crumbs: [
      { href: log, label: 'RAID log' },
      { href: page, label: ref },
    ],
    current: 'project.raid',
    fields: formFieldsOf(present.type),
    present,
    mine: asSent(mine),
    theirs: { ...formValues(present), readerIds: await RaidReader.of(present) },
  }
}

/** People go back into the one field that named them, as far as the form had it. */
function asSent(mine: Values): Values {
  return { ...mine, ...peopleAsInput(mine as Partial<RaidItem>) }
}
