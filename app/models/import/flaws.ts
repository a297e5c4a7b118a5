import string from '@adonisjs/core/helpers/string'
import { errors } from '@vinejs/vine'
import { fieldLabel } from '#models/raid/fields'
import { statuses, type RaidType } from '#models/raid/enumerations'
import { violations } from '#models/raid/rules'
import type RaidItem from '#models/raid_item'
import { importedDates, raidItemValidator } from '#validators/raid_item'

/**
 * Why the log refuses an imported item, or null. The item passes the same validator and the same rules
 * as one typed into the form, so that no constraint of the database is met unprepared.
 */
export async function flawOf(item: RaidItem): Promise<string | null> {
  if (!(item.status in statuses[item.type])) return 'Status: not one of this type'
  return (await invalidField(item)) ?? violations(item)[0]?.message ?? null
}

async function invalidField(item: RaidItem) {
  const fields = Object.fromEntries(
    Object.entries(item.$attributes).map(([name, value]) => [string.snakeCase(name), value])
  )
  try {
    await raidItemValidator(item.type).validate(fields)
    await importedDates.validate(fields)
    return null
  } catch (error) {
    if (error instanceof errors.E_VALIDATION_ERROR) return messageOf(item.type, error)
    throw error
  }
}

function messageOf(type: RaidType, error: { messages: { field: string; message: string }[] }) {
  const [{ field, message }] = error.messages
  return `${fieldLabel(type, string.camelCase(field))}: ${message}`
}
