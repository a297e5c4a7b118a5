import type { HttpContext } from '@adonisjs/core/http'
import { onPlatform } from '#identity/platform'
import { changeProfile } from '#models/user/profile'
import { refuse } from '#models/violation'
import { profileInWords, profileState } from '#pages/account/profile_page'
import { updateProfile } from '#validators/profile'

export default class ProfilesController {
  edit({ htmx, person }: HttpContext) {
    return htmx.page('pages/account/profile', profileState(person!))
  }

  /** Saves an edit. When two windows conflict, the person decides, and what they typed stays. */
  async update(ctx: HttpContext) {
    const { person, request, response, session } = ctx
    const input = await request.validateUsing(updateProfile)
    const { name, time_zone: timeZone = null, theme = null, lock_version: version } = input
    const isSaved = await onPlatform(ctx, () =>
      changeProfile(person!, { name, timeZone, theme }, version)
    )
    if (!isSaved) refuse('lock_version', changedElsewhere(profileInWords(person!)))
    session.flash('success', 'Your profile was saved.')
    return response.seeOther('/profile')
  }
}

function changedElsewhere(present: string) {
  return `You saved your profile in another window: ${present}. Check the details below and save again.`
}
