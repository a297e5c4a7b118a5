import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateDelegation from '#models/gate_delegation'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import { inDays, Table } from '#tests/support/table'

/** How to make each audited route about who decides succeed once. */
export const decidingExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'gate_boards.update': async (scene) => {
    const { gate, board } = await secondBoard(scene)
    const sponsor = await scene.world.person('sponsor')
    const decider = await scene.world.person('gate_decider')
    return {
      as: 'pmo',
      params: { gate_id: gate.id },
      body: {
        decision_rule: 'majority',
        quorum: board.quorum === 1 ? 2 : 1,
        seats: { [sponsor.membershipId]: 'chair', [decider.membershipId]: 'decider' },
        lock_version: board.lockVersion,
      },
    }
  },
  'gate_delegations.store': async (scene) => {
    const table = await seatedIn(scene)
    const { membershipId: deputy } = await table.decider('deputy')
    return {
      as: 'gate_decider',
      params: { project_id: table.project.id },
      body: { deputy_id: deputy, from_on: inDays(1), to_on: inDays(2) },
    }
  },
  'gate_delegations.destroy': async (scene) => {
    const table = await seatedIn(scene)
    const { membershipId: deputyId } = await table.decider('deputy')
    const { membershipId: deciderId } = await scene.world.person('gate_decider')
    const days = { fromOn: inDays(1), toOn: inDays(2) }
    const { id } = await scene.world.inside(() =>
      GateDelegation.give(table.project, { deciderId, deputyId, ...days })
    )
    return { as: 'gate_decider', params: { project_id: table.project.id, id } }
  },
}

/** A new project in which the scene's gate decider has a seat. */
async function seatedIn({ world }: Scene) {
  const table = await Table.in(world)
  table.sitting.gate_decider = await world.person('gate_decider')
  await table.seat({ chair: 'chair', gate_decider: 'decider' })
  return table
}

function secondBoard({ world, project }: Scene) {
  return world.inside(async () => {
    const gates = await Gate.of(project)
    const gate = gates[1].refersTo(project)
    return { gate, board: await GateBoard.of(gate) }
  })
}
