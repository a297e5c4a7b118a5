import { ownState, readSituation, stateOf } from '#imports/conversion/read_status'
import { fieldOf, type Target } from '#imports/mapping/fields'
import type { TableType } from '#imports/mapping/mapping'
import type { Profile } from '#imports/mapping/profile'
import { isRecordType, kindOf } from '#imports/vocabulary/kinds'
import { priorityOf } from '#imports/vocabulary/levels'

const MOST_VALUES = 40

/** The distinct values of a choice, status or type column and how each is read ('' when not). */
export function seenValues(
  profile: Profile,
  field: Target,
  type: TableType
): Record<string, string> | null {
  const kind = fieldOf(field)?.kind
  if (kind !== 'choice' && kind !== 'status' && kind !== 'type') return null
  const distinct = [...new Set(profile.texts)].slice(0, MOST_VALUES)
  return Object.fromEntries(distinct.map((text) => [text, readValue(text, field, type, profile)]))
}

function readValue(text: string, field: Target, type: TableType, { choices }: Profile): string {
  if (field === 'type') return kindOf(text) ?? ''
  if (field === 'priority') return priorityOf(text) ?? ''
  if (field !== 'status') return choices.read(field, text)?.value ?? ''
  const situation = readSituation(text)?.situation
  if (!isRecordType(type)) return situation ?? ''
  return ownState(text, type) ?? (situation ? stateOf(situation, type) : '')
}
