import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateDelegation from '#models/gate_delegation'
import ProjectMember from '#models/project_member'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import { register } from '#tests/support/world'

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
  'gate_delegations.store': async (scene) => ({
    as: 'gate_decider',
    body: { deputy_id: await deputyIn(scene), ...freeDay() },
  }),
  'gate_delegations.destroy': async (scene) => {
    const { from_on: fromOn, to_on: toOn } = freeDay()
    const { membershipId: deciderId } = await scene.world.person('gate_decider')
    const deputyId = await deputyIn(scene)
    const { id } = await scene.world.inside(() =>
      GateDelegation.give(scene.project, { deciderId, deputyId, fromOn, toOn })
    )
    return { as: 'gate_decider', params: { id } }
  },
}

function secondBoard({ world, project }: Scene) {
  return world.inside(async () => {
    const gates = await Gate.of(project)
    const gate = gates[1].refersTo(project)
    return { gate, board: await GateBoard.of(gate) }
  })
}

async function deputyIn({ world, project }: Scene) {
  const { membershipId } = await world.join(await register('deputy'))
  await world.inside(() => ProjectMember.grant(project, membershipId, 'gate_decider'))
  return membershipId
}

let days = 0

/** A day on which nobody stands in for anybody yet. */
function freeDay() {
  days += 1
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  return { from_on: day, to_on: day }
}
