import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { AuditValue } from '#audit/events'
import type { SeatRole } from '#models/deciding/enumerations'
import type { NamedSeat } from '#models/deciding/naming'
import type Gate from '#models/gate'
import { tenanted } from '#models/mixins/tenanted'

/** A seat at a gate. The board's events record it. */
export default class GateDecider extends compose(BaseModel, tenanted) {
  @column() declare projectId: string
  @column() declare gateId: string
  @column() declare membershipId: string
  @column() declare role: SeatRole
  /** Nothing is decided before this person has spoken. */
  @column() declare required: boolean

  static of(gate: { id: string }) {
    return this.query().where('gate_id', gate.id)
  }

  /** The difference from the present seats, as the board's event records it; null for none. */
  static async changes(gate: Gate, seats: NamedSeat[]): Promise<Record<string, AuditValue> | null> {
    const [before, after] = [told(await this.of(gate)), told(seats)]
    const names = Object.keys(after) as (keyof typeof after)[]
    const differing = names.filter((name) => before[name].join() !== after[name].join())
    if (differing.length === 0) return null
    return Object.fromEntries(
      differing.map((name) => [name, { before: before[name], after: after[name] }])
    )
  }

  /** Replaces the seats with exactly these. */
  static async replace(gate: Gate, seats: NamedSeat[]) {
    for (const seat of await this.of(gate)) await seat.delete()
    await this.createMany(
      seats.map((seat) => ({ ...seat, gateId: gate.id, projectId: gate.projectId }))
    )
  }
}

function told(seats: NamedSeat[]) {
  const those = (test: (seat: NamedSeat) => boolean) =>
    seats
      .filter(test)
      .map(({ membershipId }) => membershipId)
      .sort()
  return {
    chair_ids: those(({ role }) => role === 'chair'),
    decider_ids: those(({ role }) => role === 'decider'),
    adviser_ids: those(({ role }) => role === 'adviser'),
    required_ids: those(({ required }) => required),
  }
}
