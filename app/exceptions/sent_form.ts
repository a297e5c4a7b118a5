import type { HttpContext } from '@adonisjs/core/http'

const FORM = 'application/x-www-form-urlencoded'

/** Names the page that a form stands on, where the page that sends it again is another. */
export const FORM_PAGE = '_form'

/** A form as its page sent it, to be sent once more. */
type SentForm = { action: string; once: string | null; fields: { name: string; value: string }[] }

/**
 * What a form of this site sent, field by field, so that it can be sent again where nothing of it could be kept. Its key
 * goes along: should it have arrived after all, it takes effect once. Null for files, which only their form can send.
 */
export function sentForm({ request }: HttpContext): SentForm | null {
  const raw = request.raw()
  const isForm = request.intended() === 'POST' && request.header('content-type')?.startsWith(FORM)
  if (!raw || !isForm || !isFromHere(request)) return null
  const sent = new URLSearchParams(raw)
  const once = sent.get('_once')
  sent.delete('_once')
  sent.delete(FORM_PAGE)
  return {
    action: request.url(true),
    once,
    fields: [...sent].map(([name, value]) => ({ name, value })),
  }
}

/**
 * Only a form of this site; another could put words into our mouth. A page whose address is kept to itself tells no
 * origin, but its browser says where it stands.
 */
export function isFromHere(request: HttpContext['request']) {
  if (request.header('sec-fetch-site') === 'same-origin') return true
  const origin = request.header('origin')
  return Boolean(origin) && URL.canParse(origin!) && new URL(origin!).host === request.host()
}
