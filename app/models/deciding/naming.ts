import type { SeatRole } from '#models/deciding/enumerations'
import type { BoardTerms } from '#models/gate_board'
import { byName } from '#models/text/names'
import type Project from '#models/project'
import type { Violation } from '#models/violation'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type NamedSeat = { membershipId: string; role: SeatRole; required: boolean }

/** Someone whom the project's roles allow to decide. */
export type Candidate = { id: string; name: string; isSponsor: boolean; isManager: boolean }

/** The sponsor and the gate deciders of a project by name; including the manager, who may not be named. */
export async function candidates(project: Pick<Project, 'id'>): Promise<Candidate[]> {
  const { trx, organisationId } = Tenancy.current()
  return byName(await read<Candidate>(trx, CANDIDATES, [organisationId, project.id]))
}

const CANDIDATES = `
  select memberships.id, users.name, projects.sponsor_id is not distinct from memberships.id as "isSponsor",
    projects.manager_id is not distinct from memberships.id as "isManager"
  from projects
  join memberships on memberships.organisation_id = projects.organisation_id
  join users on users.id = memberships.user_id
  where projects.organisation_id = ? and projects.id = ? and memberships.status = 'active'
    and (projects.sponsor_id = memberships.id or exists (select from project_members
      where project_members.organisation_id = projects.organisation_id
        and project_members.project_id = projects.id
        and project_members.membership_id = memberships.id
        and project_members.role = 'gate_decider'))
  order by memberships.id`

/** What is wrong with a board that is about to be set. */
export async function boardViolations(
  project: Project,
  terms: BoardTerms,
  seats: NamedSeat[]
): Promise<Violation[]> {
  const known = await candidates(project)
  const unfit = seats.some(({ membershipId }) => !mayBeNamed(known, membershipId))
  if (unfit) return [{ field: 'seats', message: UNFIT }]
  return [...chairViolations(seats), ...ruleViolations(terms, seats)]
}

function mayBeNamed(known: Candidate[], id: string) {
  return known.some((candidate) => candidate.id === id && !candidate.isManager)
}

function chairViolations(seats: NamedSeat[]): Violation[] {
  const chairs = seats.filter(({ role }) => role === 'chair').length
  if (chairs === 1) return []
  return [{ field: 'seats', message: 'Choose one chair' }]
}

function ruleViolations({ decisionRule, quorum }: BoardTerms, seats: NamedSeat[]): Violation[] {
  const deciders = seats.filter(({ role }) => role === 'decider').length
  const advisers = seats.length - deciders - 1
  const counting = deciders + 1
  if (decisionRule === 'sole_decider') return deciders === 0 ? [] : [seatsSay(ALONE)]
  if (decisionRule === 'chair_after_advice' && deciders + advisers === 0) {
    return [seatsSay('Choose at least one decider or adviser as well as the chair')]
  }
  if (decisionRule !== 'chair_after_advice' && deciders === 0) {
    return [seatsSay('Choose at least one decider as well as the chair')]
  }
  if (quorum <= counting) return []
  const message = `Only ${counting} of these people can vote. Lower the quorum or add deciders`
  return [{ field: 'quorum', message }]
}

const seatsSay = (message: string): Violation => ({ field: 'seats', message })

const UNFIT = 'Choose the sponsor or gate deciders of this project. Its manager cannot decide'
const ALONE = 'If one person decides, everyone except the chair must be an adviser'
