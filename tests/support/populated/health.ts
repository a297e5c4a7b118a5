import { giveConfidence } from '#models/health/assuring'
import { declareRatings } from '#models/health/declaring'
import Gate from '#models/gate'
import type Project from '#models/project'
import type { World } from '#tests/support/world'

/** A declared rating of the project, and the delivery confidence given for its first gate. */
export async function addHealthRows(world: World, project: Project) {
  const manager = await world.person('manager')
  const given = { rating: 'amber', reason: 'The crane is late', pathToGreen: 'Rent one' } as const
  await world.inside(
    () => declareRatings(project, { cost: given }, { by: manager.membershipId }),
    manager
  )
  await world.inside(
    async () => {
      const gate = await Gate.of(project).firstOrFail()
      const judged = { rating: 'amber', rationale: 'The crane decides it' } as const
      await giveConfidence(project, { ...judged, gateId: gate.id })
    },
    await world.person('auditor')
  )
}
