import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { restore } from '#tests/support/transfers'
import { World } from '#tests/support/world'
import { zipOf } from '#tests/support/zip'

/** Made by a release 400 commits older than this test; its files are kept as text. */
async function earlierArchive() {
  const kept = await readFile(app.makePath('tests/fixtures/earlier/project.json'), 'utf8')
  const files = Object.entries<string>(JSON.parse(kept))
  return zipOf(new Map(files.map(([path, text]) => [path, Buffer.from(text)])))
}

test('an archive of an early release becomes a project', async ({ client, assert }) => {
  const world = await World.create()
  const owner = await world.person('owner')
  const { row } = await restore(client, world, owner, await earlierArchive(), 'EARLY')
  assert.equal(row.status, 'done')
  await world.inside(async () => {
    const project = await Project.findByOrFail('code', 'EARLY')
    assert.equal(project.name, 'Ferry exchange with Łódź, Weißenburg and 漢口')
    const [item, ...others] = await RaidItem.query().where('project_id', project.id)
    assert.isEmpty(others)
    assert.equal(item.projectId, project.id)
  })
})
