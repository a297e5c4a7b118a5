import { errors } from '@vinejs/vine'

/** Refuses what breaks a rule, with the message beside the field that people see. */
export function refuse(field: string, message: string): never {
  throw new errors.E_VALIDATION_ERROR([{ field, message, rule: 'rule' }])
}

/** Refuses everything that breaks a rule, if anything does. */
export function refuseAll(found: { field: string; message: string }[]) {
  if (found.length === 0) return
  throw new errors.E_VALIDATION_ERROR(found.map((violation) => ({ ...violation, rule: 'rule' })))
}
