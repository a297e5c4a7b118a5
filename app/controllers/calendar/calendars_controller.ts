import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { calendarFile } from '#exports/calendar'
import { feedEntries } from '#exports/calendar_feeds'
import { Viewer } from '#identity/viewer'
import { feedBehind } from '#models/calendar_feed/lookup'
import { feedKinds } from '#models/calendar_feed/kinds'
import { OrganisationSuspended } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

export default class CalendarsController {
  /** What a calendar program reads. A former member's address no longer works. */
  async show({ params, request, response }: HttpContext) {
    const owner = await feedBehind(params.secret)
    if (!owner || owner.kind !== params.kind) throw unknown(request)
    const tenant = { ...owner, requestId: request.id() ?? null }
    const file = await Tenancy.run(tenant, async (entry) => {
      if (!entry) throw unknown(request)
      const viewer = new Viewer(entry)
      const name = `${feedKinds[owner.kind].name}, ${viewer.organisation.name}`
      return calendarFile(name, await feedEntries(owner.kind, viewer))
    }).catch((error) => {
      if (!(error instanceof OrganisationSuspended)) throw error
      return null
    })
    if (file === null) return resting(response)
    response.header('content-type', 'text/calendar; charset=utf-8')
    response.header('content-disposition', `inline; filename="${owner.kind}.ics"`)
    // May be stored, but must be revalidated each time: an address can stop working at any moment.
    response.header('cache-control', 'private, no-cache')
    response.header('x-robots-tag', 'noindex')
    return response.send(file, true)
  }
}

/** Calendars keep what they have and ask again; an empty file would make them discard it. */
function resting(response: HttpContext['response']) {
  response.header('retry-after', String(24 * 3600))
  response.header('content-type', 'text/plain; charset=utf-8')
  return response
    .status(503)
    .send('This organisation is suspended. Its calendar will work again when it is resumed.')
}

function unknown(request: HttpContext['request']) {
  return new errors.E_ROUTE_NOT_FOUND([request.method(), 'a calendar'])
}
