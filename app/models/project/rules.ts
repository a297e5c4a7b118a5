import { NIL } from 'uuid'
import { whyLocked } from '#models/condition/locks'
import { gatesBefore, gatesLeft, type GateAhead } from '#models/gate/passage'
import { seatStays, sittingIn } from '#models/deciding/sitting'
import Membership from '#models/membership'
import Project, { CODE_TAKEN } from '#models/project'
import { nextProjectStatuses, projectStatuses, type ProjectStatus } from '#models/project/states'
import Stage from '#models/stage'
import { refuse, type Violation } from '#models/violation'

/** Refuses a status that may not follow the present one, and says which may. */
export function refuseMove({ status }: Project, from: ProjectStatus) {
  if (status === from || nextProjectStatuses(from).includes(status)) return
  const next = nextProjectStatuses(from).map((one) => projectStatuses[one].toLowerCase())
  const left = projectStatuses[from].toLowerCase()
  refuse('status', `A project that is ${left} can only become ${next.join(' or ')}`)
}

/** The rules that span several fields, checked on what is about to be saved. */
export async function violations(project: Project): Promise<Violation[]> {
  return [
    ...wrongDates(project),
    ...(await takenCode(project)),
    ...(await unknownPeople(project)),
    ...(await unseated(project)),
    ...(await unknownStage(project)),
    ...(await unpassedGate(project)),
    ...(await openGate(project)),
  ]
}

function wrongDates(project: Project): Violation[] {
  return (['baseline', 'forecast'] as const).flatMap((kind) => {
    const start = project[`${kind}StartOn`]
    const end = project[`${kind}EndOn`]
    if (!start || !end || start <= end) return []
    return [{ field: `${kind}_end_on`, message: 'Enter an end date on or after the start date' }]
  })
}

async function takenCode(project: Project): Promise<Violation[]> {
  if (!project.$dirty.code) return []
  const other = await Project.query()
    .where('code', project.code)
    .whereNot('id', project.id ?? NIL)
    .first()
  return other ? [CODE_TAKEN] : []
}

const PEOPLE = { managerId: 'manager_id', sponsorId: 'sponsor_id' } as const

async function unknownPeople(project: Project): Promise<Violation[]> {
  const named = (Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]).filter(
    (name) => name in project.$dirty && project[name]
  )
  const active = await Membership.active(named.map((name) => project[name]!))
  return named
    .filter((name) => !active.has(project[name]!))
    .map((name) => ({
      field: PEOPLE[name],
      message: 'Choose an active member of the organisation',
    }))
}

/** The sponsor and manager cannot change so that someone with a seat at a gate under review may no longer decide it. */
async function unseated(project: Project): Promise<Violation[]> {
  const { managerId, sponsorId } = project.$dirty
  if (!project.id || (managerId === undefined && sponsorId === undefined)) return []
  const sitting = await sittingIn(project)
  const manager = sitting.find(({ membershipId }) => membershipId === managerId)
  const former = sitting.find(
    ({ isDecider, membershipId }) => !isDecider && membershipId === project.$original.sponsorId
  )
  return [
    ...(manager ? [{ field: 'manager_id', message: seatStays(manager, 'This person') }] : []),
    ...(former && sponsorId !== undefined
      ? [{ field: 'sponsor_id', message: seatStays(former, 'The current sponsor') }]
      : []),
  ]
}

async function unknownStage(project: Project): Promise<Violation[]> {
  if (!project.$dirty.stageId || !project.id) return []
  const stage = await Stage.query().where({ id: project.stageId!, project_id: project.id }).first()
  return stage ? [] : [{ field: 'stage_id', message: 'Choose a stage of this project' }]
}

/** No project bypasses a gate: the way opens when it is approved, and when no condition keeps it locked. */
async function unpassedGate(project: Project): Promise<Violation[]> {
  if (!project.id || !project.$dirty.stageId) return []
  const [gate] = await gatesBefore(project, project.stageId!)
  const message = gate
    ? `${gate.ref} ${gate.name} ${gate.how}. Later stages can begin only when it is approved.`
    : await whyLocked(project, project.stageId!)
  return message ? [{ field: 'stage_id', message }] : []
}

async function openGate(project: Project): Promise<Violation[]> {
  if (!project.id || !project.$dirty.status || project.status !== 'closed') return []
  const [gate] = await gatesLeft(project)
  return gate ? [{ field: 'status', message: whyOpen(gate) }] : []
}

function whyOpen({ ref, name, how }: GateAhead) {
  return `${ref} ${name} ${how}. You can close a project only when its gates are approved. Otherwise, cancel it.`
}
