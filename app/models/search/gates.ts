import { gateStatuses, type GateStatus } from '#models/gate/enumerations'
import { gateRef } from '#models/gate/refs'
import { typedRef } from '#models/text/refs'
import type { Kind } from '#models/search/kind'
import { carryingRef } from '#models/lists/text_search'
import type { Condition } from '#tenancy/conditions'

/** Gates, visible to everyone who sees their project. */
export const gates: Kind = {
  name: 'gates',
  label: 'Gates',
  table: 'gates',
  columns: ['id', 'project_id', 'number', 'name', 'status'].map((one) => `gates.${one}`),
  from: `gates join projects on projects.organisation_id = gates.organisation_id
    and projects.id = gates.project_id`,
  text: 'gates.purpose',
  matches: 'gate_matches',
  alike: 'gates_like',
  latest: 'gates.updated_at',
  named: gateNamed,
  hit: (row) => ({
    ref: gateRef(row.project_code!, row.number as number),
    title: row.name as string,
    href: `/projects/${row.project_id}/gates/${row.id}`,
    standing: `Gate, ${gateStatuses[row.status as GateStatus].toLowerCase()}`,
  }),
}

/** What G2 or ATLAS-G2 names. */
function gateNamed(text: string): Condition | null {
  const ref = typedRef(text, ['G'])
  return ref && carryingRef('gates', ref)
}
