import { errors as lucidErrors } from '@adonisjs/lucid'
import { errors } from '@vinejs/vine'
import { isForeignKeyViolation, isUniqueViolation } from '#tenancy/sql'

/** What breaks a rule, and the form field beside which it is shown. */
export type Violation = { field: string; message: string }

/** Refuses what breaks a rule, with the message beside the field. */
export function refuse(field: string, message: string): never {
  throw refusal([{ field, message }])
}

/** Refuses everything that breaks a rule, if anything does. */
export function refuseAll(found: Violation[]) {
  if (found.length > 0) throw refusal(found)
}

/**
 * Refuses what the database already has: two requests may ask for the same at one moment, so only the database can
 * tell.
 */
export function refuseTaken<T>(saving: Promise<T>, { field, message }: Violation): Promise<T> {
  return saving.catch((error) => {
    if (!isUniqueViolation(error)) throw error
    refuse(field, message)
  })
}

/**
 * When the parent record was deleted since it was read, as by undoing an import, answers as for any record that does
 * not exist.
 */
export function orGone<T>(saving: Promise<T>): Promise<T> {
  return saving.catch((error) => {
    throw isForeignKeyViolation(error) ? new lucidErrors.E_ROW_NOT_FOUND() : error
  })
}

/** What was refused, by field. Any other error is rethrown. */
export function violationsIn(error: unknown): Violation[] {
  if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
  return error.messages
}

/** Why something was refused, when there is no field to show it beside. Any other error is rethrown. */
export function reasonIn(error: unknown): string {
  return violationsIn(error)
    .map(({ message }) => message)
    .join(' ')
}

function refusal(found: Violation[]) {
  return new errors.E_VALIDATION_ERROR(found.map((violation) => ({ ...violation, rule: 'rule' })))
}
