import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuidv7 } from 'uuid'
import { today, addDays } from '#models/days'
import { submit } from '#models/deciding/submission'
import Gate from '#models/gate'
import { assess } from '#models/gate/assessing'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import { declareRatings } from '#models/health/declaring'
import Project from '#models/project'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import { addSample, sampleOf } from '#models/sample/adding'
import StatusReport from '#models/status_report'
import type { Role } from '#policies/permissions'
import { sql } from '#tenancy/sql'
import { World, type Person } from '#tests/support/world'

const CAST: Partial<Record<Role, string>> = {
  owner: 'Olive Owner',
  pmo: 'Poppy Office',
  auditor: 'Aspen Auditor',
  manager: 'Maple Manager',
  sponsor: 'Saffron Sponsor',
  gate_decider: 'Garnet Gate',
  team: 'Teal Team',
  viewer: 'Violet Viewer',
}

/**
 * The subject of the pictures: an organisation whose people have names and whose first project is the product's own
 * sample.
 */
export class GuideWorld {
  static async create() {
    const world = await World.create('Mill Trust')
    for (const [role, name] of Object.entries(CAST)) {
      world.people.set(role, await world.join(await named(name), role as Role))
    }
    const project = await furnish(world)
    await besides(world, project)
    return new GuideWorld(world, project)
  }

  private constructor(
    readonly world: World,
    readonly project: Project
  ) {}

  get base() {
    return `/projects/${this.project.id}`
  }

  inside<T>(work: () => Promise<T>, person?: Person) {
    return this.world.inside(work, person)
  }

  /** Its first gate. */
  gate() {
    return this.inside(async () => (await Gate.of(this.project))[0].refersTo(this.project))
  }

  risk() {
    return this.inside(() =>
      RaidItem.query()
        .where({ project_id: this.project.id, type: 'risk' })
        .orderBy('id')
        .firstOrFail()
    )
  }

  report() {
    return this.inside(() => StatusReport.latest(this.project))
  }

  /** Submits the first gate to its deciders. */
  async submitGate() {
    const gate = await this.gate()
    const pmo = await this.world.person('pmo')
    await this.inside(() => seat(this.project, gate), pmo)
    return this.inside(async () => {
      await meetCriteria(gate)
      const present = await Gate.findIn(this.project, gate.id)
      const given = { note: 'May the building work be planned?', decideBy: addDays(today(), 10) }
      return submit(
        await Project.findOrFail(this.project.id),
        present.refersTo(this.project),
        given,
        present.lockVersion
      )
    }, pmo)
  }
}

async function named(name: string) {
  const email = `${name.toLowerCase().replace(' ', '.')}-${randomUUID()}@example.test`
  const [{ id }] = await sql(db, 'select directory.register(?, ?, ?) as id', [
    uuidv7(),
    email,
    name,
  ])
  return { userId: id as string, name, email }
}

/** The sample as an ordinary project, with a sponsor, deciders and a team. */
async function furnish(world: World) {
  const manager = await world.person('manager')
  await world.inside(() => addSample(), manager)
  const sponsor = await world.person('sponsor')
  const decider = await world.person('gate_decider')
  const team = await world.person('team')
  return world.inside(
    async () => {
      const project = (await sampleOf())!
      project.merge({ code: 'MILL', name: 'Visitor centre at the mill', isSample: false })
      project.sponsorId = sponsor.membershipId
      await project.save()
      await ProjectMember.grant(project, decider.membershipId, 'gate_decider')
      await ProjectMember.grant(project, team.membershipId, 'team')
      return project
    },
    await world.person('pmo')
  )
}

/** Every criterion that a person judges is met, with evidence where it is asked for. */
async function meetCriteria(gate: Gate) {
  for (const criterion of await GateCriterion.of(gate)) {
    if (criterion.rule) continue
    await assess(criterion.refersTo(gate), { assessment: 'met' })
    if (!criterion.evidenceRequired) continue
    await GateEvidence.addLink(criterion, 'https://files.example.org/minutes.pdf', 'Minutes')
  }
}

async function seat(project: Project, gate: Gate) {
  const board = await GateBoard.of(gate)
  const terms = { decisionRule: 'chair_after_advice', quorum: 1, isPolled: false } as const
  const [member] = await ProjectMember.query()
    .where({ project_id: project.id, role: 'gate_decider' })
    .limit(1)
  await board.set(project, gate, terms, [
    { membershipId: project.sponsorId!, role: 'chair', required: true },
    { membershipId: member.membershipId, role: 'decider', required: false },
  ])
}

/** Others in the portfolio. */
async function besides(world: World, { sponsorId }: Project) {
  const pmo = await world.person('pmo')
  const reason = 'The contract was signed late.'
  const bad = { reason, pathToGreen: 'A second team starts next month.' }
  for (const [code, name, rating] of [
    ['BRIDGE', 'Footbridge to the island', 'red'],
    ['HEAT', 'Heating from the river', 'green'],
    ['SIGNS', 'Signs along the trail', 'amber'],
  ] as const) {
    await world.inside(async () => {
      const project = await Project.begin({
        code,
        name,
        sponsorId,
        status: 'active',
        visibility: 'organisation',
        managerId: pmo.membershipId,
        baselineEndOn: addDays(today(), 200),
        forecastEndOn: addDays(today(), 214),
      })
      const given = rating === 'green' ? { rating, reason: 'As planned.' } : { rating, ...bad }
      const why = { differenceReason: 'Seen by the office.' }
      const overall = { ...given, ...why }
      await declareRatings(project, { overall, schedule: overall }, { by: pmo.membershipId })
    }, pmo)
  }
}
