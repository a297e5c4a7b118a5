import { test } from '@japa/runner'
import SavedView from '#models/saved_view'
import { unescaped } from '#tests/support/html'
import { Log } from '#tests/support/raid_log'
import { keepView } from '#tests/support/populated/portfolio'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const VIEWS = '/reports/views'
const SAVED = { name: 'Mine', visibility: 'private', query: 'state=unscheduled&manager=me' }

test.group('Views of the reports across projects', (group) => {
  let log: Log
  let walk: Walk
  group.each.setup(async ({ context }) => {
    log = await Log.create()
    walk = await Walk.begin(context.client, log.people.manager)
  })

  const kept = (name: string) =>
    log.world.inside(() => SavedView.query().where('name', name).first())
  const open = async (path: string, by = walk) => unescaped((await by.open(path)).text())

  test('are saved from what the list shows, opened, changed and deleted, each told once', async ({
    assert,
  }) => {
    const list = await open(`/reports?${SAVED.query}`)
    const [, form] = /href="([^"]+)"[^>]*>(?:(?!<\/a>)[^])*Save as a view/.exec(list)!
    const asked = await open(form)
    for (const words of ['Reports: no schedule', 'Manager: me', 'Make this my default'])
      assert.include(asked, words)
    const page = unescaped((await walk.submitAndFollow(VIEWS, SAVED)).text())
    const { id } = (await kept('Mine'))!
    assert.match(page, /aria-current="page"\s*>Mine/)
    const narrower = await open(`/reports?${SAVED.query}&rag=red&from=${id}`)
    assert.include(narrower, 'Save changes to “Mine”')
    const changed = { ...SAVED, name: 'Silent', query: 'state=silent', lock_version: 1 }
    await walk.submit(`${VIEWS}/${id}`, changed, 'PUT')
    assert.equal((await kept('Silent'))!.query, 'state=silent')
    assert.include(await open(VIEWS), 'Reports: silent for 30 days')
    await walk.submit(`${VIEWS}/${id}`, {}, 'DELETE')
    assert.isNull(await kept('Silent'))
    assert.deepEqual(
      (await log.events(id)).map(({ action }) => action),
      ['portfolio_view.created', 'portfolio_view.updated', 'portfolio_view.deleted']
    )
  })

  test('begin the list with one, also when several are saved at once', async ({
    assert,
    client,
  }) => {
    const names = ['One', 'Two', 'Three', 'Four']
    const walks = await Promise.all(names.map(() => Walk.begin(client, log.people.manager)))
    const answers = await Promise.all(
      walks.map((one, n) => one.submit(VIEWS, { ...SAVED, name: names[n], is_default: '1' }))
    )
    for (const answer of answers) assert.match(answer.header('location')!, /reports\?view=/)
    const all = await log.world.inside(() => SavedView.query().where('list', 'reports').exec())
    assert.sameMembers(
      all.map(({ name }) => name),
      names
    )
    assert.lengthOf(
      all.filter(({ isDefault }) => isDefault),
      1
    )
  })

  test('keep filters and order, and nothing of what does not belong there', async ({ assert }) => {
    const query = 'from=x&sort=code&after=WyJhIiwiYiJd&nonsense=1&edit=1&rag=none&state=late'
    await walk.submit(VIEWS, { ...SAVED, query })
    assert.equal((await kept('Mine'))!.query, 'state=late&rag=none&sort=code&direction=asc')
  })

  test('one of them can be the default, and all projects are one press away', async ({
    assert,
    client,
  }) => {
    await walk.submit(VIEWS, { ...SAVED, is_default: '1' })
    const begun = await open('/reports')
    assert.include(begun, 'Manager: me')
    assert.match(begun, /href="\/reports\?view=all"[^>]*>\s*(?:<[^>]+>\s*)*Clear/)
    assert.notInclude(await open('/reports?view=all'), 'Manager: me')
    const other = await Walk.begin(client, log.people.viewer)
    assert.notInclude(await open('/reports', other), 'Manager: me')
  })

  test('a private one does not exist for others; a shared one opens and is not theirs to change', async ({
    assert,
    client,
  }) => {
    const mine = await keepView(log.world, log.people.manager, {}, 'reports')
    const fields = { name: 'Ours', visibility: 'organisation', query: 'state=silent' } as const
    const shared = await keepView(log.world, log.people.manager, fields, 'reports')
    const change = { ...SAVED, lock_version: 1 }
    const other = await Walk.begin(client, log.people.viewer)
    ;(await other.open(`/reports?view=${mine.id}`)).assertStatus(404)
    ;(await other.submit(`${VIEWS}/${mine.id}`, change, 'PUT')).assertStatus(404)
    assert.include(await open(`/reports?view=${shared.id}`, other), 'Reports: silent')
    ;(await other.submit(`${VIEWS}/${shared.id}`, change, 'PUT')).assertStatus(403)
    ;(await other.submit(`${VIEWS}/${shared.id}`, {}, 'DELETE')).assertStatus(403)
    ;(await walk.open(`/raid?view=${shared.id}`)).assertStatus(404)
    const abroad = await Walk.begin(client, await (await World.create()).person('pmo'))
    ;(await abroad.open(`/reports?view=${shared.id}`)).assertStatus(404)
    ;(await abroad.submit(`${VIEWS}/${shared.id}`, {}, 'DELETE')).assertStatus(404)
    assert.isNotNull(await kept('Ours'))
  })

  test('are refused beside the field, and what was typed stays', async ({ assert }) => {
    await keepView(log.world, log.people.manager, { name: 'Taken' }, 'reports')
    await keepView(log.world, log.people.manager, { name: 'Mine' })
    await walk.open(`${VIEWS}/create?query=${encodeURIComponent(SAVED.query)}`)
    const page = unescaped((await walk.submitAndFollow(VIEWS, { ...SAVED, name: 'TAKEN' })).text())
    assert.include(page, 'You already have a view with this name. Enter another name')
    assert.include(page, `name="query" value="${SAVED.query}"`)
    // A name is taken within its list only.
    ;(await walk.submit(VIEWS, SAVED)).assertStatus(303)
    assert.equal(await log.count('portfolio_views'), 3)
  })

  test('cost as many queries for many as for few', async ({ assert, client }) => {
    for (const path of ['/reports?view=all', VIEWS]) {
      const visit = () => client.get(path).as(log.people.manager)
      await keepView(log.world, log.people.manager, {}, 'reports')
      await visit()
      const few = await countQueries(visit)
      for (let count = 0; count < 4; count++)
        await keepView(log.world, log.people.manager, {}, 'reports')
      assert.equal(await countQueries(visit), few, path)
    }
  })
})
