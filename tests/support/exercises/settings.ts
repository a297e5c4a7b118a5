import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { Exercise } from '#tests/support/exercises'
import { lookingInto } from '#tests/support/exercises/office'
import type { Scene } from '#tests/support/scene'
import { makeRoomForCategory, scoringForm } from '#tests/support/settings'

/**
 * Requests that change the organisation's settings. Each differs from the present ones, or nothing would be recorded.
 */
export const settingsExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'settings.accesses.destroy': async ({ world }) => ({
    as: 'owner',
    params: { id: (await lookingInto(world)).id },
  }),
  'settings.general.update': async (scene) => {
    const { lock_version: version } = await standing(scene, 'organisations')
    const name = `Renamed ${Math.random()}`
    return { as: 'owner', body: { name, time_zone: 'Europe/London', lock_version: version } }
  },
  'settings.scoring.update': async (scene) => {
    const { lock_version: version, appetite } = await standing(scene, 'raid_scoring')
    return {
      as: 'pmo',
      body: scoringForm({ appetite: (appetite + 1) % 26, lock_version: version }),
    }
  },
  'settings.categories.store': async ({ world }) => {
    await makeRoomForCategory(world)
    return { as: 'pmo', body: { new_name: `Weather ${Math.random()}` } }
  },
  'settings.categories.update': async (scene) => {
    const { id, lockVersion: version } = await scene.category()
    const name = `Weather ${Math.random()}`
    return { as: 'pmo', params: { id }, body: { name, lock_version: version } }
  },
  'settings.category_positions.update': async (scene) => {
    const { id } = await scene.category()
    return { as: 'pmo', params: { id }, body: { direction: 'up' } }
  },
  'settings.category_retirements.store': async (scene) => {
    const { id } = await scene.category()
    return { as: 'pmo', params: { id } }
  },
  'settings.category_retirements.destroy': async (scene) => {
    const { id } = await scene.category('retired')
    return { as: 'pmo', params: { id } }
  },
  'settings.assistant.update': async (scene) => {
    const { lock_version: version, monthly_budget: pence } = await standing(
      scene,
      'assistant_settings'
    )
    const budget = `${(pence / 100 + 1) % 1000}`
    const rest = { is_enabled: 'true', personal_budget: '0', lock_version: version }
    return { as: 'owner', body: { ...rest, monthly_budget: budget } }
  },
  'settings.retention.update': async (scene) => {
    const { lock_version: version, mail_days: days } = await standing(scene, 'retention_settings')
    const rest = { notification_days: 90, assistant_days: 60, lock_version: version }
    return { as: 'owner', body: { ...rest, mail_days: (days % 30) + 1 } }
  },
  'settings.gates.update': async (scene) => {
    const { lock_version: version, quorum } = await standing(scene, 'gate_defaults')
    const rest = { decision_rule: 'majority', reminder_days: 5, poll_enabled: 'false' }
    return { as: 'pmo', body: { ...rest, quorum: (quorum % 50) + 1, lock_version: version } }
  },
}

async function standing({ world }: Scene, table: string) {
  const [row] = await sql(admin(), `select * from ${table} where id = ?`, [world.organisationId])
  return row
}
