import { enqueue } from '#jobs/enqueue'
import Erasure from '#models/erasure'
import { randomText } from '#models/privacy_request/code'
import { erasable } from '#privacy/erasure/door'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

const CODE_LENGTH = 4

export type NewErasure = { userId: string; requestId: string | null; startedBy: string | null }

/** The organisations that would be left without an owner. */
export async function soleOwnerships(userId: string): Promise<string[]> {
  const person = await erasable(userId)
  return (person?.memberships ?? [])
    .filter(({ isSoleOwner }) => isSoleOwner)
    .map(({ organisation }) => organisation)
}

/**
 * Begins an erasure, in the platform's tenancy, and queues its work. One that is under way is answered
 * instead. Refuses while the person is the only owner of an organisation.
 */
export async function startErasure({ userId, requestId, startedBy }: NewErasure) {
  const known = await Erasure.of(userId)
  if (known) return known
  const owned = await soleOwnerships(userId)
  if (owned.length > 0) refuse('erasure', soleOwner(owned))
  const erasure = await new Erasure()
    .merge({ userId, requestId, startedBy, status: 'running', label: await freeLabel() })
    .auditAs('erasure.started')
    .save()
  await enqueue(Tenancy.current().trx, 'erase_person', { erasureId: erasure.id })
  return erasure
}

export function soleOwner(organisations: string[]) {
  const names = organisations.join(', ')
  return `Someone else has to become owner first, in: ${names}. Nobody could run them otherwise.`
}

/** Short enough to be told by, and nobody's twice. */
async function freeLabel() {
  for (;;) {
    const label = `Former member ${randomText(CODE_LENGTH)}`
    if (!(await Erasure.query().where('label', label).first())) return label
  }
}
