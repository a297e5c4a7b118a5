import db from '@adonisjs/lucid/services/db'
import { v7 as uuidv7 } from 'uuid'
import Membership from '#models/membership'
import Organisation from '#models/organisation'
import Project from '#models/project'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import { publishPolicy } from '#privacy/publication'
import type { OrganisationRole } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { dateDemoGates, demoLifecycle, nameDemoBoards, passDemoGates } from './gates.js'
import { addDemoDependencies } from './dependencies.js'
import { addDemoEscalations } from './escalations.js'
import { declareDemoRatings, demoAssurer, giveDemoConfidence } from './health.js'
import { attributesOf, SETTLED, type DemoItem } from './items.js'
import { demoPeople } from './people.js'
import { moreDemoProjects } from './more_projects.js'
import { addDemoProgrammes } from './programmes.js'
import { type DemoProject, demoProjects } from './projects.js'
import { addDemoRequests } from './requests.js'
import {
  addEarlierReports,
  addLatestReport,
  beginNextReport,
  lastReported,
  type DemoOffice,
} from './reports.js'
import type { Cast } from './rounds.js'
import { addDemoExternals, addDemoTasks } from './tasks.js'

/** Fixed, so that seeding again finds what exists. */
const FIRST = '01930000-0000-7000-8000-00000000d001'
const SECOND = '01930000-0000-7000-8000-00000000d002'

type Members = Map<string, { membershipId: string; userId: string }>

/** How many entries of a log were raised since its project's last report but one. */
const LATE = 4

/** Creates the demo people, their two organisations and everything in these; does nothing the second time. */
export async function seedDemo(): Promise<boolean> {
  if (await exists(FIRST)) return false
  // Before the people, who would otherwise be told that it has changed since they joined.
  await publishPolicy()
  const accounts = await registerPeople()
  const members = await foundOrganisation(FIRST, 'Northshire Council', (person) =>
    person.role ? { userId: accounts.get(person.key)!, role: person.role } : null
  )
  await foundOrganisation(SECOND, 'Riverside Transport Partnership', (person) =>
    person.secondRole ? { userId: accounts.get(person.key)!, role: person.secondRole } : null
  )
  await asMember(members.get('admin')!.userId, addDemoExternals)
  const projects = [...demoProjects, ...moreDemoProjects]
  for (const project of projects) await seedProject(project, members)
  const idOf = (key: string) => members.get(key)!.membershipId
  await asMember(members.get('pmo')!.userId, () => addDemoProgrammes(idOf))
  const managerOf = (code: string) => projects.find((project) => project.code === code)!.manager
  const as = <T>(key: string, work: () => Promise<T>) => asMember(members.get(key)!.userId, work)
  await addDemoDependencies(managerOf, as)
  await addDemoEscalations(managerOf, as)
  await addDemoRequests(idOf, as)
  return true
}

function exists(organisationId: string) {
  return Tenancy.system(organisationId, async () => {
    const { trx } = Tenancy.current()
    return (await Organisation.query({ client: trx }).where('id', organisationId).first()) !== null
  })
}

async function registerPeople() {
  const accounts = new Map<string, string>()
  for (const { key, email, name, platformRole } of demoPeople) {
    const account = [uuidv7(), email, name]
    const [{ id }] = await sql(db, 'select directory.register(?, ?, ?) as id', account)
    if (platformRole) await appoint(id, platformRole)
    accounts.set(key, id)
  }
  return accounts
}

/** No role of the running application may do this. */
async function appoint(userId: string, platformRole: string) {
  await sql(db.connection('owner'), 'select directory.appoint(?, ?)', [userId, platformRole])
}

function foundOrganisation(
  id: string,
  name: string,
  place: (person: (typeof demoPeople)[number]) => { userId: string; role: OrganisationRole } | null
): Promise<Members> {
  return Tenancy.system(id, async () => {
    await Organisation.found(name)
    const members: Members = new Map()
    for (const person of demoPeople) {
      const membership = place(person)
      if (!membership) continue
      const { id: membershipId } = await Membership.create({ ...membership, status: 'active' })
      members.set(person.key, { membershipId, userId: membership.userId })
    }
    return members
  })
}

/** The PMO creates the project and its manager fills the log, so that its history is plausible. */
async function seedProject(demo: DemoProject, members: Members) {
  const idOf = (key: string) => members.get(key)!.membershipId
  const project = await asMember(members.get('pmo')!.userId, () => createProject(demo, idOf))
  const deciderIds = (demo.team.gate_decider ?? []).map(idOf)
  await asMember(members.get('pmo')!.userId, () => nameDemoBoards(project, deciderIds))
  const cast: Cast = {
    manager: demo.manager,
    chair: demo.sponsor,
    decider: demo.team.gate_decider![0],
    idOf,
    as: (key, work) => asMember(members.get(key)!.userId, work),
  }
  const people: DemoOffice = {
    manager: (work) => cast.as(demo.manager, work),
    office: (work) => cast.as('pmo', work),
    decideGates: (stretch) => passDemoGates(project, cast, stretch),
  }
  const settled = demo.items.filter(({ status }) => SETTLED.includes(String(status)))
  const open = demo.items.filter((item) => !settled.includes(item))
  const raise = async (items: DemoItem[]) => {
    for (const item of items) await RaidItem.raise(project, attributesOf(item, idOf) as any)
  }
  await people.manager(async () => {
    await dateDemoGates(project)
    await raise(open.slice(0, -LATE))
  })
  await addEarlierReports(project, people)
  await people.manager(() => raise(open.slice(-LATE)))
  await addLatestReport(project, people)
  await people.manager(async () => {
    await raise(settled)
    await addDemoTasks(project, idOf)
    await beginNextReport(project)
    await declareDemoRatings(project)
  })
  await passDemoGates(project, cast, { after: lastReported(demo) })
  await asMember(members.get(demoAssurer)!.userId, () => giveDemoConfidence(project))
}

async function createProject(demo: DemoProject, idOf: (key: string) => string) {
  const project = await Project.begin(
    {
      code: demo.code,
      name: demo.name,
      description: demo.description,
      status: demo.status,
      visibility: demo.visibility,
      managerId: idOf(demo.manager),
      sponsorId: idOf(demo.sponsor),
      ...demo.dates,
    },
    await demoLifecycle(demo.code)
  )
  const stages = await project.related('stages').query()
  project.stageId = stages[demo.stage - 1].id
  await project.save()
  for (const [role, keys] of Object.entries(demo.team)) {
    for (const key of keys) {
      await ProjectMember.create({
        projectId: project.id,
        membershipId: idOf(key),
        role: role as any,
      })
    }
  }
  return project
}

function asMember<T>(userId: string, work: () => Promise<T>) {
  return Tenancy.run({ organisationId: FIRST, userId, requestId: null }, work)
}
