import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'
import type { Role } from '#policies/permissions'
import type { ApiClient } from '@japa/api-client'

/** The first criterion of a project's first gate, with its people, and queries that tests repeat. */
export class CriterionScene {
  private constructor(
    readonly world: World,
    readonly project: Project,
    readonly gate: Gate,
    readonly criterion: GateCriterion
  ) {}

  static async create() {
    const world = await World.create()
    const project = await world.project()
    return world.inside(async () => {
      const [first] = await Gate.of(project)
      const gate = first.refersTo(project)
      const [criterion] = await GateCriterion.of(gate)
      return new CriterionScene(world, project, gate, criterion)
    })
  }

  /** The page of the criterion. */
  get page() {
    return `/projects/${this.project.id}/gates/${this.gate.id}/criteria/${this.criterion.id}`
  }

  async walk(client: ApiClient, role: Role | 'stranger' = 'manager') {
    return Walk.begin(client, await this.world.person(role))
  }

  /** The criterion as the database has it. */
  present(id = this.criterion.id) {
    return this.world.inside(() => GateCriterion.findOrFail(id))
  }

  /** Writes without checking what people may do. */
  write(changes: Partial<GateCriterion>) {
    return this.world.inside(async () => {
      const row = (await GateCriterion.findOrFail(this.criterion.id)).refersTo(this.gate)
      await row.merge(changes).save()
    })
  }

  setStatus(status: Gate['status']) {
    return this.world.inside(async () => {
      const row = await Gate.findIn(this.project, this.gate.id)
      await row.merge({ status }).save()
    })
  }

  async nameChair({ membershipId }: Person) {
    await this.world.inside(async () => {
      const board = await GateBoard.of(this.gate)
      const terms = { decisionRule: 'sole_decider', quorum: 1, isPolled: false } as const
      const seats = [{ membershipId, role: 'chair', required: true }] as const
      await board.set(this.project, this.gate, terms, [...seats])
    })
  }

  /** What the trail says about the criterion, except plain changes. */
  async actions() {
    const rows = await sql(
      admin(),
      `select action from audit.events where project_id = ? and entity_type = 'gate_criterion'
        and action <> 'gate_criterion.updated' order by seq`,
      [this.project.id]
    )
    return rows.map(({ action }) => action)
  }
}

/** The titles of a person's notices. */
export async function noticesOf(person: Person) {
  const rows = await sql(admin(), 'select title from notifications where membership_id = ?', [
    person.membershipId,
  ])
  return rows.map(({ title }) => title)
}
