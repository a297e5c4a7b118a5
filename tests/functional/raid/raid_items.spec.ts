import { test } from '@japa/runner'
import Project from '#models/project'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'

const RISK = { type: 'risk', title: 'The crane arrives late', nature: 'threat' }

test.group('RAID items: raising', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
  })

  test('every field of a risk is kept, and one event tells them', async ({ assert, client }) => {
    const fields = {
      ...RISK,
      description: 'First line\r\nsecond line',
      cause: 'One supplier',
      event: 'A strike',
      effect: 'Six weeks lost',
      category: 'external_supplier',
      inherent_likelihood: '5',
      inherent_impact: '5',
      current_likelihood: '4',
      current_impact: '5',
      target_likelihood: '1',
      target_impact: '2',
      proximity: 'imminent',
      trigger_on: '2026-12-01',
      response: 'reduce',
      response_plan: 'A second supplier',
      owner_id: log.people.team.membershipId,
      due_on: '2027-01-31',
      next_review_on: '2026-12-15',
      escalation: 'programme',
      sensitivity: 'project_leads',
    }
    const manager = await Walk.begin(client, log.people.manager)
    const stored = await manager.submit(log.url, fields)
    stored.assertStatus(303)
    const id = stored.header('location')!.split('/').at(-1)!
    const row = await log.fresh({ id } as any)
    const { type: kind, description, ...plain } = fields
    for (const [name, value] of Object.entries(plain)) {
      const kept = row[name] instanceof Date ? row[name].toISOString().slice(0, 10) : row[name]
      assert.equal(String(kept), value, name)
    }
    assert.equal(row.description, 'First line\nsecond line')
    assert.equal(row.created_by, log.people.manager.membershipId)
    assert.isNull(row.closed_on)
    const events = await log.events(id)
    assert.deepEqual(
      events.map(({ action }) => action),
      ['raid_item.created']
    )
    assert.deepEqual(events[0].values.title, { after: RISK.title })
    assert.deepEqual(events[0].values.current_impact, { after: 5 })
  })

  test('goes on with an empty form of the same type for whoever asks, and leads to what was added', async ({
    assert,
    client,
  }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const issue = { type: 'issue', title: 'The quay sinks', issue_kind: 'problem_concern' }
    const stored = await manager.submit(log.url, { ...issue, then: 'another' })
    stored.assertStatus(303)
    assert.equal(stored.header('location'), `${log.url}/create?type=issue`)
    const page = (await manager.follow(stored)).text()
    assert.match(page, /\S+-I\d+ was added\./)
    assert.match(page, new RegExp(`href="${log.url}/[\\w-]{36}">Open \\S+-I\\d+<`))
    assert.match(page, /name="title"[^>]*value=""[^>]*autofocus/)
    const refused = await manager.submit(log.url, { ...issue, title: '', then: 'another' })
    assert.notInclude((await manager.follow(refused)).text(), 'was added')
  })

  test('numbers count up per type', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const fresh = await Log.create()
    const walk = await Walk.begin(client, fresh.people.manager)
    for (const type of ['risk', 'risk', 'decision'] as const) {
      await walk.submit(fresh.url, { ...RISK, type })
    }
    const risks = (await walk.open(`${fresh.url}?type=risk`)).text()
    for (const ref of ['R1', 'R2']) assert.include(risks, `${fresh.project.code}-${ref}`)
    const decisions = (await walk.open(`${fresh.url}?type=decision`)).text()
    assert.include(decisions, `${fresh.project.code}-E1`)
    assert.isDefined(manager)
  })

  const refusals: [string, Record<string, unknown>, string, string][] = [
    ['no title', { title: '' }, 'title', 'Enter a title'],
    ['a blank title', { title: '   ' }, 'title', 'Enter a title'],
    [
      'a long title',
      { title: 'x'.repeat(201) },
      'title',
      'Enter a title of 200 characters or fewer',
    ],
    [
      'a score out of range',
      { current_likelihood: 6, current_impact: 1 },
      'current_likelihood',
      'Choose a value from 1 to 5',
    ],
    [
      'a score of nought',
      { current_likelihood: 0, current_impact: 1 },
      'current_likelihood',
      'Choose a value from 1 to 5',
    ],
    [
      'a score that is no number',
      { current_likelihood: 'high', current_impact: 1 },
      'current_likelihood',
      'Choose a value from 1 to 5',
    ],
    [
      'a score between two',
      { current_likelihood: '1.5', current_impact: 1 },
      'current_likelihood',
      'Choose a value from 1 to 5',
    ],
    ['half a score', { current_likelihood: 3 }, 'current_impact', 'Choose the current impact too'],
    ['an unknown category', { category: 'weather' }, 'category', 'Choose one of the options'],
    ['an unknown response', { response: 'pray' }, 'response', 'Choose one of the options'],
    [
      'an opportunity’s response to a threat',
      { response: 'exploit' },
      'response',
      'For a threat, choose one of',
    ],
    [
      'a threat’s response to an opportunity',
      { nature: 'opportunity', response: 'avoid' },
      'response',
      'For an opportunity, choose one of',
    ],
    [
      'acceptance above appetite',
      { response: 'accept', current_likelihood: 5, current_impact: 2 },
      'response',
      'Only the sponsor can accept',
    ],
    ['a day that does not exist', { due_on: '2026-02-30' }, 'due_on', 'Enter a real date'],
    ['prose for a date', { due_on: 'next week' }, 'due_on', 'Enter a real date'],
    ['an owner who is no id', { owner_id: 'me' }, 'owner_id', 'Choose one of the people'],
    [
      'an unknown owner',
      { owner_id: '01a20937-0113-7359-b9e9-56564462bab5' },
      'owner_id',
      'Choose a member who can see this project',
    ],
    [
      'an unknown reader',
      { 'reader_ids[]': '01a20937-0113-7359-b9e9-56564462bab5' },
      'reader_ids',
      'Choose members who can see this project',
    ],
    ['a status it cannot begin in', { status: 'closed' }, 'status', 'Begin as'],
  ]
  for (const [name, fields, field, message] of refusals) {
    test(`${name} is refused beside the field, and what was typed stays`, async ({
      assert,
      client,
    }) => {
      const manager = await Walk.begin(client, log.people.manager)
      await manager.open(`${log.url}/create?type=risk`)
      const [items, events] = [await log.count('raid_items'), await log.count('audit.events')]
      const typed = { ...RISK, description: 'Typed with care', ...fields }
      const page = await manager.submitAndFollow(log.url, typed)
      page.assertStatus(200)
      assert.include(page.text(), message)
      assert.match(page.text(), new RegExp(`href="#${field}"`), 'named in the summary')
      if (field !== 'status') assert.include(page.text(), `id="${field}-error"`)
      assert.include(page.text(), 'Typed with care')
      assert.equal(await log.count('raid_items'), items)
      assert.equal(await log.count('audit.events'), events)
    })
  }

  test('accepting within appetite needs nobody else', async ({ client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const fields = { response: 'accept', current_likelihood: 3, current_impact: 3 }
    const stored = await manager.submit(log.url, { ...RISK, ...fields })
    stored.assertStatus(303)
    stored.assertHeader('location', stored.header('location')!)
  })

  test('an issue’s priority follows from severity and urgency, or from a reasoned choice', async ({
    assert,
    client,
  }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const issue = {
      type: 'issue',
      title: 'Pump broke',
      issue_kind: 'problem_concern',
      severity: '4',
      urgency: '5',
    }
    const derived = await manager.submitAndFollow(log.url, issue)
    assert.include(derived.text(), 'Critical')
    await manager.open(`${log.url}/create?type=issue`)
    const unreasoned = await manager.submitAndFollow(log.url, {
      ...issue,
      priority_override: 'low',
    })
    assert.include(unreasoned.text(), 'Enter a reason for changing the priority')
    const reason = { priority_override: 'low', priority_reason: 'A spare is on site' }
    const chosen = await manager.submitAndFollow(log.url, { ...issue, ...reason })
    assert.include(chosen.text(), 'A spare is on site')
    assert.notInclude(chosen.text(), 'Critical')
  })

  test('odd kinds of entry are no error', async ({ client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    for (const type of ['constructor', '__proto__', 'gate', '']) {
      const page = await manager.open(`${log.url}/create?type=${type}`)
      page.assertStatus(200)
      const list = await manager.open(`${log.url}?type=${type}&status=constructor`)
      list.assertStatus(200)
    }
  })

  test('a character that PostgreSQL refuses is left out', async ({ assert, client }) => {
    const manager = await Walk.begin(client, log.people.manager)
    const stored = await manager.submitAndFollow(log.url, { ...RISK, title: 'Null\u0000 byte' })
    stored.assertStatus(200)
    assert.include(stored.text(), 'Null byte')
  })

  test('a counterpart must be a project that one may see', async ({ assert, client }) => {
    const hidden = await log.world.inside(async () => {
      return Project.begin({ code: 'HIDDEN', name: 'Hidden', visibility: 'members' })
    })
    const manager = await Walk.begin(client, log.people.manager)
    await manager.open(`${log.url}/create?type=dependency`)
    const fields = { type: 'dependency', title: 'Permit', direction: 'inbound' }
    const refused = await manager.submitAndFollow(log.url, {
      ...fields,
      counterpart_project_id: hidden.id,
    })
    assert.include(refused.text(), 'Choose one of your projects')
    assert.notInclude(refused.text(), 'HIDDEN')
  })
})

test.group('RAID items: who may', (group) => {
  let log: Log
  let other: Log
  group.setup(async () => {
    log = await Log.create()
    other = await Log.create()
  })

  test('signed-out people are led to the sign-in', async ({ client }) => {
    const item = await log.raise('risk')
    for (const path of [log.url, `${log.url}/create`, log.urlOf(item), `${log.urlOf(item)}/edit`]) {
      const response = await client.get(path)
      response.assertStatus(303)
      response.assertHeader('location', '/sign-in')
    }
  })

  const readers = { manager: 200, sponsor: 200, team: 200, viewer: 200, pmo: 200, stranger: 404 }
  const raisers = { manager: 303, sponsor: 403, team: 303, viewer: 403, pmo: 303, stranger: 404 }
  const editors = { manager: 303, sponsor: 403, team: 403, viewer: 403, pmo: 303, stranger: 404 }
  for (const role of Object.keys(readers) as (keyof typeof readers)[]) {
    test(`a ${role} reads, raises and edits as the role allows`, async ({ client }) => {
      const walk = await Walk.begin(client, log.people[role])
      const item = await log.raise('risk')
      for (const path of [log.url, log.urlOf(item)]) {
        const read = await walk.open(path)
        read.assertStatus(readers[role])
      }
      const raised = await walk.submit(log.url, RISK)
      raised.assertStatus(raisers[role])
      const edited = await walk.submit(log.urlOf(item), { ...RISK, lock_version: 1 }, 'PUT')
      edited.assertStatus(editors[role])
    })
  }

  test('team members edit what they raised or own', async ({ client }) => {
    const team = await Walk.begin(client, log.people.team)
    const raised = await log.raise('risk', {}, log.people.team)
    const owned = await log.raise('risk', { ownerId: log.people.team.membershipId })
    for (const item of [raised, owned]) {
      const page = await team.open(`${log.urlOf(item)}/edit`)
      page.assertStatus(200)
      const edited = await team.submit(
        log.urlOf(item),
        { ...RISK, lock_version: 1, owner_id: item.ownerId ?? '' },
        'PUT'
      )
      edited.assertStatus(303)
    }
  })

  test('nobody reaches an entry through another project or organisation', async ({ client }) => {
    const [ours, theirs] = [await log.raise('risk'), await other.raise('risk')]
    const manager = await Walk.begin(client, log.people.manager)
    for (const path of [
      `${log.url}/${theirs.id}`,
      `${other.url}/${theirs.id}`,
      `${other.url}/${ours.id}`,
      `${log.url}/not-an-id`,
    ]) {
      const read = await manager.open(path)
      read.assertStatus(404)
      const edited = await manager.submit(path, { ...RISK, lock_version: 1 }, 'PUT')
      edited.assertStatus(404)
    }
  })
})
