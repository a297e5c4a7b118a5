import { test } from '@japa/runner'
import { mentionOf } from '#models/text/mention'
import Notification, { notify, notifyAll, type NewNotification } from '#models/notification'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin, checksums } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { linkTo } from '#tests/support/paging'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

function tell(world: World, { membershipId }: Person, rest: Partial<NewNotification> = {}) {
  return world.inside(() =>
    notify({
      kind: 'assignment',
      to: [membershipId],
      project: null,
      path: '/projects',
      title: 'The crane permit is yours',
      key: `key:${Math.random()}`,
      ...rest,
    })
  )
}

async function ofPerson(world: World, { membershipId }: Person) {
  return world.inside(
    async () => await Notification.query().where('membership_id', membershipId).orderBy('id')
  )
}

test.group('The inbox', () => {
  test('lists notices, newest first, with present names', async ({ assert, client }) => {
    const world = await World.create()
    const [team, manager] = [await world.person('team'), await world.person('manager')]
    await tell(world, team, { title: `${mentionOf(manager.membershipId)} gave you <R1>` })
    await tell(world, team, { title: 'Newer one', detail: `See ${mentionOf(team.membershipId)}` })
    await tell(world, manager, { title: 'Not for the team' })
    const page = (await client.get('/notifications').as(team)).text()
    assert.include(page, 'manager person gave you &lt;R1&gt;')
    assert.include(page, 'See @team person')
    assert.isBelow(page.indexOf('Newer one'), page.indexOf('gave you'))
    assert.notInclude(page, 'Not for the team')
  })

  test('teaches what will come when there is nothing, and says when all is read', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const team = await world.person('team')
    assert.include((await client.get('/notifications').as(team)).text(), 'No notifications yet')
    await tell(world, team)
    const [notice] = await ofPerson(world, team)
    await client.post(`/notifications/${notice.id}/reading`).as(team)
    const unread = await client.get('/notifications?show=unread').as(team)
    assert.include(unread.text(), 'No unread notifications')
  })

  test('its pages hold everything once, in order, in both directions', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const team = await world.person('team')
    const { membershipId } = team
    const titles = Array.from({ length: 70 }, (_, index) => `Notice number ${index + 100}`)
    await world.inside(() =>
      notifyAll(
        titles.map((title) => ({
          kind: 'mention',
          to: [membershipId],
          project: null,
          path: '/projects',
          title,
          key: title,
        }))
      )
    )
    const pages: string[][] = []
    let address: string | undefined = '/notifications'
    let last = ''
    while (address) {
      last = (await client.get(address).as(team)).text()
      pages.push(last.match(/Notice number \d+/g)!)
      address = linkOf(last, 'next')
    }
    assert.deepEqual(pages.flat(), titles.toReversed())
    const back = (await client.get(linkOf(last, 'prev')!).as(team)).text()
    assert.deepEqual(back.match(/Notice number \d+/g), pages.at(-2))
    const mangled = await client.get('/notifications?after=nonsense').as(team)
    assert.deepEqual(mangled.text().match(/Notice number \d+/g), pages[0])

    function linkOf(html: string, rel: string) {
      return html.match(new RegExp(`href="([^"]+)" rel="${rel}"`))?.[1].replaceAll('&amp;', '&')
    }
  })

  test('costs as many queries for many notices as for few', async ({ assert, client }) => {
    const world = await World.create()
    const team = await world.person('team')
    const visit = () => client.get('/notifications').as(team)
    await tell(world, team, { title: `By ${mentionOf(team.membershipId)}` })
    await visit()
    const few = await countQueries(visit)
    for (let count = 0; count < 20; count++) await tell(world, team)
    assert.equal(await countQueries(visit), few)
  })
})

test.group('The number beside the inbox', () => {
  test('is on every page, and counts what is unread', async ({ assert, client }) => {
    const world = await World.create()
    const team = await world.person('team')
    const unread = async () =>
      (await client.get('/projects').as(team)).text().match(/nav__unread">(\d+\+?)</)?.[1]
    assert.isUndefined(await unread())
    await tell(world, team)
    await tell(world, team)
    await tell(world, await world.person('manager'))
    assert.equal(await unread(), '2')
    const [notice] = await ofPerson(world, team)
    await client.post(`/notifications/${notice.id}/reading`).as(team)
    assert.equal(await unread(), '1')
    await sql(
      admin(),
      `insert into notifications (organisation_id, id, membership_id, kind, path, title, key)
       select organisation_id, gen_random_uuid(), membership_id, kind, path, title, 'n' || n
         from notifications, generate_series(1, 100) n where id = ?`,
      [notice.id]
    )
    assert.equal(await unread(), '99+')
  })

  test('is read once for a page, by its index', async ({ assert, client }) => {
    const world = await World.create()
    const team = await world.person('team')
    const { membershipId } = team
    const whole = () => client.get('/projects').as(team)
    const part = () => whole().forFragment('project-list', 'div')
    assert.equal(await countQueries(whole, /from notifications/), 1)
    assert.equal(await countQueries(part, /from notifications/), 0)
    await sql(
      admin(),
      `insert into notifications (organisation_id, id, membership_id, kind, path, title, key, read_at)
       select ?, gen_random_uuid(), ?, 'mention', '/projects', 'Old', 'n' || n, now()
         from generate_series(1, 5000) n`,
      [world.organisationId, membershipId]
    )
    await sql(admin(), 'analyze notifications')
    const trx = await admin().transaction()
    // What other tests left in the table must not make reading all of it look cheap.
    await sql(trx, 'set local enable_seqscan = off')
    const plan = await sql(
      trx,
      `explain select from notifications
        where organisation_id = '${world.organisationId}' and membership_id = '${membershipId}'
          and read_at is null limit 100`
    )
    await trx.rollback()
    assert.include(JSON.stringify(plan), 'notifications_unread')
  })
})

test.group('Reading a notice', () => {
  test('opening it marks it as read and leads to what it is about', async ({ assert, client }) => {
    const world = await World.create()
    const team = await world.person('team')
    await tell(world, team, { path: '/raid?type=risk#item-1' })
    const [{ id }] = await ofPerson(world, team)
    const response = await client.post(`/notifications/${id}/reading`).as(team).form({ open: '1' })
    response.assertStatus(303)
    response.assertHeader('location', '/raid?type=risk#item-1')
    assert.isNotNull((await ofPerson(world, team))[0].readAt)
  })

  test('it can be marked as read, and as unread again, where it stands', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const team = await world.person('team')
    await tell(world, team)
    const [{ id }] = await ofPerson(world, team)
    for (const [method, isRead] of [
      ['POST', true],
      ['POST', true],
      ['DELETE', false],
      ['DELETE', false],
    ] as const) {
      const response = await client
        .post(`/notifications/${id}/reading?_method=${method}`)
        .as(team)
        .form({ return_to: '/notifications?show=unread' })
      response.assertStatus(303)
      response.assertHeader('location', '/notifications?show=unread')
      assert.equal((await ofPerson(world, team))[0].readAt !== null, isRead)
    }
  })

  test('looking at pages reads nothing: mail scanners look at them too', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const team = await world.person('team')
    await tell(world, team)
    const [{ id }] = await ofPerson(world, team)
    const before = await checksums(world.organisationId)
    await client.get('/notifications').as(team)
    const link = await client.get(`/notifications/${id}/reading`).as(team)
    link.assertStatus(404)
    assert.deepEqual(await checksums(world.organisationId), before)
  })

  test('nobody can read another’s, of this organisation or of another', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const team = await world.person('team')
    await tell(world, team)
    const [{ id }] = await ofPerson(world, team)
    const other = await World.create()
    for (const stranger of [await world.person('owner'), await other.person('owner')]) {
      for (const method of ['POST', 'DELETE']) {
        const response = await client
          .post(`/notifications/${id}/reading?_method=${method}`)
          .as(stranger)
        response.assertStatus(404)
      }
    }
    const odd = await client.post('/notifications/not-an-id/reading').as(team)
    odd.assertStatus(404)
    assert.isNull((await ofPerson(world, team))[0].readAt)
  })

  test('all at once reads what the page showed, and nothing that came since', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const [team, manager] = [await world.person('team'), await world.person('manager')]
    for (const title of ['first', 'second', 'later']) await tell(world, team, { title })
    await tell(world, manager)
    const [, second] = await ofPerson(world, team)
    const response = await client
      .post('/notifications/readings')
      .as(team)
      .form({ newest_id: second.id })
    response.assertStatus(303)
    response.assertHeader('location', '/notifications')
    const unread = (await ofPerson(world, team)).filter(({ readAt }) => readAt === null)
    assert.deepEqual(
      unread.map(({ title }) => title),
      ['later']
    )
    assert.isNull((await ofPerson(world, manager))[0].readAt)
    const odd = await client.post('/notifications/readings').as(team).form({ newest_id: 'x' })
    assert.include([302, 303], odd.status())
    assert.isNull((await ofPerson(world, team))[2].readAt)
  })
})

test.group('Marking a later page as read', () => {
  test('says that it is for what the page shows and older, and leaves the rest', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const team = await world.person('team')
    for (let count = 0; count < 32; count++) await tell(world, team, { title: `Notice ${count}` })
    const walk = await Walk.begin(client, team)
    const first = (await walk.open('/notifications')).text()
    assert.include(first, 'Mark all as read')
    const later = (await walk.open(linkTo('next', first)!)).text()
    assert.include(later, 'Mark these and older as read')
    const mark = async (page: string) => {
      const [, newest] = /name="newest_id" value="([^"]+)"/.exec(page)!
      return (await walk.submitAndFollow('/notifications/readings', { newest_id: newest })).text()
    }
    assert.include(await mark(later), 'These and all older notifications are marked as read.')
    assert.lengthOf(
      (await ofPerson(world, team)).filter(({ readAt }) => readAt === null),
      30
    )
    assert.include(await mark(first), 'All notifications are marked as read.')
  })
})

test.group('What one may no longer see', () => {
  test('leaves the inbox and its number with the project', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project()
    const team = await world.person('team')
    await tell(world, team, { project, title: 'The secret quay' })
    const [{ id }] = await ofPerson(world, team)
    await sql(admin(), 'delete from project_members where membership_id = ?', [team.membershipId])
    const page = await client.get('/notifications').as(team)
    assert.notInclude(page.text(), 'The secret quay')
    assert.notInclude(page.text(), 'nav__unread')
    const reading = await client.post(`/notifications/${id}/reading`).as(team)
    reading.assertStatus(404)
  })

  test('leaves it with the entry', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project()
    const [team, manager] = [await world.person('team'), await world.person('manager')]
    const item = await world.inside(
      () => RaidItem.raise(project, { type: 'risk', title: 'The secret leak' }),
      manager
    )
    await tell(world, team, { project, item, title: 'About the secret leak' })
    assert.include((await client.get('/notifications').as(team)).text(), 'About the secret leak')
    await world.inside(() => item.merge({ sensitivity: 'named_people' }).save())
    const page = (await client.get('/notifications').as(team)).text()
    assert.notInclude(page, 'About the secret leak')
    assert.notInclude(page, 'nav__unread')
  })
})
