import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'

type Added = {
  id: string
  ref: string
  title: string
  /** The list's address, under which its records are. */
  list: string
  /** The form for one more of the same kind. */
  form: string
  /** Where the user came from, if not the list. */
  from?: { href: string; label: string }
}

/** The key under which a session remembers what was added in it last. */
const LATEST = 'added'

type Latest = { id: string; ref: string; form: string; title: string; at: number }

const SHORTLY_MS = 10 * 60_000

/** Answers a form that added a record: with the record's page, or with an empty form to add another. */
export function added({ request, response, session }: HttpContext, record: Added) {
  const { id, ref, list, form, from } = record
  const page = `${list}/${id}`
  const twin = twinOf(record, session)
  session.flash('success', `${ref} was added.${twin ? ` ${twinWords(twin)}` : ''}`)
  const goesOn = request.input('then') === 'another'
  const back = from ?? (twin && { href: `${list}/${twin.id}`, label: `Open ${twin.ref}` })
  const made = goesOn ? { href: page, label: `Open ${ref}` } : back
  if (made) session.flash('made', made)
  return response.seeOther(goesOn ? form : page)
}

/**
 * What the same form added last in this session, if it has the same title and is recent: without JavaScript, going back
 * brings a filled form that counts as a new one.
 */
function twinOf({ id, ref, title, form }: Added, session: HttpContext['session']) {
  const latest: Latest | undefined = session.get(LATEST)
  const present = { id, ref, form, title: digestOf(title), at: Date.now() }
  session.put(LATEST, present)
  const isTwin =
    latest?.form === form && latest.title === present.title && latest.at > present.at - SHORTLY_MS
  return isTwin ? latest : null
}

function digestOf(title: string) {
  return createHash('sha256').update(title).digest('base64url')
}

function twinWords({ ref }: Latest) {
  return `You added ${ref} with the same title shortly before.`
}
