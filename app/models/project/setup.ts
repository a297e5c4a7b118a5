import type Project from '#models/project'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The first steps of a new project, in this order. Whether each is done follows from the records alone. */
export const projectSteps = {
  people: 'Give people their roles',
  dates: 'Set gate dates',
  board: 'Choose who decides the first gate',
  log: 'Fill the RAID log',
  health: 'Declare its health ratings',
} as const

export type ProjectStep = keyof typeof projectSteps

type ProjectSetup = Record<ProjectStep, boolean> & {
  /** A gate was decided: the project needs no more guidance. */
  isUnderWay: boolean
}

/** How far the setup of a project is. */
export async function setupOfProject({ id }: Pick<Project, 'id'>): Promise<ProjectSetup> {
  const { trx, organisationId } = Tenancy.current()
  const [found] = await read<ProjectSetup>(trx, STANDING, [organisationId, id])
  return found
}

const OWN = `organisation_id = given.organisation and project_id = given.project`

const STANDING = `select
    exists (select from project_members where ${OWN}) as people,
    not exists (select from gates where ${OWN} and status <> 'decided' and forecast_on is null) as dates,
    exists (select from gate_deciders where ${OWN}) as board,
    exists (select from raid_items where ${OWN}) as log,
    exists (select from project_ratings where ${OWN}) as health,
    exists (select from gates where ${OWN} and status = 'decided') as "isUnderWay"
  from (select ?::uuid as organisation, ?::uuid as project) given`
