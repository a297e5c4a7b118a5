import { v7 as uuidv7 } from 'uuid'
import Erasure from '#models/erasure'
import { collectTraces } from '#privacy/erasure/collecting'
import type { Erasable } from '#privacy/erasure/door'
import { erasureSteps } from '#privacy/erasure/steps'
import { workOn, type Counts } from '#privacy/erasure/work'
import { everyOrganisation } from '#tenancy/organisations'

/** What each step would do, in order; null when that shows only in doing it. Changes nothing. */
export async function previewErasure(person: Erasable) {
  const known = { account: person, names: [], emails: [], externals: [] }
  const traces = await collectTraces(known, await everyOrganisation())
  const planned = new Erasure().merge({
    id: uuidv7(),
    label: 'Former member 0000',
    requestId: null,
  })
  const work = await workOn(planned, traces)
  const previews: { name: string; title: string; counts: Counts | null }[] = []
  for (const { name, title, preview } of erasureSteps) {
    previews.push({ name, title, counts: preview ? await preview(work) : null })
  }
  return previews
}
