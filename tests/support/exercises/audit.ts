import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

export const auditExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'audit.project.export': async () => ({ as: 'pmo' }),
  'audit.organisation.export': async () => ({ as: 'owner' }),
  'audit.organisation.bundle': async () => ({ as: 'auditor' }),
  'audit.organisation.verifications.store': async ({ world }) => {
    // While one is under way, no other is asked for.
    await sql(
      admin(),
      `update audit_verifications set status = 'clean' where organisation_id = ?`,
      [world.organisationId]
    )
    return { as: 'auditor' }
  },
}
