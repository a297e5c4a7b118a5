import type { HttpContext } from '@adonisjs/core/http'

type Added = {
  ref: string
  page: string
  /** The form for one more of the same kind. */
  form: string
  /** Where the user came from, if not the list. */
  from?: { href: string; label: string }
}

/** Answers a form that added a record: with the record's page, or with an empty form to add another. */
export function added(
  { request, response, session }: HttpContext,
  { ref, page, form, from }: Added
) {
  session.flash('success', `${ref} was added.`)
  const goesOn = request.input('then') === 'another'
  const made = goesOn ? { href: page, label: `Open ${ref}` } : from
  if (made) session.flash('made', made)
  return response.seeOther(goesOn ? form : page)
}
