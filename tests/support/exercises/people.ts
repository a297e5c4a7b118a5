import { randomUUID } from 'node:crypto'
import RaidItem from '#models/raid_item'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

export const peopleExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'members.roles.update': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.member()).membershipId },
    body: { role: 'pmo' },
  }),
  'members.deactivations.store': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.member()).membershipId },
  }),
  'members.deactivations.destroy': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.member('deactivated')).membershipId },
  }),
  'members.ownerships.store': async (scene) => ({
    as: await scene.member('owner'),
    params: { id: (await scene.member()).membershipId },
  }),
  'departures.store': async (scene) => ({ as: await scene.member() }),
  'handovers.store': async (scene) => {
    const { membershipId: ownerId } = await scene.member()
    const risk = { type: 'risk', nature: 'threat', title: 'Left behind', ownerId } as const
    await scene.world.inside(() => RaidItem.raise(scene.project, risk))
    return { as: 'manager', body: { from: ownerId, to: scene.project.managerId } }
  },
  'project_members.store': async (scene) => ({
    as: 'manager',
    body: { membership_id: (await scene.member()).membershipId, role: 'team' },
  }),
  'project_members.destroy': async (scene) => ({
    as: 'manager',
    params: { id: (await scene.grant()).id },
  }),
  'invitations.store': async () => ({
    as: 'owner',
    body: { emails: `someone-${randomUUID()}@example.test`, role: 'member' },
  }),
  'invitations.update': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.invite()).id },
  }),
  'invitations.destroy': async (scene) => ({
    as: 'owner',
    params: { id: (await scene.invite()).id },
  }),
}
