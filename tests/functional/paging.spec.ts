import { test } from '@japa/runner'
import { mentionOf } from '#models/text/mention'
import { notifyAll } from '#models/notification'
import type Task from '#models/task'
import { quietly } from '#tests/support/admin'
import { linkTo, refs } from '#tests/support/paging'
import { Log } from '#tests/support/raid_log'
import { inDays } from '#tests/support/table'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

test.group('A list whose rows change while it is paged through', () => {
  for (const [sort, direction] of [
    ['due', 'asc'],
    ['due', 'desc'],
    ['title', 'asc'],
    ['status', 'desc'],
    ['updated', 'desc'],
  ]) {
    test(`shows each task that stays once, by ${sort} ${direction}`, async ({ assert, client }) => {
      const tasks = await Tasks.create()
      const manager = await Walk.begin(client, tasks.people.manager)
      const add = (index: number) =>
        tasks.add({ title: `Task ${index % 4}`, dueOn: index % 3 ? inDays(index % 5) : null })
      const added: Task[] = []
      for (let index = 0; index < 16; index++) added.push(await add(index))
      const passing = new Set(added.filter((_, index) => index % 4 === 3).map(({ id }) => id))
      const staying = added.filter(({ id }) => !passing.has(id)).map(({ number }) => `T${number}`)
      const seen: string[] = []
      let href: string | undefined =
        `${tasks.list}?status=all&per_page=3&sort=${sort}&direction=${direction}`
      for (let page = 0; href; page++) {
        const html = (await manager.open(href)).text()
        seen.push(...refs(html))
        href = linkTo('next', html)
        await add(page)
        const [gone] = passing
        passing.delete(gone)
        if (gone && page % 2) await quietly('delete from tasks where id = ?', [gone])
        else if (gone)
          await quietly(`update tasks set due_on = null, title = 'Z' where id = ?`, [gone])
      }
      assert.sameMembers(
        seen.filter((ref) => staying.includes(ref)),
        staying
      )
    })
  }
})

test.group('A page of a list that has lost its rows', () => {
  test('is the first page, as after the last row of the last page was done', async ({
    assert,
    client,
  }) => {
    const tasks = await Tasks.create()
    const manager = await Walk.begin(client, tasks.people.manager)
    const [first, , last] = [
      await tasks.add({ dueOn: inDays(1) }),
      await tasks.add({ dueOn: inDays(2) }),
      await tasks.add({ dueOn: inDays(3) }),
    ]
    const start = (await manager.open(`${tasks.list}?per_page=2`)).text()
    const end = linkTo('next', start)!
    assert.deepEqual(refs((await manager.open(end)).text()), [`T${last.number}`])
    await quietly(`update tasks set status = 'done', completed_on = due_on where id = ?`, [last.id])
    for (const path of [end, end.replace(tasks.list, '/tasks')]) {
      const html = (await manager.open(path)).text()
      assert.include(html, first.title)
      assert.notInclude(html, 'No open tasks')
      assert.isUndefined(linkTo('prev', html))
    }
  })

  test('is the first page of RAID entries and of notices too', async ({ assert, client }) => {
    const log = await Log.create()
    const { team } = log.people
    const item = await log.raise('risk', { dueOn: '2027-01-01' })
    await log.world.inside(() =>
      notifyAll([
        {
          kind: 'mention',
          to: [team.membershipId],
          project: null,
          path: '/projects',
          title: `By ${mentionOf(team.membershipId)}`,
          key: 'one',
        },
      ])
    )
    const walk = await Walk.begin(client, team)
    const far = '00000000-0000-7000-8000-000000000000'
    const end = cursor('2999-01-01', 99_999)
    for (const path of [
      `${log.url}?type=risk&sort=due&direction=asc&after=${end}`,
      `/raid?type=risk&sort=due&direction=asc&after=${cursor('2999-01-01', far)}`,
      `/notifications?after=${cursor(far, far)}`,
      `/projects?after=${cursor('ZZZZ', 'ZZZZ')}`,
      `/portfolio?after=${cursor('ZZZZ ZZZZ', 'ZZZZ')}`,
    ]) {
      const html = (await walk.open(path)).text()
      assert.notMatch(html, /No (risks|notifications|projects) yet/, path)
      assert.isUndefined(linkTo('prev', html), path)
    }
    assert.include((await walk.open(`${log.url}?type=risk&after=${end}&sort=due`)).text(), item.ref)
  })

  test('is the first, whole, when only its beginning is left', async ({ assert, client }) => {
    const tasks = await Tasks.create()
    const manager = await Walk.begin(client, tasks.people.manager)
    const added: Task[] = []
    for (let day = 1; day < 6; day++) added.push(await tasks.add({ dueOn: inDays(day) }))
    const start = (await manager.open(`${tasks.list}?per_page=2`)).text()
    const second = (await manager.open(linkTo('next', start)!)).text()
    await quietly('delete from tasks where id = ?', [added[0].id])
    const back = (await manager.open(linkTo('prev', second)!)).text()
    assert.deepEqual(refs(back), [`T${added[1].number}`, `T${added[2].number}`])
    assert.isUndefined(linkTo('prev', back))
    assert.isDefined(linkTo('next', back))
  })
})

test.group('A cursor of another order', () => {
  test('leads to the first page, which has none before it', async ({ assert, client }) => {
    const log = await Log.create()
    await log.raise('risk')
    const walk = await Walk.begin(client, log.people.manager)
    for (const way of ['after', 'before']) {
      const path = `${log.url}?type=risk&sort=rating&${way}=${cursor('A title', 'x')}`
      const html = (await walk.open(path)).text()
      assert.deepEqual(refs(html), ['R1'])
      assert.isUndefined(linkTo('prev', html))
      assert.isUndefined(linkTo('next', html))
    }
  })

  test('is refused to a program, and one beyond the end finds nothing', async ({
    assert,
    client,
  }) => {
    const log = await Log.create()
    await log.raise('risk')
    const api = `/api/v1/projects/${log.project.id}/raid?type=risk&sort=due`
    const ask = (at: string) => client.get(`${api}&cursor=${at}`).withTokenOf(log.people.manager)
    const refused = await ask(cursor('A title', 1))
    refused.assertStatus(422)
    assert.equal(refused.body().title, 'Not a cursor')
    const beyond = await ask(cursor('infinity', 9999))
    beyond.assertStatus(200)
    assert.deepEqual(beyond.body(), { data: [], next_cursor: null })
    assert.lengthOf((await client.get(api).withTokenOf(log.people.manager)).body().data, 1)
  })
})
