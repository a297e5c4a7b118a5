import { Session } from '@adonisjs/session'
import { USER_KEY } from '#identity/session_store'

/** Far more than any form for visitors can be filled in with. */
const MOST = 50_000

/**
 * Flashes no more than that of a visitor's refused form, who may open any number of sessions, each stored for a day;
 * called once, at boot.
 */
export function boundVisitorsInput() {
  const { flashExcept } = Session.prototype
  Session.prototype.flashExcept = function (keys: string[]) {
    flashExcept.call(this, keys)
    if (this.get(USER_KEY)) return
    const size = JSON.stringify(this.responseFlashMessages.get('input')).length
    if (size > MOST) this.responseFlashMessages.unset('input')
  }
}
