import { Door, findElsewhere, type Place } from '#privacy/erasure/door'
import { filesNaming } from '#privacy/erasure/files'
import type { Recognition } from '#privacy/erasure/recognition'
import { isRequest, ownRequests } from '#privacy/erasure/requests'
import { sealedNaming } from '#privacy/erasure/sealed'
import type { Work } from '#privacy/erasure/work'
import { PLATFORM } from '#tenancy/tenancy'

export type Found = Place & { organisationId: string }

export const AUDIT_VALUES = 'audit.event_values'

/** Everything that still names the person: every text and byte column, encrypted ones, kept values, and files. */
export async function searchEverywhere(work: Work): Promise<Found[]> {
  const found: Found[] = []
  for (const organisationId of work.organisations) {
    found.push(...(await searchIn(work, organisationId)))
    await work.tick(organisationId)
  }
  const own = await ownRequests(work)
  const others = found.filter((one) => !isRequest(one) || !own.has(one.rowKey))
  const elsewhere = await findElsewhere(work.recognition)
  return [...others, ...elsewhere.map((place) => ({ ...place, organisationId: PLATFORM }))]
}

function searchIn(work: Work, organisationId: string) {
  return searchOrganisation(organisationId, work.recognition, work.standsIn(organisationId))
}

/** What names the person in an organisation; files take long, and are searched only where that is worth it. */
export async function searchOrganisation(
  organisationId: string,
  recognition: Recognition,
  alsoFiles = true
): Promise<Found[]> {
  const places = await Door.open(organisationId, async (door) => [
    ...(await door.find(recognition)),
    ...byEvent(await door.findValues(recognition)),
  ])
  const sealed = await sealedNaming(organisationId, recognition)
  const files = alsoFiles ? await filesNaming(organisationId, recognition) : []
  return [...onePerRow([...places, ...sealed]), ...files].map((place) => ({
    ...place,
    organisationId,
  }))
}

function byEvent(values: { event: string; path: string }[]): Place[] {
  const events = Map.groupBy(values, ({ event }) => event)
  return [...events].map(([rowKey, paths]) => ({
    place: AUDIT_VALUES,
    rowKey,
    columns: paths.map(({ path }) => path),
  }))
}

/** A row whose plain and encrypted columns both name the person is one place. */
function onePerRow(places: Place[]): Place[] {
  const rows = Map.groupBy(places, ({ place, rowKey }) => `${place} ${rowKey}`)
  return [...rows.values()].map(([first, ...rest]) => ({
    ...first,
    columns: [...first.columns, ...rest.flatMap(({ columns }) => columns)],
  }))
}
