import { peopleWhoSee } from '#models/notification/audience'
import { beginning } from '#models/text/beginning'
import Membership from '#models/membership'
import type Project from '#models/project'

/** A mention at the start of a text, with the membership id. */
export const MENTION = /^@\{member:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}/

const TOKEN = new RegExp(MENTION.source.slice(1), 'g')
const NOBODY = 'someone unknown'
const MISSED = /(?<![\p{L}\p{N}@`])@\p{L}[\p{L}\p{N}’'-]*/u

/** Names by membership id. */
export type Names = ReadonlyMap<string, string>

/** How text names a member: by id, so that erasing an account leaves no name behind. */
export function mentionOf(membershipId: string) {
  return `@{member:${membershipId}}`
}

/**
 * Turns each typed `@Full Name` or `@mail@address` of someone who may see the project into a mention. Text that names
 * no one, or two people with the same name, stays as typed.
 */
export async function writeMentions(text: string, project: Project): Promise<string> {
  if (!text.includes('@')) return text
  const people = await peopleWhoSee(project, text)
  const ids = new Set(people.map(({ id }) => id))
  const known = text.replaceAll(TOKEN, (token, id) => (ids.has(id) ? token : `@${NOBODY}`))
  return [...unambiguous(people)]
    .sort(([one], [other]) => other.length - one.length)
    .reduce((written, [typed, id]) => written.replace(typedAs(typed), mentionOf(id)), known)
}

/** The text with no one mentioned in it, for writers who may not know whom they would reach. */
export function withoutMentions(text: string) {
  return text.replaceAll(TOKEN, `@${NOBODY}`)
}

/** The first word after an @ that mentioned no one, such as `@Mapel`; null when there is none. */
export function missedMention(text: string): string | null {
  return text.match(MISSED)?.[0] ?? null
}

/** The membership ids that a text mentions, each once. */
export function mentionedIn(...texts: (string | null | undefined)[]): string[] {
  const found = texts.flatMap((text) => [...(text ?? '').matchAll(TOKEN)].map(([, id]) => id))
  return [...new Set(found)]
}

/** The present names of everyone whom the texts mention. */
export function namesIn(texts: (string | null | undefined)[]): Promise<Map<string, string>> {
  return Membership.names(mentionedIn(...texts))
}

/** How a member is named. */
export function nameOf(membershipId: string, names: Names) {
  return names.get(membershipId) ?? NOBODY
}

/** The text as plain text, with names; `before` precedes each name. */
export function withNames(text: string, names: Names, before: '@' | '' = '@'): string {
  return text.replaceAll(TOKEN, (_, id) => `${before}${nameOf(id, names)}`)
}

/** The rest of a word or mention that was cut. What is longer is no word: some scripts have no blanks between them. */
const CUT_MENTION = /@\{[^}]*$/
const CUT_WORD = /\s+\S{0,40}$/

/** The beginning of a text that may be long, cut between words and never inside a mention. */
export function excerpt(text: string, most: number) {
  const whole = text.trim()
  if (whole.length <= most) return whole
  return `${beginning(whole, most, '').replace(CUT_MENTION, '').replace(CUT_WORD, '')}…`
}

type Candidate = { id: string; name: string; email: string }

/** What can be typed for each person; a name that two people share means neither. */
function unambiguous(people: Candidate[]): Map<string, string> {
  const found = new Map<string, { typed: string; ids: string[] }>()
  for (const { id, name, email } of people) {
    for (const typed of [name, email]) {
      const known = found.get(typed.toLowerCase())
      if (!known) found.set(typed.toLowerCase(), { typed, ids: [id] })
      else if (!known.ids.includes(id)) known.ids.push(id)
    }
  }
  return new Map(
    [...found.values()]
      .filter(({ ids }) => ids.length === 1)
      .map(({ typed, ids: [id] }) => [typed, id])
  )
}

/** The name after an @ that begins a word, unless it is only the beginning of a longer name. */
function typedAs(name: string) {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+')
  return new RegExp(`(?<![\\p{L}\\p{N}@])@${literal}(?![\\p{L}\\p{N}]|[-’'][\\p{L}\\p{N}])`, 'giu')
}
