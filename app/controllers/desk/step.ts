import type { HttpContext } from '@adonisjs/core/http'
import PrivacyRequest from '#models/privacy_request'

/** The request that a step is about, as it was shown. Throws StaleRecord when someone has taken another step since. */
export async function findForStep(id: string, version: number) {
  const found = await PrivacyRequest.findById(id)
  await found.lockRow(version)
  return found
}

/** Back to the page of the request, with a message. */
export function backTo(
  { id }: PrivacyRequest,
  { response, session }: HttpContext,
  message: string
) {
  session.flash('success', message)
  return response.seeOther(`/admin/privacy/${id}`)
}
