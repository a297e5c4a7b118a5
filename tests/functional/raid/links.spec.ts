import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Walk } from '#tests/support/walk'

test.group('Links between entries', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    manager = await Walk.begin(context.client, log.people.manager)
  })

  async function linkId(item: any) {
    const [link] = await sql(admin(), 'select id from raid_links where from_id = ?', [item.id])
    return link?.id
  }

  test('are made once by forms sent at the same moment', async ({ assert, client }) => {
    const [risk, issue] = [await log.raise('risk'), await log.raise('issue')]
    const ways = [
      { from: risk, to: issue, as: log.people.manager },
      { from: issue, to: risk, as: log.people.pmo },
    ]
    const answers = await Promise.all(
      [...ways, ...ways, ...ways].map(({ from, to, as }) =>
        client
          .post(`${log.urlOf(from)}/links`)
          .as(as)
          .form({ ref: to.ref, kind: 'relates_to' })
      )
    )
    for (const answer of answers) answer.assertStatus(303)
    const links = await sql(admin(), 'select from raid_links where ? in (from_id, to_id)', [
      risk.id,
    ])
    assert.lengthOf(links, 1)
  })

  test('are made by reference and removed again, each recorded once', async ({ assert }) => {
    const [risk, issue] = [
      await log.raise('risk'),
      await log.raise('issue', { title: 'Pump broke' }),
    ]
    for (const ref of [issue.ref, issue.ref.toLowerCase(), ` I${issue.number} `].slice(0, 1)) {
      const page = await manager.submitAndFollow(`${log.urlOf(risk)}/links`, {
        ref,
        kind: 'relates_to',
      })
      assert.include(page.text(), 'are linked')
      assert.include(page.text(), 'Pump broke')
    }
    assert.include((await manager.open(log.urlOf(issue))).text(), 'Relates to')
    const gone = await manager.submitAndFollow(
      `${log.urlOf(risk)}/links/${await linkId(risk)}`,
      {},
      'DELETE'
    )
    assert.notInclude(gone.text(), 'Pump broke')
    const [, linked, unlinked, ...rest] = await log.events(risk.id)
    assert.deepEqual(
      [linked.action, linked.values],
      ['raid_item.linked', { linked_entry: { after: issue.id } }]
    )
    assert.deepEqual(
      [unlinked.action, unlinked.values],
      ['raid_item.unlinked', { linked_entry: { before: issue.id } }]
    )
    assert.lengthOf(rest, 0)
    assert.equal((await log.fresh(risk)).lock_version, 1)
  })

  test('are in the history with the ref of the other entry, for those who may see it', async ({
    assert,
    client,
  }) => {
    const risk = await log.raise('risk')
    const secret = await log.raise('issue', { sensitivity: 'named_people' }, log.people.manager)
    await manager.submit(`${log.urlOf(risk)}/links`, { ref: secret.ref, kind: 'relates_to' })
    const historyFor = async (walk: Walk) =>
      (await walk.open(log.urlOf(risk))).text().split('>History<')[1]
    assert.include(await historyFor(manager), secret.ref)
    const told = await historyFor(await Walk.begin(client, log.people.pmo))
    assert.notInclude(told, secret.ref)
    assert.include(told, 'A record not shown here')
  })

  test('take references in capitals or not, with or without the code', async ({ assert }) => {
    const refs = (item: any) => [item.ref, item.ref.toLowerCase(), ` r${item.number} `]
    for (const index of [0, 1, 2]) {
      const [from, to] = [await log.raise('risk'), await log.raise('risk')]
      const answer = await manager.submit(`${log.urlOf(from)}/links`, {
        ref: refs(to)[index],
        kind: 'relates_to',
      })
      answer.assertStatus(303)
      assert.isDefined(await linkId(from))
    }
  })

  test('are refused to unknown or hidden entries, to themselves, twice, or of a kind that does not fit', async ({
    assert,
    client,
  }) => {
    const [risk, issue] = [await log.raise('risk'), await log.raise('issue')]
    const secret = await log.raise('issue', { sensitivity: 'named_people' }, log.people.pmo)
    const elsewhere = await (await Log.create()).raise('risk')
    const walk = await Walk.begin(client, log.people.manager)
    await walk.submit(`${log.urlOf(issue)}/links`, { ref: risk.ref, kind: 'relates_to' })
    const refusals: [string, string, string][] = [
      ['', 'relates_to', 'Enter a reference such as R12'],
      ['the crane', 'relates_to', 'There is no the crane'],
      ['R999', 'relates_to', 'There is no R999'],
      [secret.ref, 'relates_to', 'There is no'],
      [elsewhere.ref, 'relates_to', 'There is no'],
      [risk.ref, 'relates_to', 'the reference of a different entry'],
      [issue.ref, 'relates_to', 'already linked'],
      [issue.ref, 'invalidated_by', 'the reference of a risk or an issue'],
      [issue.ref, 'realised_as', 'Choose one of the options'],
    ]
    for (const [ref, kind, message] of refusals) {
      await walk.open(log.urlOf(risk))
      const page = await walk.submitAndFollow(`${log.urlOf(risk)}/links`, { ref, kind })
      if (kind !== 'realised_as') assert.include(page.text(), message)
    }
    assert.lengthOf(await log.events(risk.id), 1)
  })

  test('what became of a risk stays on record', async ({ assert }) => {
    const risk = await log.raise('risk')
    await manager.submit(`${log.urlOf(risk)}/conversion`, { lock_version: 1 })
    const id = await linkId(risk)
    await manager.submit(`${log.urlOf(risk)}/links/${id}`, {}, 'DELETE')
    assert.equal(await linkId(risk), id)
  })

  test('are removed only at one of their ends', async ({ assert }) => {
    const [from, to, other] = [
      await log.raise('risk'),
      await log.raise('risk'),
      await log.raise('risk'),
    ]
    await manager.submit(`${log.urlOf(from)}/links`, { ref: to.ref, kind: 'relates_to' })
    const answer = await manager.submit(
      `${log.urlOf(other)}/links/${await linkId(from)}`,
      {},
      'DELETE'
    )
    answer.assertStatus(404)
    assert.isDefined(await linkId(from))
  })

  test('are hidden where the other entry is', async ({ assert, client }) => {
    const secret = await log.raise('issue', { title: 'Merger talks', sensitivity: 'named_people' })
    const risk = await log.raise('risk')
    await manager.submit(`${log.urlOf(risk)}/links`, { ref: secret.ref, kind: 'relates_to' })
    const viewer = await Walk.begin(client, log.people.viewer)
    const page = await viewer.open(log.urlOf(risk))
    assert.notInclude(page.text(), 'Merger talks')
    assert.notInclude(page.text(), secret.ref)
  })

  for (const { role, status, name } of casesOf(MANAGED)) {
    test(name, async ({ assert, client }) => {
      const [from, to] = [await log.raise('risk'), await log.raise('risk')]
      const walk = await Walk.begin(client, log.people[role])
      const made = await walk.submit(`${log.urlOf(from)}/links`, {
        ref: to.ref,
        kind: 'relates_to',
      })
      made.assertStatus(status)
      assert.lengthOf(await log.events(from.id), status === 303 ? 2 : 1)
    })
  }
})
