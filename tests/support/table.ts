import type { SeatRole } from '#models/deciding/enumerations'
import type { NamedSeat } from '#models/deciding/naming'
import Gate from '#models/gate'
import GateBoard, { type BoardTerms } from '#models/gate_board'
import ProjectMember from '#models/project_member'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/log'
import { register, World, type Person } from '#tests/support/world'

/** Who sits where: people by the names under which the test knows them. */
export type Seats = Record<string, SeatRole | `${SeatRole}!`>

const TERMS: BoardTerms = { decisionRule: 'chair_after_advice', quorum: 1, isPolled: false }

/** A project whose first gate has people at its table: the sponsor in the chair, and gate deciders. */
export class Table extends Log {
  readonly sitting: Record<string, Person> = {}

  static async create() {
    const world = await World.create()
    const table = new Table(world, await world.project(), await gatesOf(world))
    return table
  }

  constructor(
    world: World,
    project: Project,
    readonly gates: Gate[]
  ) {
    super(world, project)
  }

  get gate() {
    return this.gates[0]
  }

  get base() {
    return `/projects/${this.project.id}`
  }

  urlAt(gate = this.gate) {
    return `${this.base}/gates/${gate.id}`
  }

  /** A member who may decide, by the name under which the test knows them; `chair` is the sponsor. */
  async decider(name: string): Promise<Person> {
    const known = this.sitting[name]
    if (known) return known
    const person =
      name === 'chair'
        ? await this.world.person('sponsor')
        : await this.world.join(await register(name))
    if (name !== 'chair') await this.allow(person)
    this.sitting[name] = person
    return person
  }

  /** Gives somebody the role without which nobody decides. */
  allow({ membershipId }: Person) {
    return this.world.inside(() => ProjectMember.grant(this.project, membershipId, 'gate_decider'))
  }

  /** Names who decides; a mark after the role says that they are required. */
  async seat(seats: Seats, terms: Partial<BoardTerms> = {}, gate = this.gate) {
    const named: NamedSeat[] = []
    for (const [name, role] of Object.entries(seats)) {
      const { membershipId } = await this.decider(name)
      named.push({
        membershipId,
        role: role.replace('!', '') as SeatRole,
        required: role.endsWith('!'),
      })
    }
    await this.world.inside(async () => {
      const present = await Gate.findIn(this.project, gate.id)
      const board = await GateBoard.of(present)
      await board.set(this.project, present, { ...TERMS, ...terms }, named)
    })
  }

  /** Changes rows behind the product's back: no trigger fires, and no event tells of it. */
  async quietly(text: string, values: unknown[]) {
    const trx = await admin().transaction()
    await sql(trx, 'set local session_replication_role = replica')
    await sql(trx, text, values)
    await trx.commit()
  }

  /** Rows of a table of this organisation. */
  rows(table: string) {
    return sql(admin(), `select * from ${table} where organisation_id = ? order by id`, [
      this.world.organisationId,
    ])
  }
}

function gatesOf(world: World) {
  return world.inside(async () => Gate.query().orderBy('position'))
}
