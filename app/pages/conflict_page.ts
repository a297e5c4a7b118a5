import string from '@adonisjs/core/helpers/string'
import Membership from '#models/membership'
import { fieldsOf, type Field } from '#models/raid/fields'
import type RaidItem from '#models/raid_item'
import { latestChange } from '#models/latest_change'
import { day } from '#registries/formats'

/**
 * Both versions of an item that two people edited, field by field. Nothing is decided for the user, but
 * the choice begins at theirs for fields that the user left as the form showed them (`base`).
 */
export async function conflictState(present: RaidItem, mine: Partial<RaidItem>, base: unknown) {
  const shown = readBase(base)
  const fields = fieldsOf(present.type).filter((field) => field.key in mine)
  const names = await Membership.names(
    fields
      .filter((field) => field.kind === 'person')
      .flatMap((field) => [value(present, field), value(mine, field)] as string[])
  )
  const differing = fields.filter((field) => value(present, field) !== value(mine, field))
  const change = await latestChange('raid_item', present.id)
  return {
    item: present,
    changedBy: change.actorName,
    changedAt: change.occurredAt,
    agreed: fields
      .filter((field) => !differing.includes(field))
      .map((field) => ({ name: string.snakeCase(field.key), value: value(mine, field) ?? '' })),
    differing: differing.map((field) => ({
      name: string.snakeCase(field.key),
      label: field.label,
      theirs: value(present, field) ?? '',
      mine: value(mine, field) ?? '',
      theirsShown: display(value(present, field), field, names),
      mineShown: display(value(mine, field), field, names),
      prefersTheirs: field.key in shown && same(shown[field.key], value(mine, field)),
    })),
    base: JSON.stringify(
      Object.fromEntries(fields.map((field) => [field.key, value(present, field)]))
    ),
  }
}

function readBase(base: unknown): Record<string, unknown> {
  try {
    const read = JSON.parse(String(base))
    return read && typeof read === 'object' ? read : {}
  } catch {
    return {}
  }
}

function value(of: object, field: Field) {
  return ((of as any)[field.key] ?? null) as string | number | null
}

/** Line ends come back from a form as CR LF. */
function same(left: unknown, right: unknown) {
  return normal(left) === normal(right)
}

function normal(text: unknown) {
  return String(text ?? '')
    .replaceAll('\r\n', '\n')
    .trim()
}

function display(shown: string | number | null, field: Field, names: Map<string, string>) {
  if (shown === null || shown === '') return ''
  if (field.kind === 'person') return names.get(String(shown)) ?? 'Former member'
  if (field.kind === 'date') return day(String(shown))
  if (field.kind === 'scale') return `${shown} ${field.choices?.[shown]}`
  return field.choices?.[shown] ?? String(shown)
}
