import { Session } from '@adonisjs/session'

/** The names by which pages are told what to show; user input must not set them. */
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

/** Flashes user input under any names but those; called once, at boot. */
export function keepToldNames() {
  const { flashExcept } = Session.prototype
  Session.prototype.flashExcept = function (keys: string[]) {
    flashExcept.call(this, [...keys, ...TOLD])
  }
}
