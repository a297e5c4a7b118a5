import { test } from '@japa/runner'
import SavedView from '#models/saved_view'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { keepView } from '#tests/support/populated/portfolio'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const VIEWS = '/portfolio/views'
const SAVED = { name: 'Reds', visibility: 'private', query: 'rag=red&sort=severe' }

test.group('Views of the portfolio', (group) => {
  let log: Log
  let walk: Walk
  group.each.setup(async ({ context }) => {
    log = await Log.create()
    walk = await Walk.begin(context.client, log.people.viewer)
  })

  const kept = (name: string) =>
    log.world.inside(() => SavedView.query().where('name', name).first())
  const others = async () => Walk.begin(walk.client, await log.world.person('manager'))

  test('are saved, opened, changed and deleted, each told once', async ({ assert }) => {
    await walk.open(`${VIEWS}/create?query=rag%3Dred`)
    const page = await walk.submitAndFollow(VIEWS, SAVED)
    assert.notInclude(page.text(), 'Its address can be shared.')
    assert.include(page.text(), 'Overall: red')
    const { id } = (await kept('Reds'))!
    assert.match((await walk.open(`/portfolio?view=${id}`)).text(), /aria-current="page"\s*>Reds/)
    const changed = { ...SAVED, name: 'Ambers', query: 'rag=amber', lock_version: 1 }
    await walk.submit(`${VIEWS}/${id}`, changed, 'PUT')
    assert.equal((await kept('Ambers'))!.query, 'rag=amber')
    await walk.submit(`${VIEWS}/${id}`, {}, 'DELETE')
    assert.isNull(await kept('Ambers'))
    const forAll = { ...SAVED, name: 'Of all', visibility: 'organisation' }
    const told = await walk.submitAndFollow(VIEWS, forAll)
    assert.include(told.text(), 'Its address can be shared.')
    assert.deepEqual(
      (await log.events(id)).map(({ action }) => action),
      ['portfolio_view.created', 'portfolio_view.updated', 'portfolio_view.deleted']
    )
  })

  test('keep filters and order, and nothing of what does not belong there', async ({ assert }) => {
    const query =
      'rag=red&after=WyJhIiwiYiJd&from=x&nonsense=1&direction=desc&sort=severe&flag=silent'
    await walk.submit(VIEWS, { ...SAVED, query })
    assert.equal((await kept('Reds'))!.query, 'rag=red&flag=silent&sort=severe')
  })

  test('one of them can be the default', async ({ assert }) => {
    await walk.submit(VIEWS, { ...SAVED, is_default: '1' })
    assert.include((await walk.open('/portfolio')).text(), 'Overall: red')
    assert.notInclude((await walk.open('/portfolio?view=all')).text(), 'Overall: red')
    await walk.submit(VIEWS, { ...SAVED, name: 'Greens', query: 'rag=green', is_default: '1' })
    assert.include((await walk.open('/portfolio')).text(), 'Overall: green')
    assert.isFalse((await kept('Reds'))!.isDefault)
    assert.notInclude((await (await others()).open('/portfolio')).text(), 'Overall: green')
  })

  test('a private one does not exist for others; a shared one opens and is not theirs to change', async ({
    assert,
    client,
  }) => {
    const owner = log.people.viewer
    const mine = await keepView(log.world, owner)
    const shared = await keepView(log.world, owner, { name: 'Ours', visibility: 'organisation' })
    const change = { name: 'Taken', visibility: 'private', query: '', lock_version: 1 }
    const other = await others()
    const gone = await other.open(`/portfolio?view=${mine.id}`)
    gone.assertStatus(404)
    gone.assertTextIncludes('This view was deleted, or it is not shared with you.')
    gone.assertTextIncludes('href="/portfolio?view=all"')
    const edit = await other.open(`${VIEWS}/${mine.id}/edit`)
    edit.assertStatus(404)
    assert.notInclude(edit.text(), 'This view was deleted')
    ;(await other.submit(`${VIEWS}/${mine.id}`, change, 'PUT')).assertStatus(404)
    ;(await other.submit(`${VIEWS}/${mine.id}`, {}, 'DELETE')).assertStatus(404)
    assert.include((await other.open(`/portfolio?view=${shared.id}`)).text(), 'Overall: red')
    ;(await other.open(`${VIEWS}/${shared.id}/edit`)).assertStatus(403)
    ;(await other.submit(`${VIEWS}/${shared.id}`, change, 'PUT')).assertStatus(403)
    ;(await other.submit(`${VIEWS}/${shared.id}`, {}, 'DELETE')).assertStatus(403)
    const abroad = await Walk.begin(client, await (await World.create()).person('pmo'))
    ;(await abroad.open(`/portfolio?view=${shared.id}`)).assertStatus(404)
    ;(await abroad.submit(`${VIEWS}/${shared.id}`, {}, 'DELETE')).assertStatus(404)
    assert.isNotNull(await kept('Ours'))
  })

  test('the PMO renames and deletes shared ones, and cannot make them private', async ({
    assert,
  }) => {
    const fields = { name: 'Ours', visibility: 'organisation', isDefault: true } as const
    const { id } = await keepView(log.world, log.people.viewer, fields)
    const office = await Walk.begin(walk.client, log.people.pmo)
    ;(await office.open(`${VIEWS}/${id}/edit`)).assertStatus(200)
    const change = { name: 'Everybody’s', visibility: 'private', query: '', lock_version: 1 }
    await office.submit(`${VIEWS}/${id}`, change, 'PUT')
    const view = (await kept('Everybody’s'))!
    assert.equal(view.visibility, 'organisation')
    assert.isTrue(view.isDefault)
    await office.submit(`${VIEWS}/${id}`, {}, 'DELETE')
    assert.isNull(await kept('Everybody’s'))
  })

  test('a shared one outlives its owner’s membership, says so, and is the PMO’s to change', async ({
    assert,
  }) => {
    const keeper = log.people.team
    const shared = { name: 'Ours', visibility: 'organisation' } as const
    const { id } = await keepView(log.world, keeper, shared)
    const { id: mine } = await keepView(log.world, keeper, { name: 'Mine' })
    const manager = await others()
    assert.notInclude((await manager.open(VIEWS)).text(), '(no longer a member)')
    for (const status of ['deactivated', 'left']) {
      await sql(admin(), 'update memberships set status = ? where id = ?', [
        status,
        keeper.membershipId,
      ])
      assert.include((await manager.open(VIEWS)).text(), `${keeper.name} (no longer a member)`)
      assert.include((await manager.open(`/portfolio?view=${id}`)).text(), 'Overall: red')
      ;(await manager.open(`/portfolio?view=${mine}`)).assertStatus(404)
      ;(await manager.submit(`${VIEWS}/${id}`, {}, 'DELETE')).assertStatus(403)
    }
    const office = await Walk.begin(walk.client, log.people.pmo)
    assert.notInclude((await office.open(VIEWS)).text(), 'Mine')
    const fields = { name: 'mine', visibility: 'organisation', query: '', lock_version: 1 }
    await office.open(`${VIEWS}/${id}/edit`)
    const taken = await office.submitAndFollow(`${VIEWS}/${id}`, fields, 'PUT')
    assert.include(taken.text(), 'Its owner already has a view with this name. Enter another name')
    await office.submit(`${VIEWS}/${id}`, {}, 'DELETE')
    assert.isNull(await kept('Ours'))
  })

  test('{name} is refused beside the field, and what was typed stays')
    .with([
      { name: 'no name', fields: { name: ' ' }, message: 'Enter a name' },
      { name: 'a long name', fields: { name: 'x'.repeat(81) }, message: 'Keep the name to 80' },
      { name: 'an unknown reader', fields: { visibility: 'world' }, message: 'Choose one of' },
      { name: 'a name that is taken', fields: { name: 'TAKEN' }, message: 'a view with this name' },
    ])
    .run(async ({ assert }, { fields, message }) => {
      await keepView(log.world, log.people.viewer, { name: 'Taken' })
      await walk.open(`${VIEWS}/create?query=rag%3Dred`)
      const page = await walk.submitAndFollow(VIEWS, { ...SAVED, ...fields })
      assert.include(page.text(), message)
      assert.match(page.text(), /name="query" value="rag=red/)
      assert.equal(await log.count('portfolio_views'), 1)
    })

  test('there are fifty of a person at most', async ({ assert }) => {
    const keep = (count: number) =>
      log.world.inside(async () => {
        for (let number = 0; number < count; number++) {
          await SavedView.keep(await log.world.viewer(log.people.viewer), 'portfolio', {
            name: `View ${number}`,
            visibility: 'private',
            query: '',
            isDefault: false,
          })
        }
      }, log.people.viewer)
    await keep(49)
    await walk.submit(VIEWS, SAVED)
    assert.equal(await log.count('portfolio_views'), 50)
    await walk.open(`${VIEWS}/create`)
    const refused = await walk.submitAndFollow(VIEWS, { ...SAVED, name: 'One more' })
    assert.include(refused.text(), 'You already have 50 views')
    assert.equal(await log.count('portfolio_views'), 50)
  })

  test('two who save at once: the second is told', async ({ assert }) => {
    const { id } = await keepView(log.world, log.people.viewer)
    const save = (name: string) =>
      walk.submit(`${VIEWS}/${id}`, { ...SAVED, name, lock_version: 1 }, 'PUT')
    await save('First')
    ;(await save('Second')).assertStatus(409)
    assert.isNotNull(await kept('First'))
  })
})
