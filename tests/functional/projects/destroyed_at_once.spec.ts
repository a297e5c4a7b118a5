import db from '@adonisjs/lucid/services/db'
import type { ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { exercises, performer } from '#tests/support/exercises'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'

/** What hangs on the project itself, and on what is in it. */
const ADDING = [
  'project_members.store',
  'raid_items.store',
  'raid_items.comments.store',
  'api.raid_items.store',
  'tasks.store',
  'gate_evidence.store',
  'imports.store',
]

test.group('Projects: destroyed while something is added', () => {
  test('what is added then finds no project', async ({ assert, client }) => {
    const stage = await setScene()
    const { id } = stage.project
    await quietly(`update projects set status = 'closed' where id = ?`, [id])
    const sending = await Promise.all(ADDING.map((name) => prepare(stage, name)))
    const answers = await whileDestroyed(stage, () =>
      sending.map(({ method, path, person, body }) => send(client, method, path, person, body))
    )
    assert.deepEqual(
      answers.map((answer, index) => `${ADDING[index]} ${answer.status()}`),
      ADDING.map((name) => `${name} 404`)
    )
    assert.isEmpty(await sql(admin(), 'select from project_members where project_id = ?', [id]))
  })
})

async function prepare(stage: Scene, name: string) {
  const { methods, pattern } = declaredRoutes().find((route) => route.name === name)!
  const exercise = await exercises[name](stage)
  return {
    method: methods[0],
    path: await pathTo(stage, pattern, exercise.params),
    person: await performer(stage, exercise),
    body: exercise.body,
  }
}

/** Sends requests once all is removed, and lets them go on when that is committed. */
async function whileDestroyed(
  { project, world }: Scene,
  requests: () => PromiseLike<ApiResponse>[]
): Promise<ApiResponse[]> {
  const { sent } = await db.connection('privacy').transaction(async (trx) => {
    const values = [world.organisationId, project.id, 'system', null, false]
    await sql(trx, 'select audit.remove_project(?, ?, ?, ?, ?)', values)
    const answers = requests().map((request) => Promise.resolve(request))
    await eventually(async () => (await waiting()) === answers.length)
    return { sent: answers }
  })
  return Promise.all(sent)
}

/** How many transactions wait for that one, or for another that does. */
async function waiting(): Promise<number> {
  const [{ count }] = await sql(
    admin(),
    `select count(distinct pid)::int as count from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database()`
  )
  return count
}
