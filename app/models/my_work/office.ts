import type { Viewer } from '#identity/viewer'
import type { Condition } from '#tenancy/conditions'

/**
 * True when the viewer deals with what waits for no one else: as PMO, or as owner while there is no PMO. Null for
 * everyone else.
 */
export function inOffice({ role }: Viewer): Condition | null {
  if (role !== 'pmo' && role !== 'owner') return null
  return [
    `(?::boolean or not exists (select from memberships office
      where office.organisation_id = (select app_organisation())
        and office.role = 'pmo' and office.status = 'active'))`,
    [role === 'pmo'],
  ]
}
