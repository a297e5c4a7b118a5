import { gateStatuses, type GateStatus } from '#models/gate/enumerations'
import { gateRef } from '#models/gate/refs'
import type { Kind } from '#models/search/kind'
import { inProjectCoded } from '#models/text_search'
import type { Condition } from '#tenancy/conditions'

/** Gates, open to all who see their project. */
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
  const match = /^(?:([A-Z][A-Z0-9]{1,9})-)?G-?(\d{1,8})$/.exec(text.trim().toUpperCase())
  if (!match) return null
  const [, code, number] = match
  if (!code) return ['gates.number = ?', [Number(number)]]
  return [`(gates.number = ? and ${inProjectCoded('gates')})`, [Number(number), code]]
}
