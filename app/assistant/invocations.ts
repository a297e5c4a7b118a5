import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Feature } from '#models/assistant/features'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Permission to call Claude once. Only the person whose form was given the token has it. */
export type Invocation = {
  id: string
  token: string
  organisationId: string
  userId: string
  membershipId: string
  projectId: string
  feature: Feature
}

/** The call has no permission: it was used, has expired, or belongs to another person, project or feature. */
export class InvocationRefused extends Error {}

const LIFETIME_SECONDS = 60

/**
 * Lets a person make one call about one project. Only a form gets here, after its CSRF token was checked: no link and
 * no job can.
 */
export async function mintInvocation(
  request: { method(): string },
  { projectId, feature }: { projectId: string; feature: Feature }
): Promise<Invocation> {
  if (request.method() !== 'POST') throw new InvocationRefused('Only a form asks the assistant')
  const { trx, organisationId, userId, membershipId } = Tenancy.current()
  if (!userId || !membershipId) throw new InvocationRefused('Only a member asks the assistant')
  const id = uuidv7()
  const token = randomBytes(32).toString('base64url')
  await sql(
    trx,
    `insert into ai_invocations
       (organisation_id, id, project_id, membership_id, feature, digest, expires_at)
     values (?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))`,
    [organisationId, id, projectId, membershipId, feature, digestOf(token), LIFETIME_SECONDS]
  )
  return { id, token, organisationId, userId, membershipId, projectId, feature }
}

/** Uses the leave up, however many try at once. Throws InvocationRefused when there is none. */
export async function consumeInvocation(invocation: Invocation) {
  const { token, organisationId, userId, membershipId, projectId, feature } = invocation
  const used = await Tenancy.run({ organisationId, userId, requestId: null }, (entry) =>
    sql(
      Tenancy.current().trx,
      `update ai_invocations set consumed_at = now(), updated_at = now()
        where organisation_id = ? and digest = ? and membership_id = ? and project_id = ?
          and feature = ? and membership_id = ? and consumed_at is null and expires_at > now()
        returning id`,
      [
        organisationId,
        digestOf(token),
        membershipId,
        projectId,
        feature,
        entry?.membership.id ?? null,
      ]
    )
  )
  if (used.length !== 1) throw new InvocationRefused('There is no leave for this call')
}

function digestOf(token: string) {
  return createHash('sha256').update(token).digest('hex')
}
