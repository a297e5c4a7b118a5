import type { HttpContext } from '@adonisjs/core/http'
import type { Twin } from '#models/saving/twin'

type Added = {
  id: string
  ref: string
  /** One of the same title that the same person added shortly before. */
  twin: Twin | null
  /** The list's address, under which its records are. */
  list: string
  /** The form for one more of the same kind. */
  form: string
  /** Where the user came from, if not the list. */
  from?: { href: string; label: string }
}

/** Answers a form that added a record: with the record's page, or with an empty form to add another. */
export function added(
  { request, response, session }: HttpContext,
  { id, ref, twin, list, form, from }: Added
) {
  const page = `${list}/${id}`
  session.flash('success', `${ref} was added.${twin ? ` ${twinWords(twin)}` : ''}`)
  const goesOn = request.input('then') === 'another'
  const back = from ?? (twin && { href: `${list}/${twin.id}`, label: `Open ${twin.ref}` })
  const made = goesOn ? { href: page, label: `Open ${ref}` } : back
  if (made) session.flash('made', made)
  return response.seeOther(goesOn ? form : page)
}

function twinWords({ ref }: Twin) {
  return `You added ${ref} with the same title shortly before.`
}
