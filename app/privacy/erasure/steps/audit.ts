import { Door } from '#privacy/erasure/door'
import type { Step } from '#privacy/erasure/steps'
import type { Work } from '#privacy/erasure/work'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const AT_ONCE = 5000

/** Values are erased by whose data they are, a few thousand in a transaction; their commitments stay. */
export const auditStep: Step = {
  name: 'audit',
  title: 'Redact the kept values of the audit trail',
  async run(work) {
    let values = 0
    for (const { organisationId, subject } of subjects(work)) {
      for (let erased = AT_ONCE; erased >= AT_ONCE;) {
        erased = await Door.open(organisationId, (door) =>
          door.redactSubject(subject, work.source, AT_ONCE)
        )
        values += erased
        await work.tick(`${values} values`)
      }
    }
    return { values }
  },
  async preview(work) {
    let values = 0
    for (const { organisationId, subject } of subjects(work)) {
      values += await Tenancy.system(organisationId, () => countOf(subject))
    }
    return { values }
  },
}

/** The person's ids in the trails: as a member, as someone outside and, in the platform's own, as an account. */
function subjects(work: Work) {
  const { userId } = work.traces
  const account = userId ? [{ organisationId: PLATFORM, subject: userId }] : []
  const inside = work.organisations.flatMap((organisationId) =>
    [...work.membersIn(organisationId), ...work.externalsIn(organisationId)].map((subject) => ({
      organisationId,
      subject,
    }))
  )
  return [...inside, ...account]
}

async function countOf(subject: string): Promise<number> {
  const { trx, organisationId } = Tenancy.current()
  const [{ count }] = await sql(
    trx,
    `select count(*)::int as count from audit.event_values
      where organisation_id = ? and subject_ref = ? and redacted_at is null`,
    [organisationId, subject]
  )
  return count
}
