import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateDelegation from '#models/gate_delegation'
import ProjectMember from '#models/project_member'
import type Project from '#models/project'
import { today } from '#models/raid_item'
import { register, type World } from '#tests/support/world'

/** Names who decides the first gate of a project, and a deputy for one of them. */
export async function addDecidingRows(world: World, project: Project) {
  const [sponsor, decider] = [await world.person('sponsor'), await world.person('gate_decider')]
  const deputy = await world.join(await register('deputy'))
  await world.inside(async () => {
    await ProjectMember.grant(project, deputy.membershipId, 'gate_decider')
    const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
    const board = await GateBoard.of(gate)
    await board.set(
      project,
      gate,
      { decisionRule: 'chair_after_advice', quorum: 1, isPolled: false },
      [
        { membershipId: sponsor.membershipId, role: 'chair', required: false },
        { membershipId: decider.membershipId, role: 'decider', required: false },
      ]
    )
    await GateDelegation.give(project, {
      deciderId: decider.membershipId,
      deputyId: deputy.membershipId,
      fromOn: today(),
      toOn: today(),
    })
  })
}
