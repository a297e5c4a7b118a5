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

/** Has what was typed wait for the next page under any names but those, once, at boot. */
export function keepToldNames() {
  const { flashExcept } = Session.prototype
  Session.prototype.flashExcept = function (keys: string[]) {
    flashExcept.call(this, [...keys, ...TOLD])
  }
}
