import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { slugOf } from '#privacy/destruction/organisation'
import { useNotes } from '#privacy/erasure/notes'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { runCommand } from '#tests/support/commands'
import { registerStaff, World } from '#tests/support/world'

async function closedProject(world: World) {
  const project = await world.project({ status: 'closed' })
  return project
}

test.group('Commands on a database that is older than an erasure', (group) => {
  group.each.setup(() => {
    const inProduction = Object.getOwnPropertyDescriptor(app, 'inProduction')
    Object.defineProperty(app, 'inProduction', { value: true, configurable: true })
    const noted = { has: async () => true, add: async () => {}, read: async () => [] }
    useNotes({ ...noted, ids: async () => [randomUUID()] })
    return () => {
      useNotes(null)
      if (inProduction) Object.defineProperty(app, 'inProduction', inProduction)
      else delete (app as any).inProduction
    }
  })

  test('neither erase nor retain anything before earlier erasures are replayed', async ({
    assert,
  }) => {
    const world = await World.create()
    const project = await closedProject(world)
    const owner = await world.person('owner')
    const person = await world.person('member')
    const slug = await slugOf(world.organisationId)
    const [of, by] = [`--organisation=${world.organisationId}`, `--by=${owner.email}`]
    for (const [name, ...options] of [
      ['projects:destroy', of, by, `--project=${project.code}`, `--confirm=${project.code}`],
      ['organisations:erase', of, by, `--confirm=${slug}`],
      ['privacy:erase', `--user=${person.email}`, '--confirm'],
      ['privacy:retain'],
    ]) {
      const { exitCode, said } = await runCommand(name, ...options)
      assert.equal(exitCode, 1, name)
      assert.include(said, 'erased after this database was backed up', name)
    }
    const kept = await sql(
      admin(),
      `select (select count(*)::int from projects where id = ?) as projects,
              (select count(*)::int from erasures where user_id = ?) as erasures,
              (select count(*)::int from retention_runs where started_at > now() - interval '5 seconds') as runs`,
      [project.id, person.userId]
    )
    assert.deepEqual(kept, [{ projects: 1, erasures: 0, runs: 0 }])
  })
})

test.group('Commands that destroy', () => {
  test('projects:destroy only reports until an owner or staff give the code', async ({
    assert,
  }) => {
    const world = await World.create()
    const project = await closedProject(world)
    const isThere = async () =>
      (await sql(admin(), 'select from projects where id = ?', [project.id])).length === 1
    const about = [`--organisation=${world.organisationId}`, `--project=${project.code}`]
    const owner = `--by=${(await world.person('owner')).email}`

    const dry = await runCommand('projects:destroy', ...about, owner)
    assert.equal(dry.exitCode, 0)
    assert.include(dry.said, 'Nothing was changed')
    const named = ['--organisation=Quay', `--project=${project.code}`, owner]
    const nowhere = await runCommand('projects:destroy', ...named)
    assert.include(nowhere.said, 'no organisation with this id')
    assert.equal(nowhere.exitCode, 1)
    const wrong = await runCommand('projects:destroy', ...about, owner, '--confirm=OTHER')
    assert.equal(wrong.exitCode, 1)
    for (const role of ['admin', 'pmo', 'member'] as const) {
      const by = `--by=${(await world.person(role)).email}`
      const refused = await runCommand(
        'projects:destroy',
        ...about,
        by,
        `--confirm=${project.code}`
      )
      assert.equal(refused.exitCode, 1)
    }
    const stranger = `--by=${(await (await World.create()).person('owner')).email}`
    const foreign = await runCommand(
      'projects:destroy',
      ...about,
      stranger,
      `--confirm=${project.code}`
    )
    assert.equal(foreign.exitCode, 1)
    assert.isTrue(await isThere())

    const done = await runCommand('projects:destroy', ...about, owner, `--confirm=${project.code}`)
    assert.equal(done.exitCode, 0, done.said)
    assert.include(done.said, 'is destroyed')
    assert.isFalse(await isThere())
    const [event] = await sql(
      admin(),
      `select actor_kind, actor_ref from audit.events where organisation_id = ? and action = 'audit.removed'`,
      [world.organisationId]
    )
    const { membershipId } = await world.person('owner')
    assert.deepEqual(event, { actor_kind: 'member', actor_ref: membershipId })
  })

  test('projects:destroy leaves a project that is under way alone', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const staff = await registerStaff()
    const { exitCode, said } = await runCommand(
      'projects:destroy',
      `--organisation=${world.organisationId}`,
      `--project=${project.code}`,
      `--by=${staff.email}`,
      `--confirm=${project.code}`
    )
    assert.equal(exitCode, 1)
    assert.include(said, 'Close or cancel')
  })

  test('organisations:erase only reports until the name is given', async ({ assert }) => {
    const world = await World.create('Quay & Sons')
    const staff = `--by=${(await registerStaff()).email}`
    const about = [`--organisation=${world.organisationId}`, staff]
    const slug = (await slugOf(world.organisationId))!
    assert.match(slug, /^quay-sons/)
    const dry = await runCommand('organisations:erase', ...about)
    assert.include(dry.said, `--confirm=${slug}`)
    assert.equal((await runCommand('organisations:erase', ...about, '--confirm=quay')).exitCode, 1)
    const admins = `--by=${(await world.person('admin')).email}`
    const refused = await runCommand('organisations:erase', about[0], admins, `--confirm=${slug}`)
    assert.equal(refused.exitCode, 1)
    assert.isNotEmpty(
      await sql(admin(), 'select from organisations where id = ?', [world.organisationId])
    )
    const done = await runCommand('organisations:erase', ...about, `--confirm=${slug}`)
    assert.equal(done.exitCode, 0, done.said)
    const again = await runCommand('organisations:erase', ...about, `--confirm=${slug}`)
    assert.equal(again.exitCode, 0, 'what is done may be finished again')
    const never = await runCommand('organisations:erase', `--organisation=${staff.slice(5)}`, staff)
    assert.equal(never.exitCode, 1)
  })

  test('organisations:erase knows an organisation whose name has no letter', async ({ assert }) => {
    const world = await World.create('Rockets')
    const name = `🚀 ${'+'.repeat(20)}`
    await sql(admin(), 'update organisations set name = ? where id = ?', [
      name,
      world.organisationId,
    ])
    const staff = `--by=${(await registerStaff()).email}`
    const about = [`--organisation=${world.organisationId}`, staff]
    const dry = await runCommand('organisations:erase', ...about)
    assert.include(dry.said, `--confirm=${name}`)
    assert.equal((await runCommand('organisations:erase', ...about, '--confirm=-')).exitCode, 1)
    const done = await runCommand('organisations:erase', ...about, `--confirm=${name}`)
    assert.equal(done.exitCode, 0, done.said)
  })
})
