import { Session } from '@adonisjs/session'

/** By these names pages are told what to say: whoever types has no word in it. */
export const TOLD = [
  'success',
  'info',
  'warning',
  'error',
  'undo',
  'made',
  'refused',
  'errorsBag',
  'inputErrorsBag',
  'api_token',
  'calendar_address',
  'invitation_links',
  'found_people',
]

/** What was typed, under any names but those. */
export function withoutTold(typed: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !TOLD.includes(name)))
}

/** Has what was typed wait for the next page under any names but those, once, at boot. */
export function keepToldNames() {
  const { flashExcept } = Session.prototype
  Session.prototype.flashExcept = function (keys: string[]) {
    flashExcept.call(this, [...keys, ...TOLD])
  }
}
