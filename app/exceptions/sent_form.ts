import type { HttpContext } from '@adonisjs/core/http'
import { isFromHere } from '#identity/typed_words'

const FORM = 'application/x-www-form-urlencoded'

/** The field naming the form's page, where another page sends it again. */
export const FORM_PAGE = '_form'

/** A form as its page sent it, to be sent again. */
type SentForm = { action: string; once: string | null; fields: { name: string; value: string }[] }

/**
 * The fields that a form of this site sent, so that it can be sent again when nothing of it could be saved. Its key is
 * included: should the first have arrived after all, it takes effect once. Null for files, which only their own form
 * can send.
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
