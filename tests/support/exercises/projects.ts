import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

export const projectExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'projects.store': async (scene) => ({ as: 'pmo', body: await newProject(scene) }),
  'projects.update': async (scene) => ({
    as: 'manager',
    body: {
      ...(await newProject(scene)),
      lock_version: await versionOf('projects', scene.project.id),
    },
  }),
}

async function newProject({ world }: Scene) {
  const manager = await world.person('manager')
  const sponsor = await world.person('sponsor')
  return {
    code: `N${Math.random().toString(36).slice(2, 9).toUpperCase()}`,
    name: 'New quay',
    visibility: 'members',
    manager_id: manager.membershipId,
    sponsor_id: sponsor.membershipId,
  }
}

async function versionOf(table: string, id: string) {
  const [{ version }] = await sql(
    admin(),
    `select lock_version as version from ${table} where id = ?`,
    [id]
  )
  return version
}
