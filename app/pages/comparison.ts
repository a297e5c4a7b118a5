import type { LucidRow } from '@adonisjs/lucid/types/model'
import type { Viewer } from '#identity/viewer'
import { latestChange } from '#models/latest_change'
import type { Field } from '#models/raid/fields'
import { twoVersions, type Values } from '#pages/two_versions'

/** A form that was saved after someone else had saved the same record. */
export type Comparison = {
  /** The record as people call it, and the type of its audit events. */
  label: string
  type: string
  /** Whose events tell of changes, where the record has none of its own. */
  entityId?: string
  /** Where the form is sent, and by what method. */
  action: string
  method: 'PUT' | 'POST'
  /** Where the record is seen. */
  back: string
  crumbs: { href: string; label: string }[]
  /** The section of the navigation that it belongs to. */
  current: string
  fields: Field[]
  mine: Values
  present: LucidRow
}

/** What the page of two versions shows. */
export async function comparisonState(
  { fields, mine, present, type, entityId, ...shown }: Comparison,
  base: unknown,
  viewer: Viewer
) {
  const theirs = present.$attributes
  const change = await latestChange(type, entityId ?? theirs.id)
  return {
    ...shown,
    version: theirs.lockVersion,
    changedBy: change.actorName,
    changedAt: change.occurredAt,
    ...(await twoVersions(fields, { theirs, mine, base }, viewer)),
  }
}

/** The values that a form shows, so that a later conflict can tell what its user changed. */
export function shownValues(fields: Field[], row: LucidRow) {
  return JSON.stringify(
    Object.fromEntries(fields.map(({ key }) => [key, row.$attributes[key] ?? null]))
  )
}
