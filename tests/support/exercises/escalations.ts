import RaidEscalation from '#models/raid_escalation'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

/** An escalated entry, and who has to answer. */
async function escalated(scene: Scene) {
  const item = await scene.raise()
  const escalation = await scene.world.inside(
    () =>
      RaidEscalation.raise(item, scene.project, {
        level: 'organisation',
        reason: 'Too big for us',
        ask: 'A second rig',
        askedOfId: null,
      }),
    await scene.world.person('manager')
  )
  return { id: item.id, escalation_id: escalation.id }
}

const escalationForms: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'raid_items.escalations.store': async (scene) => {
    const item = await scene.raise()
    const asked = { level: 'organisation', reason: 'Too big for us', ask: 'A second rig' }
    return {
      as: 'manager',
      params: { id: item.id },
      body: { ...asked, lock_version: item.lockVersion },
    }
  },
  'raid_items.escalations.update': async (scene) => ({
    as: 'pmo',
    params: await escalated(scene),
    body: { decision: 'accepted', lock_version: 1 },
  }),
  'raid_items.escalations.destroy': async (scene) => ({
    as: 'manager',
    params: await escalated(scene),
    body: { take_back_reason: 'The rig came', lock_version: 1 },
  }),
}

/** By form and by the API. */
export const escalationExercises: typeof escalationForms = {
  ...escalationForms,
  'api.raid_escalations.index': async (scene) => ({
    as: 'pmo',
    params: { id: (await escalated(scene)).id },
  }),
  'api.raid_escalations.show': async (scene) => ({ as: 'pmo', params: await escalated(scene) }),
  'api.raid_escalations.store': escalationForms['raid_items.escalations.store'],
  'api.raid_escalations.update': escalationForms['raid_items.escalations.update'],
  'api.raid_escalations.withdrawals.update': escalationForms['raid_items.escalations.destroy'],
}
