import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Membership from '#models/membership'
import SavedView from '#models/saved_view'
import Task from '#models/task'
import { unescaped } from '#tests/support/html'
import { Log } from '#tests/support/raid_log'
import { keepView } from '#tests/support/populated/portfolio'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const VIEWS = '/raid/views'
const SAVED = { name: 'Mine', visibility: 'private', query: 'type=risk&state=open&owner=me' }

test.group('Views of the RAID log across projects', (group) => {
  let log: Log
  let walk: Walk
  group.each.setup(async ({ context }) => {
    log = await Log.create()
    walk = await Walk.begin(context.client, log.people.manager)
  })

  const kept = (name: string) =>
    log.world.inside(() => SavedView.query().where('name', name).first())
  const keep = (fields: Parameters<typeof keepView>[2] = {}) =>
    keepView(log.world, log.people.manager, { query: SAVED.query, ...fields }, 'raid')
  const open = async (path: string, by = walk) => unescaped((await by.open(path)).text())

  test('are saved from what the list shows, opened, changed and deleted, each told once', async ({
    assert,
  }) => {
    await log.raise('risk', { title: 'Flood', ownerId: log.people.manager.membershipId })
    await log.raise('risk', { title: 'Frost', ownerId: log.people.team.membershipId })
    const list = await open(`/raid?${SAVED.query}`)
    const [, form] = /href="([^"]+)"[^>]*>(?:(?!<\/a>)[^])*Save as a view/.exec(list)!
    const asked = await open(form)
    for (const words of ['Risks', 'State: open', 'Owner: me']) assert.include(asked, words)
    assert.include(asked, 'RAID across projects opens with this view, for you only')
    const page = unescaped((await walk.submitAndFollow(VIEWS, SAVED)).text())
    const { id } = (await kept('Mine'))!
    assert.match(page, /aria-current="page"\s*>Mine/)
    assert.include(page, 'Flood')
    assert.notInclude(page, 'Frost')
    const changed = { ...SAVED, name: 'All issues', query: 'type=issue', lock_version: 1 }
    await walk.submit(`${VIEWS}/${id}`, changed, 'PUT')
    assert.equal((await kept('All issues'))!.query, 'type=issue')
    assert.include(await open(VIEWS), 'All issues')
    await walk.submit(`${VIEWS}/${id}`, {}, 'DELETE')
    assert.isNull(await kept('All issues'))
    assert.deepEqual(
      (await log.events(id)).map(({ action }) => action),
      ['portfolio_view.created', 'portfolio_view.updated', 'portfolio_view.deleted']
    )
  })

  test('go on choosing someone who has left, in the form too', async ({ assert }) => {
    const { team } = log.people
    await log.raise('risk', { title: 'Frost', ownerId: team.membershipId })
    await keep({ query: `type=risk&owner=${team.membershipId}`, isDefault: true })
    await log.world.inside(async () =>
      (await Membership.findOrFail(team.membershipId)).deactivate()
    )
    const chosen = (id: string, name: string) =>
      new RegExp(`<option value="${id}" selected\\s*>${name}<`)
    const page = await open('/raid')
    assert.include(page, 'Frost')
    assert.match(page, chosen(team.membershipId, team.name))
    const { membershipId: assigneeId } = log.people.manager
    await log.world.inside(() => Task.add(log.project, { title: 'Sweep', assigneeId }))
    const gone = randomUUID()
    for (const path of ['/tasks', `/projects/${log.project.id}/tasks`])
      assert.match(await open(`${path}?assignee=${gone}`), chosen(gone, 'a former member'))
  })

  test('keep filters and order, and nothing of what does not belong there', async ({ assert }) => {
    const query = `from=x&sort=due&direction=asc&after=WyJhIiwiYiJd&nonsense=1&edit=${log.project.id}&import=${log.project.id}&owner=none&type=issue`
    await walk.submit(VIEWS, { ...SAVED, query })
    const view = (await kept('Mine'))!
    assert.equal(view.query, 'type=issue&owner=none&sort=due&direction=asc')
    assert.isFalse(view.isDefault)
  })

  test('one of them can be the default, beside one of the portfolio', async ({
    assert,
    client,
  }) => {
    await keepView(log.world, log.people.manager, { name: 'Mine', isDefault: true })
    await walk.submit(VIEWS, { ...SAVED, is_default: '1' })
    assert.include(await open('/raid'), 'Owner: me')
    assert.notInclude(await open('/raid?view=all'), 'Owner: me')
    assert.notInclude(await open('/raid?type=risk'), 'Owner: me')
    assert.include(await open('/portfolio'), 'Overall: red')
    const other = await Walk.begin(client, log.people.viewer)
    assert.notInclude(await open('/raid', other), 'Owner: me')
  })

  test('can be saved again once what they show is changed', async ({ assert }) => {
    const { id } = await keep({ name: 'Mine' })
    const narrower = await open(`/raid?${SAVED.query}&overdue=1&from=${id}`)
    assert.include(narrower, 'Save changes to “Mine”')
    assert.match(narrower, /name="query" value="type=risk&state=open&owner=me&overdue=1"/)
    assert.notInclude(await open(`/raid?view=${id}`), 'Save changes')
    assert.notInclude(await open('/raid?type=issue'), 'Save as a view')
  })

  test('belong to one list', async ({ assert }) => {
    const own = { name: 'Of the log', visibility: 'organisation' } as const
    const { id } = await keep(own)
    const grid = await keepView(log.world, log.people.manager, { ...own, name: 'Of the grid' })
    assert.notInclude(await open('/portfolio'), 'Of the log')
    assert.notInclude(await open('/raid'), 'Of the grid')
    for (const path of [`/portfolio?view=${id}`, `/raid?view=${grid.id}`, '/raid?view=x']) {
      ;(await walk.open(path)).assertStatus(404)
    }
    const change = { ...SAVED, lock_version: 1 }
    ;(await walk.submit(`/portfolio/views/${id}`, change, 'PUT')).assertStatus(404)
    ;(await walk.submit(`${VIEWS}/${grid.id}`, {}, 'DELETE')).assertStatus(404)
    assert.isNotNull(await kept('Of the grid'))
  })

  test('a private one does not exist for others; a shared one shows each what they may read', async ({
    assert,
    client,
  }) => {
    await log.raise('risk', { title: 'Flood' })
    const mine = await keep()
    const shared = await keep({ name: 'Ours', visibility: 'organisation', query: 'type=risk' })
    const change = { ...SAVED, name: 'Taken', lock_version: 1 }
    const other = await Walk.begin(client, log.people.viewer)
    ;(await other.open(`/raid?view=${mine.id}`)).assertStatus(404)
    ;(await other.submit(`${VIEWS}/${mine.id}`, change, 'PUT')).assertStatus(404)
    assert.include(await open(`/raid?view=${shared.id}`, other), 'Flood')
    ;(await other.open(`${VIEWS}/${shared.id}/edit`)).assertStatus(403)
    ;(await other.submit(`${VIEWS}/${shared.id}`, change, 'PUT')).assertStatus(403)
    ;(await other.submit(`${VIEWS}/${shared.id}`, {}, 'DELETE')).assertStatus(403)
    const stranger = await Walk.begin(client, log.people.stranger)
    assert.notInclude(await open(`/raid?view=${shared.id}`, stranger), 'Flood')
    const abroad = await Walk.begin(client, await (await World.create()).person('pmo'))
    ;(await abroad.open(`/raid?view=${shared.id}`)).assertStatus(404)
    ;(await abroad.submit(`${VIEWS}/${shared.id}`, {}, 'DELETE')).assertStatus(404)
    const office = await Walk.begin(client, log.people.pmo)
    ;(await office.submit(`${VIEWS}/${shared.id}`, {}, 'DELETE')).assertStatus(303)
    assert.isNull(await kept('Ours'))
  })

  test('are refused beside the field, and what was typed stays', async ({ assert }) => {
    await keep({ name: 'Taken' })
    await walk.open(`${VIEWS}/create?query=${encodeURIComponent(SAVED.query)}`)
    const page = unescaped((await walk.submitAndFollow(VIEWS, { ...SAVED, name: 'TAKEN' })).text())
    assert.include(page, 'You already have a view with this name. Enter another name')
    assert.include(page, `name="query" value="${SAVED.query}"`)
    assert.equal(await log.count('portfolio_views'), 1)
  })

  test('cost as many queries for many as for few', async ({ assert, client }) => {
    for (const path of ['/raid?view=all', VIEWS]) {
      const visit = () => client.get(path).as(log.people.manager)
      await keep()
      await visit()
      const few = await countQueries(visit)
      for (let count = 0; count < 4; count++) await keep()
      assert.equal(await countQueries(visit), few, path)
    }
  })
})
