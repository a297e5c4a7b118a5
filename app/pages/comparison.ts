import type { LucidRow } from '@adonisjs/lucid/types/model'
import type { Viewer } from '#identity/viewer'
import { latestChange } from '#models/saving/latest_change'
import type { Field } from '#models/raid/fields'
import { twoVersions, type Values } from '#pages/two_versions'

/** A form that was saved after someone else had saved the same record. */
export type Comparison = {
  /** The record's name, with its ref if it has one, and the type of its audit events. */
  label: string
  eyebrow?: string
  type: string
  /** The type whose events record changes, if the record has none of its own. */
  entityId?: string
  /** Where the form is sent, by PUT unless stated otherwise. */
  action: string
  method?: 'POST'
  /** The record's own page. */
  back: string
  crumbs: { href: string; label: string }[]
  /** The section of the navigation that it belongs to. */
  current?: string
  fields: Field[]
  mine: Values
  present: LucidRow
  /** The present values of fields that do not hold what the record's columns do. */
  theirs?: Values
}

/** What the page of two versions shows. */
export async function comparisonState(
  { fields, mine, present, theirs, type, entityId, ...shown }: Comparison,
  base: unknown,
  viewer: Viewer
) {
  const kept = present.$attributes
  const change = await latestChange(type, entityId ?? kept.id)
  return {
    method: 'PUT',
    ...shown,
    version: kept.lockVersion,
    changedBy: change.actorName,
    changedAt: change.occurredAt,
    ...(await twoVersions(fields, { theirs: theirs ?? kept, mine, base }, viewer)),
  }
}

/** The values that a form shows, so that a later conflict can tell what its user changed. */
export function shownValues(fields: Field[], row: LucidRow) {
  return JSON.stringify(
    Object.fromEntries(fields.map(({ key }) => [key, row.$attributes[key] ?? null]))
  )
}
