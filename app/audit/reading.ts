import { record, type AuditValue } from '#audit/events'
import { didLately } from '#audit/trail'
import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Records that the trail was read: each person's first look at each trail in each hour. */
export async function recordViewing(viewer: Viewer, project?: Project) {
  // Staff who look in are not recorded here: every page they open already is.
  if (Tenancy.current().isReadOnly) return
  const { entityId } = trailOf(viewer, project)
  if (await didLately('audit_trail.viewed', viewer.membershipId, entityId)) return
  await record({ action: 'audit_trail.viewed', ...trailOf(viewer, project) })
}

/** The same for the platform's own trail, which its staff read. */
export async function recordPlatformViewing(userId: string) {
  if (await didLately('audit_trail.viewed', userId, PLATFORM)) return
  await record({ action: 'audit_trail.viewed', entityType: 'platform', entityId: PLATFORM })
}

/** Records every export, with its filters. A ref is left out: it may name a confidential entry. */
export async function recordExport(
  viewer: Viewer,
  filters: Record<string, string | undefined>,
  project?: Project
) {
  const values: Record<string, AuditValue> = {}
  for (const [name, after] of Object.entries(filters)) {
    if (after && name !== 'ref') values[name] = { after }
  }
  const facts = { ...trailOf(viewer, project).facts, format: 'csv' }
  await record({ action: 'audit_trail.exported', ...trailOf(viewer, project), facts, values })
}

/** Records that someone downloaded the organisation's chain to verify it elsewhere. */
export async function recordBundle(viewer: Viewer) {
  const facts = { format: 'zip' }
  await record({ action: 'audit_trail.exported', ...trailOf(viewer), facts })
}

/** Records the same of staff, who take a whole trail along by a command: that of an organisation, or the platform's. */
export function recordStaffBundle(organisationId: string) {
  const entityType = organisationId === PLATFORM ? 'platform' : 'organisation'
  return Tenancy.system(organisationId, () =>
    record({ action: 'audit_trail.exported', entityType, entityId: organisationId })
  )
}

/** Records that someone had the organisation's trail verified. */
export async function recordVerification(id: string) {
  const entity = { entityType: 'audit_verification', entityId: id }
  await record({ action: 'audit_trail.verification_asked', ...entity })
}

function trailOf(viewer: Viewer, project?: Project) {
  if (!project) return { entityType: 'organisation', entityId: viewer.organisation.id, facts: {} }
  return {
    entityType: 'project',
    entityId: project.id,
    projectId: project.id,
    facts: { ref: project.code },
  }
}
