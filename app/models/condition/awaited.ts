import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { isSpokenForBesides, isSpokenForBy } from '#models/deciding/seats'
import { GONE } from '#models/my_work/gone'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A condition of an approval that waits for one member. */
export type AwaitedCondition = {
  id: string
  project_id: string
  code: string
  project_name: string
  number: number
  text: string
  due_on: string
  /** It was claimed, and the member has to verify it. */
  to_verify: boolean
  /** Its owner has left, and the member has to find another. */
  is_ownerless: boolean
  lock_version: number
  updated_at: Date
  total: number
}

/**
 * The open conditions that the viewer owns, and the claimed ones of the gates that they chair today; for the PMO also
 * those that no chair can verify, and the open ones whose owner has left. The same people are notified.
 */
export function awaitedConditions(viewer: Viewer, most: number): Promise<AwaitedCondition[]> {
  const { trx, organisationId } = Tenancy.current()
  const me = viewer.membershipId
  const isOffice = viewer.role === 'pmo'
  const verifying = [me, me, me, today(), me, isOffice, today()]
  const conditions = new Conditions()
    .add('gate_conditions.organisation_id = ?', organisationId)
    .add(`gate_conditions.state in ('open', 'claimed')`)
    .add(`(${IS_MINE} or ${IS_OWNERLESS} or ${IS_TO_VERIFY})`, me, isOffice, ...verifying)
    .meet(visibleProjects(viewer))
  return read<AwaitedCondition>(
    trx,
    `select gate_conditions.id, gate_conditions.project_id, projects.code,
            projects.name as project_name, gate_conditions.number, gate_conditions.text,
            gate_conditions.due_on, gate_conditions.state = 'claimed' as to_verify,
            gate_conditions.state = 'open' and gate_conditions.owner_id <> ? as is_ownerless,
            gate_conditions.lock_version, gate_conditions.updated_at,
            count(*) over ()::integer as total
       from gate_conditions
       join projects on projects.organisation_id = gate_conditions.organisation_id
        and projects.id = gate_conditions.project_id
      where ${conditions.text} order by gate_conditions.due_on, gate_conditions.id limit ?`,
    [me, ...conditions.values, most]
  )
}

const IS_MINE = `gate_conditions.state = 'open' and gate_conditions.owner_id = ?`

const IS_OWNERLESS = `gate_conditions.state = 'open' and ?::boolean and ${IS_NOT_OVER}
  and gate_conditions.owner_id = any(${GONE})`

const MANAGER = 'array_remove(array[projects.manager_id], null)'

const CHAIRED = `select from gate_deciders seats
    where seats.organisation_id = gate_conditions.organisation_id
      and seats.gate_id = gate_conditions.gate_id and seats.role = 'chair'`

/** No one verifies their own claim, and a project's manager verifies none of its claims. */
const IS_TO_VERIFY = `gate_conditions.state = 'claimed' and gate_conditions.owner_id <> ?
  and gate_conditions.claimed_by <> ? and projects.manager_id is distinct from ?
  and (exists (${CHAIRED} and ${isSpokenForBy(MANAGER)})
    or ?::boolean and not exists (${CHAIRED} and ${isSpokenForBesides(
      MANAGER,
      'array[gate_conditions.owner_id, gate_conditions.claimed_by]'
    )}))`
