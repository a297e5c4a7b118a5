import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { withdraw } from '#models/deciding/withdrawal'
import Round from '#models/deciding/round'
import { Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const TYPED = 'A long thought about <cranes> & cables'

test.group('The summary of a refused form', () => {
  const summary = (html: string) =>
    /class="error-summary"[\s\S]*?<\/ul>/.exec(html)![0].replaceAll(/<[^>]+>|\s+/g, ' ')

  test('names the fields of a message that it repeats, and of no other', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const manager = await Walk.begin(client, await world.person('manager'))
    const project = await world.project()
    const address = `/projects/${project.id}/tasks`
    await manager.open(`${address}/create`)
    const dates = { start_on: 'soon', due_on: '2027-02-31' }
    const both = summary((await manager.submitAndFollow(address, dates)).text())
    assert.match(both, /Start:\s+Enter a real date/)
    assert.match(both, /Due:\s+Enter a real date/)
    const one = { start_on: '2027-02-01', due_on: '2027-02-31' }
    const single = summary((await manager.submitAndFollow(address, one)).text())
    assert.match(single, /Enter a real date/)
    assert.notMatch(single, /Due:/)
  })
})

test.group('A form that is refused as a whole', () => {
  test('keeps what was typed when its time was up', async ({ client }) => {
    const page = await client
      .post(`/projects/${randomUUID()}/raid`)
      .header('origin', process.env.APP_URL!)
      .form({ _csrf: 'old', title: TYPED, base: '{"title": "a b"}', owner_id: randomUUID() })
    page.assertStatus(403)
    page.assertTextIncludes('A long thought about &lt;cranes&gt; &amp; cables')
    page.assertTextIncludes('What you wrote')
  })

  test('keeps what was typed for another organisation', async ({ client }) => {
    const [here, there] = [await World.create('Here Ltd'), await World.create('There Ltd')]
    const person = await here.person('pmo')
    await there.join(person)
    const page = await client
      .post('/projects')
      .as(person)
      .header('origin', process.env.APP_URL!)
      .form({ organisation_id: there.organisationId, description: TYPED })
    page.assertStatus(409)
    page.assertTextIncludes('What you wrote')
  })

  test('keeps what was typed where what it was about is gone, or not theirs to change', async ({
    client,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const log = `/projects/${project.id}/raid`
    const manager = await Walk.begin(client, await world.person('manager'))
    const gone = await manager.submit(`${log}/${randomUUID()}/comments`, { body: TYPED })
    gone.assertStatus(404)
    const viewer = await Walk.begin(client, await world.person('viewer'))
    const refused = await viewer.submit(log, { title: TYPED })
    refused.assertStatus(403)
    for (const page of [gone, refused]) {
      page.assertTextIncludes('What you wrote')
      page.assertTextIncludes('&lt;cranes&gt; &amp; cables')
    }
    const elsewhere = { origin: 'https://elsewhere.example' }
    const foreign = await viewer.submit(log, { title: TYPED }, 'POST', elsewhere)
    foreign.assertStatus(403)
    foreign.assertTextIncludes('You do not have permission')
    if (foreign.text().includes('&lt;cranes')) throw new Error('told for another site')
  })

  test('keeps what was typed where someone else was first', async ({ client }) => {
    const table = await Table.create()
    const review = await table.open({ chair: 'chair', one: 'decider' }, { quorum: 1 })
    await table.propose(review)
    await table.vote(review, 'chair', 'approved_with_conditions')
    await table.decide(review, 'approved_with_conditions')
    const condition = await table.condition()
    const page = `${table.base}/conditions/${condition.id}`
    const owner = await Walk.begin(client, table.people.manager)
    await owner.open(page)
    await table.claim(condition)
    const late = await owner.submit(`${page}/claim`, { claim: TYPED, lock_version: 1 })
    late.assertStatus(409)
    late.assertTextIncludes('What you wrote')
    late.assertTextIncludes('&lt;cranes&gt; &amp; cables')
  })

  test('keeps what was typed where no form is left to show it', async ({ assert, client }) => {
    const table = await Table.create()
    const review = await table.open({ chair: 'chair', one: 'decider' }, { quorum: 1 })
    const page = table.urlOfReview(review)
    const decider = await Walk.begin(client, await table.decider('one'))
    await decider.open(page)
    const vote = { vote: 'deferred', comment: TYPED, success: 'You won a prize' }
    const shown = await decider.submitAndFollow(`${page}/vote`, { ...vote, vote: '' }, 'PUT')
    shown.assertTextIncludes('&lt;cranes&gt;')
    assert.notInclude(shown.text(), 'What you wrote')
    await table.world.inside(async () => {
      const round = await Round.locked(await table.present(), review.gateId, review.id)
      await withdraw(round, 'The lease was extended')
    }, table.people.manager)
    const late = await decider.submitAndFollow(`${page}/vote`, vote, 'PUT')
    late.assertTextIncludes('This round was withdrawn, so nothing was saved')
    late.assertTextIncludes('What you wrote')
    late.assertTextIncludes('&lt;cranes&gt; &amp; cables')
    assert.equal(late.text().split('This round was withdrawn').length, 2)
    assert.notInclude(late.text(), 'You won')
    assert.notInclude((await decider.open(page)).text(), 'What you wrote')
  })

  for (const [how, expired] of Object.entries({
    'its time was up': true,
    'it did not fit': false,
  })) {
    test(`says nothing in our name when ${how}`, async ({ assert, client }) => {
      const world = await World.create()
      const log = `/projects/${(await world.project()).id}/raid`
      const walk = await Walk.begin(client, await world.person('manager'))
      for (const name of ['success', 'warning', 'undo', 'made', 'refused', 'inputErrorsBag']) {
        await walk.open(`${log}/create`)
        const fields = { title: TYPED, success: 'You won', [name]: 'You won', [`${name}[a]`]: 'b' }
        await walk.submit(log, fields, 'POST', expired ? { token: 'old' } : {})
        const next = await walk.open(`${log}/create`)
        next.assertStatus(200)
        assert.notInclude(next.text(), 'You won')
        next.assertTextIncludes('&lt;cranes&gt;')
      }
    })
  }

  test('opens again, whatever shape its lists have', async ({ client }) => {
    const world = await World.create()
    const walk = await Walk.begin(client, await world.person('manager'))
    const log = `/projects/${(await world.project()).id}/raid`
    const forms = { [`${log}/create?type=risk`]: 'reader_ids', '/profile/tokens': 'scopes' }
    for (const [form, name] of Object.entries(forms)) {
      for (const shape of [name, `${name}[a]`, `${name}[a][b]`, `${name}[length]`]) {
        await walk.open(form)
        await walk.submit(log, { [shape]: 'x' }, 'POST', { token: 'old' })
        ;(await walk.open(form)).assertStatus(200)
      }
    }
  })

  for (const origin of ['https://evil.example', 'null', '']) {
    test(`repeats nothing that came from ${origin || 'nowhere'}`, async ({ client, assert }) => {
      const request = client.post('/session').form({ message: 'Call this number now' })
      const page = await (origin ? request.header('origin', origin) : request)
      page.assertStatus(403)
      assert.notInclude(page.text(), 'Call this number')
    })
  }
})
