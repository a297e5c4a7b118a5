import { enqueue } from '#jobs/enqueue'
import Erasure, { type Traces } from '#models/erasure'
import type PrivacyRequest from '#models/privacy_request'
import { randomText } from '#models/privacy_code'
import { erasable } from '#privacy/erasure/door'
import { isName } from '#privacy/erasure/recognition'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

const CODE_LENGTH = 4

type NewErasure = {
  userId: string
  requestId: string | null
  startedBy: string | null
  /** When a worker takes it up; immediately by default. */
  workAt?: Date
}

/** The organisations that would be left without an owner. */
export async function soleOwnerships(userId: string): Promise<string[]> {
  const person = await erasable(userId)
  return (person?.memberships ?? [])
    .filter(({ isSoleOwner }) => isSoleOwner)
    .map(({ organisation }) => organisation)
}

/**
 * Begins an erasure, in the platform's tenancy, and queues its work. If one is under way, returns that. Refuses while
 * the person is the only owner of an organisation.
 */
export async function startErasure({ userId, requestId, startedBy, workAt }: NewErasure) {
  const known = await Erasure.of(userId)
  if (known) return known
  const owned = await soleOwnerships(userId)
  if (owned.length > 0) refuse('erasure', soleOwner(owned))
  const label = await freeLabel('Former member')
  return begin({ userId, requestId, startedBy, label }, workAt)
}

/**
 * Begins the erasure of someone without an account, who is known by their request and by these records of people
 * outside. If one is under way, returns that.
 */
export async function startOutside(
  request: PrivacyRequest,
  externals: Traces['externals'],
  startedBy: string | null
) {
  const { id: requestId, contact } = request
  const known = await Erasure.forRequest(requestId)
  if (known) return known
  const { name, email } = contact!
  if (!email && !isName(name)) refuse('erasure', 'Enter more of the name')
  const emails = email ? [email] : []
  return begin({
    userId: null,
    requestId,
    startedBy,
    label: await freeLabel('Former contact'),
    traces: { userId: null, names: [name], emails, subjects: [], externals, isBeginning: true },
  })
}

async function begin(begun: Partial<Erasure>, workAt?: Date) {
  const erasure = await new Erasure()
    .merge({ ...begun, status: 'running' })
    .auditAs('erasure.started')
    .save()
  await enqueue(Tenancy.current().trx, 'erase_person', { erasureId: erasure.id }, workAt)
  return erasure
}

/** Why an only owner cannot be erased yet, in words. */
export function soleOwner(organisations: string[]) {
  const names = organisations.join(', ')
  return `Someone else has to become owner first, in: ${names}. Nobody could run them otherwise.`
}

/** Short enough to read out, and unique. */
async function freeLabel(kind: 'Former member' | 'Former contact') {
  for (;;) {
    const label = `${kind} ${randomText(CODE_LENGTH)}`
    if (!(await Erasure.query().where('label', label).first())) return label
  }
}
