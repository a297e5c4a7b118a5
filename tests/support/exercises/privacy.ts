import { DateTime } from 'luxon'
import { makeExport } from '#privacy/exports/make'
import PrivacyExport from '#models/privacy_export'
import PersonFlag from '#models/person_flag'
import PrivacyRequest from '#models/privacy_request'
import PrivacyCode from '#models/privacy_code'
import { receiveRequest } from '#models/privacy_request/receiving'
import { askBack } from '#models/privacy_request/handling'
import { verifyIdentity } from '#models/privacy_request/identifying'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import type { PlatformExercise } from '#tests/support/exercises/platform'
import type { OfficeExercise } from '#tests/support/exercises/backoffice'
import { Walk } from '#tests/support/walk'
import { withFind } from '#tests/support/erasure'
import { register, type Account } from '#tests/support/world'

const onPlatform = { organisationId: PLATFORM }

/** How to make each audited route for requests about personal data succeed once. */
export const privacyExercises: Record<string, PlatformExercise> = {
  'privacy_requests.store': async (client, person) => {
    const { name, email } = person
    await client.post('/privacy/requests').as(person).form({ kind: 'access', name, email })
    return onPlatform
  },
  'privacy_requests.proofs.store': async (client, person) => {
    const { ref, code } = await requestWithCode(person)
    await client.post(`/privacy/requests/${ref}/proof`).as(person).form({ code })
    return onPlatform
  },
  'privacy_requests.withdrawals.store': async (client, person) => {
    const { ref, code } = await requestWithCode(person)
    const walk = await Walk.begin(client, { ...person, organisationId: PLATFORM, membershipId: '' })
    await walk.submit(`/privacy/requests/${ref}/proof`, { code })
    await walk.submit(`/privacy/requests/${ref}/withdrawal`, {})
    return onPlatform
  },
  'profile.privacy_requests.store': async (client, person) => {
    await client.post('/profile/privacy/requests').as(person).form({ kind: 'access' })
    return onPlatform
  },
  'profile.erasure.store': async (client, person) => {
    await client.post('/profile/privacy/erasure').as(person).form({ confirmation: person.email })
    return onPlatform
  },
  'profile.privacy_requests.destroy': async (client, person) => {
    const { id } = await receive(person)
    await client.delete(`/profile/privacy/requests/${id}`).as(person)
    return onPlatform
  },
  'profile.privacy_exports.store': async (client, person) => {
    await client.post('/profile/privacy/exports').as(person).form({ contents: 'access' })
    return onPlatform
  },
  'profile.privacy_exports.downloads.store': async (client, person) => {
    const id = await readyExport(person)
    await client.post(`/profile/privacy/exports/${id}/download`).as(person)
    return onPlatform
  },
  'profile.privacy_flags.update': async (client, person) => {
    await client.put('/profile/privacy/flags/object_ai').as(person)
  },
  'profile.privacy_flags.destroy': async (client, person) => {
    await raise(person)
    await client.delete('/profile/privacy/flags/object_ai').as(person)
    return onPlatform
  },
}

/** A request of an account, received just now. */
export function receive({ userId, name, email }: Account, receivedOn?: string) {
  return Tenancy.system(PLATFORM, () =>
    receiveRequest({
      kind: 'access',
      channel: 'profile',
      userId,
      contact: { name, email },
      details: 'Everything, please',
      receivedOn,
    })
  )
}

/** A request and the code that was mailed for it. */
export async function requestWithCode(person: Account) {
  const request = await receive(person)
  const issued = await Tenancy.system(PLATFORM, () => PrivacyCode.issue(request.id))
  return { id: request.id, ref: request.ref, code: issued!.code }
}

/** A finished copy, waiting to be downloaded. */
export async function readyExport({ userId }: Account, kind: 'access' | 'portability' = 'access') {
  const { id } = await Tenancy.system(PLATFORM, () => PrivacyExport.begin(userId, kind))
  await makeExport(id)
  return id
}

function raise({ userId }: Account) {
  return Tenancy.system(PLATFORM, () => PersonFlag.raise(userId, 'object_ai', { setBy: 'person' }))
}

const text = 'Said by telephone'

/** The steps of the privacy desk, each on a new request. */
export const deskExercises: Record<string, () => Promise<OfficeExercise>> = {
  'desk.requests.store': async () => ({
    body: { kind: 'access', channel: 'mail', received_on: '2026-01-31', name: 'Vera Visitor' },
  }),
  'desk.identities.store': () => onRequest({ identity_method: 'known_contact' }),
  'desk.clarifications.store': () => onWorking({ text }),
  'desk.answers.store': async () => {
    const id = await working((request) => askBack(request, 'Which account?'))
    return { params: { id }, body: { text, lock_version: 3 } }
  },
  'desk.acknowledgements.store': () => onRequest({}),
  'desk.extensions.store': () =>
    onRequest({
      extended_to: DateTime.utc().plus({ days: 60 }).toISODate(),
      text,
      extension_reason: 'complexity',
    }),
  'desk.refusals.store': () => onRequest({ refusal_ground: 'nothing_held', answer: text }),
  'desk.fulfilments.store': () => onWorking({ answer: text }),
  'desk.erasures.store': async () => {
    const { id, ref } = await askingForErasure(await register('asker'))
    return { params: { id }, body: { confirmation: ref, lock_version: 2 } }
  },
  'desk.redactions.store': () => onFind({}),
  'desk.exemptions.store': () => onFind({ reason: 'somebody_else' }),
  'desk.withdrawals.store': () => onRequest({}),
  'desk.notes.store': () => onRequest({ text }),
  'desk.recipients.store': () => onRequest({ 'recipients[]': ['Resend'], 'outcome': 'informed' }),
  'desk.exports.store': () => onWorking({}),
  'desk.flags.update': async () => ({
    params: { id: (await receive(await register('asker'))).id, flag: 'restricted' },
  }),
  'desk.flags.destroy': async () => {
    const person = await register('asker')
    await raise(person)
    return { params: { id: (await receive(person)).id, flag: 'object_ai' } }
  },
}

/** An erasure that waits for a reader, because a comment names the person. */
async function onFind(body: Record<string, unknown>): Promise<OfficeExercise> {
  const { erasureId, findId } = await withFind()
  return { params: { id: erasureId }, body: { ...body, 'ids[]': [findId] } }
}

/** A request to be erased by a verified person. */
export function askingForErasure({ userId, name, email }: Account, receivedOn?: string) {
  return Tenancy.system(PLATFORM, async () => {
    const request = await receiveRequest({
      kind: 'erasure',
      channel: 'profile',
      userId,
      contact: { name, email },
      details: null,
      receivedOn,
    })
    await verifyIdentity(request, 'session')
    return request
  })
}

async function onRequest(body: Record<string, unknown>): Promise<OfficeExercise> {
  const { id } = await receive(await register('asker'))
  return { params: { id }, body: { ...body, lock_version: 1 } }
}

async function onWorking(body: Record<string, unknown>): Promise<OfficeExercise> {
  return { params: { id: await working() }, body: { ...body, lock_version: 2 } }
}

/** A request by a verified person. */
export async function working(
  then: (request: PrivacyRequest) => Promise<unknown> = async () => {}
) {
  const { id } = await receive(await register('asker'))
  await Tenancy.system(PLATFORM, async () => {
    const request = await PrivacyRequest.findById(id)
    await verifyIdentity(request, 'known_contact')
    await then(request)
  })
  return id
}
