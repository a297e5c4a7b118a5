import type { Viewer } from '#identity/viewer'
import type { Condition } from '#tenancy/conditions'

/**
 * True where the viewer sees to what waits for nobody else: as PMO, or as owner while there is no PMO. Null of everybody
 * else.
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
