import PersonFlag, { flags } from '#models/person_flag'
import type { FoundPerson, OfficePerson } from '#models/office/people'
import { membershipStatuses } from '#models/membership'
import { day, lately, moment } from '#registries/formats'

/** The session's key for what a look-up found. */
export const FOUND = 'found_people'

type Found = { ids: string[]; more: boolean } | undefined

/** The state of `pages/backoffice/people/index`. */
export function lookUpState(people: FoundPerson[], found: Found) {
  return {
    wasAsked: found !== undefined,
    more: found?.more ?? false,
    people: people.map(({ id, name, email, last_signed_in_at: last }) => ({
      id,
      name,
      email,
      seen: last ? lately(last) : 'Never',
    })),
  }
}

/** The state of `pages/backoffice/people/show`. */
export async function personState(person: OfficePerson) {
  const raised = await PersonFlag.raisedFor(person.id)
  return {
    person: { ...person, state: stateOf(person) },
    pairs: [
      { label: 'Email address', value: person.email, none: 'Erased' },
      { label: 'Account since', value: day(person.createdAt) },
      {
        label: 'Last signed in',
        value: person.lastSignedInAt && moment(person.lastSignedInAt),
        none: 'Never',
      },
      { label: 'Sessions', value: person.sessions },
      { label: 'Platform admin', value: person.isStaff ? 'Yes' : 'No' },
    ],
    flags: raised.map(({ flag }) => flags[flag]),
    organisations: person.organisations.map(({ id, name, status }) => ({
      id,
      name,
      status: status === 'active' ? null : membershipStatuses[status],
    })),
  }
}

function stateOf({ email, erasingAt, lastSignedInAt }: OfficePerson) {
  if (!email) return { label: 'Erased', icon: 'stopped' }
  if (erasingAt) return { label: 'Being erased', icon: 'alert', tone: 'warn' }
  if (!lastSignedInAt) return { label: 'Never signed in', icon: 'draft' }
  return { label: 'Active', icon: 'done', tone: 'good' }
}
