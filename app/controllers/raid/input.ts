import string from '@adonisjs/core/helpers/string'
import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import type { RaidType } from '#models/raid/enumerations'
import { unknownReferences, violations, type Violation } from '#models/raid/rules'
import type RaidItem from '#models/raid_item'
import { raidItemValidator } from '#validators/raid_item'

/** The validated fields of an item's form as attributes, and who may read it if it is kept to named people. */
export async function itemInput(request: HttpContext['request'], type: RaidType) {
  const { reader_ids: readerIds, ...fields } = await request.validateUsing(raidItemValidator(type))
  const attributes = Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [string.camelCase(name), value])
  )
  return {
    attributes: attributes as Partial<RaidItem>,
    readerIds: readerIds as string[] | undefined,
  }
}

/** Refuses an item that breaks a rule, beside the fields concerned. */
export async function refuseViolations(item: RaidItem, readerIds?: string[]) {
  refuse([...violations(item), ...(await unknownReferences(item, readerIds))])
}

/** Throws a validation error for these fields, if there are any. */
export function refuse(found: Violation[]) {
  if (found.length === 0) return
  throw new errors.E_VALIDATION_ERROR(found.map((violation) => ({ ...violation, rule: 'rule' })))
}
