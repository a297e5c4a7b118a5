import { test } from '@japa/runner'
import Membership from '#models/membership'
import { Log } from '#tests/support/raid_log'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Walk } from '#tests/support/walk'
import { register } from '#tests/support/world'

test.group('RAID rows', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    manager = await Walk.begin(context.client, log.people.manager)
  })

  test('status and owner change in the list, in one event', async ({ assert }) => {
    const item = await log.raise('risk', { ownerLabel: 'The harbour master' })
    const list = `${log.url}?type=risk&state=open`
    const form = await manager.open(`${list}&edit=${item.id}`)
    assert.include(form.text(), `Owner of ${item.ref}`)
    const fields = {
      status: 'treating',
      owner_id: log.people.team.membershipId,
      lock_version: 1,
      return_to: list,
    }
    const answer = await manager.submit(`${log.urlOf(item)}/row`, fields, 'PATCH')
    answer.assertHeader('location', list)
    const row = await log.fresh(item)
    assert.deepEqual(
      [row.status, row.owner_id, row.owner_label],
      ['treating', log.people.team.membershipId, null]
    )
    const [, changed, ...rest] = await log.events(item.id)
    assert.deepEqual(changed.values.status, { before: 'open', after: 'treating' })
    assert.deepEqual(changed.values.owner_id, { after: log.people.team.membershipId })
    assert.lengthOf(rest, 0)
  })

  test('the date changes in the list, can be cleared, and stays where it is not asked', async ({
    assert,
  }) => {
    const item = await log.raise('issue', { dueOn: '2030-01-01' })
    const form = await manager.open(`${log.url}?type=issue&edit=${item.id}`)
    assert.match(form.text(), /name="due_on" type="date" value="2030-01-01"/)
    const send = (fields: Record<string, unknown>) =>
      manager.submit(`${log.urlOf(item)}/row`, { status: 'open', owner_id: '', ...fields }, 'PATCH')
    await send({ lock_version: 1, due_on: '2030-02-01' })
    const day = async () => (await log.fresh(item)).due_on
    assert.equal(await day(), '2030-02-01')
    await send({ lock_version: 2, status: 'in_progress' })
    assert.equal(await day(), '2030-02-01')
    const page = await manager.submitAndFollow(
      `${log.urlOf(item)}/row`,
      { status: 'in_progress', owner_id: '', lock_version: 3, due_on: '2030-02-31' },
      'PATCH'
    )
    assert.include(page.text(), 'real date')
    assert.equal(await day(), '2030-02-01')
    await send({ status: 'in_progress', lock_version: 3, due_on: '' })
    assert.isNull(await day())
  })

  test('a written owner stays while nobody is chosen', async ({ assert }) => {
    const item = await log.raise('risk', { ownerLabel: 'The harbour master' })
    await manager.submit(
      `${log.urlOf(item)}/row`,
      { status: 'treating', owner_id: '', lock_version: 1 },
      'PATCH'
    )
    assert.equal((await log.fresh(item)).owner_label, 'The harbour master')
  })

  test('an owner who left stays chosen until another is', async ({ assert }) => {
    const gone = await log.world.join(await register('gone'))
    const item = await log.raise('risk', { ownerId: gone.membershipId })
    await log.world.inside(async () => {
      const membership = await Membership.findOrFail(gone.membershipId)
      await membership.merge({ status: 'left' }).save()
    })
    const form = await manager.open(`${log.url}?type=risk&edit=${item.id}`)
    assert.include(form.text(), `value="${gone.membershipId}" selected`)
    const fields = { status: 'treating', owner_id: gone.membershipId, lock_version: 1 }
    await manager.submit(`${log.urlOf(item)}/row`, fields, 'PATCH')
    const row = await log.fresh(item)
    assert.deepEqual([row.status, row.owner_id], ['treating', gone.membershipId])
  })

  test('a refused change says so in the row, and keeps the choice', async ({ assert }) => {
    const item = await log.raise('assumption')
    const list = `${log.url}?type=assumption&edit=${item.id}`
    await manager.open(list)
    const fields = { status: 'invalidated', owner_id: '', lock_version: 1, return_to: list }
    const page = await manager.submitAndFollow(`${log.urlOf(item)}/row`, fields, 'PATCH')
    assert.include(page.text(), 'Enter why it proved false')
    assert.match(page.text(), /value="invalidated" selected/)
    const again = await manager.submit(
      `${log.urlOf(item)}/row`,
      { ...fields, reason: 'Measured' },
      'PATCH'
    )
    again.assertStatus(303)
    assert.equal((await log.fresh(item)).status, 'invalidated')
    assert.equal(await log.count('comments'), 1)
  })

  test('an imported half score does not hold a status up', async ({ assert }) => {
    const item = await log.raise('risk', { currentLikelihood: 3 })
    await manager.submit(
      `${log.urlOf(item)}/row`,
      { status: 'treating', owner_id: '', lock_version: 1 },
      'PATCH'
    )
    assert.equal((await log.fresh(item)).status, 'treating')
  })

  test('an unknown owner and an illegal move are refused', async ({ assert }) => {
    const item = await log.raise('risk')
    for (const fields of [
      { status: 'realised', owner_id: '' },
      { status: 'treating', owner_id: '01a20937-0113-7359-b9e9-56564462bab5' },
      { status: 'treating', owner_id: 'nobody' },
    ]) {
      await manager.submit(`${log.urlOf(item)}/row`, { ...fields, lock_version: 1 }, 'PATCH')
    }
    assert.lengthOf(await log.events(item.id), 1)
  })

  test('an older row answers 409', async ({ assert }) => {
    const item = await log.raise('risk')
    const change = (status: string) =>
      manager.submit(`${log.urlOf(item)}/row`, { status, owner_id: '', lock_version: 1 }, 'PATCH')
    const answers = await Promise.all([change('treating'), change('monitoring')])
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [303, 409])
    assert.lengthOf(await log.events(item.id), 2)
  })

  test('the return address stays on this site', async ({ client }) => {
    const item = await log.raise('risk')
    const walk = await Walk.begin(client, log.people.pmo)
    const fields = {
      status: 'treating',
      owner_id: '',
      lock_version: 1,
      return_to: '//evil.example',
    }
    const answer = await walk.submit(`${log.urlOf(item)}/row`, fields, 'PATCH')
    answer.assertHeader('location', `${log.url}?type=risk`)
  })

  for (const { role, status, name } of casesOf(MANAGED)) {
    test(name, async ({ assert, client }) => {
      const item = await log.raise('risk')
      const walk = await Walk.begin(client, log.people[role])
      const answer = await walk.submit(
        `${log.urlOf(item)}/row`,
        { status: 'treating', owner_id: '', lock_version: 1 },
        'PATCH'
      )
      answer.assertStatus(status)
      assert.lengthOf(await log.events(item.id), status === 303 ? 2 : 1)
    })
  }

  test('under htmx the answer is the list alone, with its title and message', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk')
    const list = await client
      .get(`${log.url}?type=risk`)
      .as(log.people.manager)
      .forFragment('raid-list', 'div')
    list.assertStatus(200)
    assert.notInclude(list.text(), '<html')
    assert.include(list.text(), '<title>Risks')
    assert.include(list.text(), '<hx-partial hx-target="#flash">')
    assert.include(list.text(), item.ref)
  })

  test('under htmx a refusal replaces the page, not the list', async ({ assert, client }) => {
    const item = await log.raise('risk', { status: 'treating' })
    const refuse = (person: any, version: number) =>
      client
        .post(`${log.urlOf(item)}/row?_method=PATCH`)
        .form({ status: 'open', owner_id: '', lock_version: version })
        .as(person)
        .header('referer', `${process.env.APP_URL}/a-list?q=crane`)
        .forFragment('raid-list', 'div')
    for (const [person, version, status] of [
      [log.people.viewer, 1, 403],
      [log.people.stranger, 1, 404],
      [log.people.manager, 7, 409],
    ] as const) {
      const answer = await refuse(person, version)
      answer.assertStatus(status)
      answer.assertHeader('hx-retarget', 'body')
      answer.assertHeader('hx-push-url', '/a-list?q=crane')
      assert.include(answer.text(), '<main')
    }
  })

  test('under htmx an ended session leads to the sign-in', async ({ client }) => {
    const answer = await client
      .get(log.url)
      .header('HX-Request', 'true')
      .header('HX-Request-Type', 'partial')
      .header('HX-Target', 'div#raid-list')
    answer.assertStatus(204)
    answer.assertHeader('hx-redirect', '/sign-in')
  })
})
