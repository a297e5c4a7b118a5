import { test } from '@japa/runner'
import Membership from '#models/membership'
import { reactivate } from '#models/membership/reactivation'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { sessionTexts } from '#tests/support/sealed'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'
import { register, World, type Person } from '#tests/support/world'

test.group('Calendar addresses', (group) => {
  let tasks: Tasks
  group.setup(async () => {
    tasks = await Tasks.create()
  })

  async function make(client: any, person: Person) {
    const walk = await Walk.begin(client, person)
    await walk.open('/calendar')
    const page = await walk.submitAndFollow('/calendar/feeds', { kind: 'tasks' })
    return { walk, page, path: addressOn(page.text())! }
  }

  test('hold the open tasks of their owner that have a day', async ({ assert, client }) => {
    const { team, manager } = tasks.people
    const mine = { assigneeId: team.membershipId }
    const due = await tasks.add({ ...mine, title: 'Survey, then paint', dueOn: '2026-12-01' })
    await tasks.add({ ...mine, title: 'No day' })
    await tasks.add({ ...mine, title: 'Done already', dueOn: '2026-12-02', status: 'done' })
    await tasks.add({ title: 'Of another', dueOn: '2026-12-03', assigneeId: manager.membershipId })
    const { path } = await make(client, team)
    const file = await client.get(path)
    file.assertStatus(200)
    file.assertHeader('content-type', 'text/calendar; charset=utf-8')
    assert.include(file.text(), `UID:task-${due.id}@`)
    assert.include(file.text(), `SUMMARY:${due.ref} Survey\\, then paint`)
    assert.include(file.text(), 'DTSTART;VALUE=DATE:20261201')
    assert.include(file.text().replaceAll('\r\n ', ''), `${tasks.pageOf(due)}?organisation=`)
    for (const title of ['No day', 'Done already', 'Of another']) {
      assert.notInclude(file.text(), title)
    }
  })

  test('leave out projects that are over, until they are taken up again', async ({
    assert,
    client,
  }) => {
    const person = await tasks.world.join(await register('reader'), 'pmo')
    const { id } = await tasks.add({ assigneeId: person.membershipId, dueOn: '2026-12-01' })
    const { path } = await make(client, person)
    const shown: Record<string, boolean> = {}
    for (const status of ['closed', 'cancelled', 'on_hold', 'active']) {
      await sql(admin(), 'update projects set status = ? where id = ?', [status, tasks.project.id])
      shown[status] = (await client.get(path)).text().includes(id)
    }
    assert.deepEqual(shown, { closed: false, cancelled: false, on_hold: true, active: true })
  })

  test('set no cookie, and answer 304 for an unchanged calendar', async ({ assert, client }) => {
    const person = await tasks.world.join(await register('reader'), 'pmo')
    const task = await tasks.add({ assigneeId: person.membershipId, dueOn: '2026-12-01' })
    const { path } = await make(client, person)
    const first = await client.get(path)
    assert.isUndefined(first.header('set-cookie'))
    assert.equal(first.header('cache-control'), 'private, no-cache')
    const again = await client.get(path).header('if-none-match', first.header('etag')!)
    again.assertStatus(304)
    await tasks.world.inside(() => task.revise({ dueOn: '2026-12-09' }, 1))
    const changed = await client.get(path).header('if-none-match', first.header('etag')!)
    changed.assertStatus(200)
    assert.include(changed.text(), 'DTSTART;VALUE=DATE:20261209')
    assert.equal(uidsIn(changed.text()), uidsIn(first.text()))
  })

  test('are shown once and kept as a digest', async ({ assert, client }) => {
    const person = await tasks.world.join(await register('reader'), 'pmo')
    const { walk, page, path } = await make(client, person)
    assert.include(page.text(), 'It will not be shown again')
    const later = await walk.open('/calendar')
    assert.isNull(addressOn(later.text()))
    const secret = path.split('/').at(-1)!.replace('.ics', '')
    assert.isEmpty((await sessionTexts()).filter((text) => text.includes(secret)))
    const [row] = await sql(
      admin(),
      'select digest, membership_id from calendar_feeds where membership_id = ?',
      [person.membershipId]
    )
    assert.lengthOf(row.digest, 32)
    assert.notInclude(JSON.stringify(row), secret)
  })

  test('end at once when they are renewed or revoked', async ({ assert, client }) => {
    const person = await tasks.world.join(await register('reader'), 'pmo')
    const { walk, page, path } = await make(client, person)
    const feed = page.text().match(/\/calendar\/feeds\/([\w-]{36})/)![1]
    const renewed = await walk.submitAndFollow(`/calendar/feeds/${feed}`, {}, 'PUT')
    const next = addressOn(renewed.text())!
    assert.notEqual(next, path)
    const answers = async () => [
      (await client.get(path)).status(),
      (await client.get(next)).status(),
    ]
    assert.deepEqual(await answers(), [404, 200])
    await walk.submit(`/calendar/feeds/${feed}`, {}, 'DELETE')
    assert.deepEqual(await answers(), [404, 404])
    const told = await tasks.events(feed)
    assert.deepEqual(
      told.map(({ action }) => action),
      ['calendar_feed.created', 'calendar_feed.renewed', 'calendar_feed.revoked']
    )
  })

  test('work for active members only, and not again for who left and came back', async ({
    assert,
    client,
  }) => {
    const { world } = tasks
    const person = await world.join(await register('reader'))
    const { path } = await make(client, person)
    const change = (work: (membership: Membership) => Promise<unknown>) =>
      world.inside(async () => work(await Membership.findOrFail(person.membershipId)))
    const status = async () => (await client.get(path)).status()
    assert.equal(await status(), 200)
    await change((membership) => membership.deactivate())
    assert.equal(await status(), 404)
    await change(reactivate)
    assert.equal(await status(), 200)
    await change((membership) => membership.leave())
    assert.equal(await status(), 404)
    await change((membership) => membership.merge({ status: 'active' }).save())
    assert.equal(await status(), 404)
  })

  test('leave out what their owner may no longer see', async ({ assert, client }) => {
    const person = await tasks.world.join(await register('reader'))
    const task = await tasks.add({ assigneeId: person.membershipId, dueOn: '2026-12-01' })
    const { path } = await make(client, person)
    const file = await client.get(path)
    file.assertStatus(200)
    assert.notInclude(file.text(), task.id)
  })

  test('are one for each calendar of a person, however often they ask', async ({
    assert,
    client,
  }) => {
    const person = await tasks.world.join(await register('reader'), 'pmo')
    const walk = await Walk.begin(client, person)
    await walk.open('/calendar')
    await Promise.all(
      Array.from({ length: 10 }, () => walk.submit('/calendar/feeds', { kind: 'tasks' }))
    )
    const rows = await sql(admin(), 'select id from calendar_feeds where membership_id = ?', [
      person.membershipId,
    ])
    assert.lengthOf(rows, 1)
    const again = await walk.submitAndFollow('/calendar/feeds', { kind: 'tasks' })
    assert.include(again.text(), 'You already have an address for this calendar')
    const odd = await walk.submitAndFollow('/calendar/feeds', { kind: 'holidays' })
    assert.include(odd.text(), 'Choose one of the calendars')
  })

  test('of others do not exist for anyone else', async ({ assert, client }) => {
    const owner = await tasks.world.join(await register('reader'), 'pmo')
    const { page, path } = await make(client, owner)
    const feed = page.text().match(/\/calendar\/feeds\/([\w-]{36})/)![1]
    const foreign = await (await World.create('Elsewhere')).person('owner')
    for (const person of [await tasks.world.person('owner'), foreign]) {
      const walk = await Walk.begin(client, person)
      for (const method of ['PUT', 'DELETE']) {
        const answer = await walk.submit(`/calendar/feeds/${feed}`, {}, method)
        answer.assertStatus(404)
      }
    }
    assert.equal((await client.get(path)).status(), 200)
  })

  test('all answer alike when nobody made them', async ({ assert, client }) => {
    const { path } = await make(client, await tasks.world.join(await register('reader'), 'pmo'))
    const odd = [
      '/calendar/tasks/.ics',
      '/calendar/tasks/short.ics',
      `/calendar/tasks/${'A'.repeat(43)}.ics`,
      path.replace('/tasks/', '/gates/'),
      path.replace('.ics', ''),
    ]
    for (const address of odd) {
      const answer = await client.get(address)
      assert.equal(answer.status(), 404, address)
    }
  })
})

function addressOn(html: string) {
  const [, address] = html.match(/value="([^"]+\.ics)"/) ?? []
  return address ? new URL(address).pathname : null
}

function uidsIn(file: string) {
  return [...file.matchAll(/UID:(.+)\r/g)].map(([, uid]) => uid).join()
}
