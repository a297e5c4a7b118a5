import { test } from '@japa/runner'
import Membership from '#models/membership'
import Project from '#models/project'
import RaidReader from '#models/raid_reader'
import { Log } from '#tests/support/log'
import { Walk } from '#tests/support/walk'
import { register } from '#tests/support/world'

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
    ['a long title', { title: 'x'.repeat(201) }, 'title', 'Keep the title to 200 characters'],
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
    ['half a score', { current_likelihood: 3 }, 'current_impact', 'Score the current impact too'],
    ['an unknown category', { category: 'weather' }, 'category', 'Choose one of the options'],
    ['an unknown response', { response: 'pray' }, 'response', 'Choose one of the options'],
    [
      'an opportunity’s response to a threat',
      { response: 'exploit' },
      'response',
      'To a threat, choose one of',
    ],
    [
      'a threat’s response to an opportunity',
      { nature: 'opportunity', response: 'avoid' },
      'response',
      'To an opportunity, choose one of',
    ],
    [
      'acceptance above appetite',
      { response: 'accept', current_likelihood: 5, current_impact: 2 },
      'response',
      'accepted by the sponsor',
    ],
    ['a day that does not exist', { due_on: '2026-02-30' }, 'due_on', 'Enter a real date'],
    ['prose for a date', { due_on: 'next week' }, 'due_on', 'Enter a real date'],
    ['an owner who is no id', { owner_id: 'me' }, 'owner_id', 'Choose one of the people'],
    [
      'an unknown owner',
      { owner_id: '01a20937-0113-7359-b9e9-56564462bab5' },
      'owner_id',
      'Choose an active member',
    ],
    [
      'an unknown reader',
      { 'reader_ids[]': '01a20937-0113-7359-b9e9-56564462bab5' },
      'reader_ids',
      'Choose active members',
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
    assert.include(unreasoned.text(), 'Say why the priority differs')
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

test.group('RAID items: editing', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
  })

  test('a saved edit tells before and after in one event', async ({ assert, client }) => {
    const item = await log.raise('risk', { title: 'Before' })
    const manager = await Walk.begin(client, log.people.manager)
    const saved = await manager.submitAndFollow(
      log.urlOf(item),
      { ...RISK, title: 'After', lock_version: 1 },
      'PUT'
    )
    assert.include(saved.text(), 'was saved')
    const events = await log.events(item.id)
    assert.lengthOf(events, 2)
    assert.equal(events[1].action, 'raid_item.updated')
    assert.deepEqual(events[1].values.title, { before: 'Before', after: 'After' })
    assert.equal((await log.fresh(item)).lock_version, 2)
  })

  test('saving what the form showed changes nothing and tells nothing', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk', { description: 'One\ntwo' })
    const manager = await Walk.begin(client, log.people.manager)
    const fields = {
      'type': 'risk',
      'title': 'One risk',
      'nature': 'threat',
      'description': 'One\r\ntwo',
      'reader_ids[]': '',
      'lock_version': 1,
    }
    const saved = await manager.submit(log.urlOf(item), fields, 'PUT')
    saved.assertStatus(303)
    assert.lengthOf(await log.events(item.id), 1)
    assert.equal((await log.fresh(item)).lock_version, 1)
  })

  test('an owner who left and a counterpart out of sight survive another’s edit', async ({
    assert,
    client,
  }) => {
    const gone = await log.world.join(await register('gone'))
    const item = await log.raise('risk', { ownerId: gone.membershipId })
    await log.world.inside(async () => {
      const membership = await Membership.findOrFail(gone.membershipId)
      await membership.merge({ status: 'left' }).save()
    })
    const manager = await Walk.begin(client, log.people.manager)
    const page = await manager.open(`${log.urlOf(item)}/edit`)
    assert.match(page.text(), new RegExp(`value="${gone.membershipId}" selected`))
    const saved = await manager.submit(
      log.urlOf(item),
      { ...RISK, owner_id: gone.membershipId, lock_version: 1 },
      'PUT'
    )
    saved.assertStatus(303)
    assert.equal((await log.fresh(item)).owner_id, gone.membershipId)
  })

  test('an older page shows both versions; the choices are then saved, and nothing is lost', async ({
    assert,
    client,
  }) => {
    const { team, viewer, manager: boss } = log.people
    const item = await log.raise('risk', {
      title: 'Original',
      cause: 'Original cause',
      sensitivity: 'named_people',
    })
    const first = await Walk.begin(client, boss)
    const second = await Walk.begin(client, log.people.pmo)
    const base = {
      ...RISK,
      'title': 'Original',
      'cause': 'Original cause',
      'sensitivity': 'named_people',
      'reader_ids[]': '',
      'lock_version': 1,
    }
    const shown = JSON.stringify({ title: 'Original', cause: 'Original cause', readerIds: [] })
    await first.submit(
      log.urlOf(item),
      { ...base, 'title': 'Theirs', 'reader_ids[]': [viewer.membershipId] },
      'PUT'
    )

    // The second person is named as well, or could not have opened the form.
    await log.world.inside(async () => {
      await RaidReader.create({ raidItemId: item.id, membershipId: log.people.pmo.membershipId })
    })
    const conflict = await second.submit(
      log.urlOf(item),
      {
        ...base,
        'cause': 'My cause',
        'effect': 'My effect',
        'reader_ids[]': [team.membershipId, log.people.pmo.membershipId],
        'base': shown,
      },
      'PUT'
    )
    conflict.assertStatus(409)
    for (const text of [
      'Theirs',
      'Original',
      'My cause',
      'My effect',
      'manager person',
      team.name,
    ]) {
      assert.include(conflict.text(), text)
    }
    assert.equal((await log.fresh(item)).cause, 'Original cause')
    const choice = (name: string) => [
      ...conflict
        .text()
        .matchAll(new RegExp(`name="${name}" value="([^"]*)"[^>]*?(checked|)>`, 'g')),
    ]
    assert.deepEqual(
      choice('title').map(([, value, checked]) => [value, checked]),
      [
        ['Theirs', 'checked'],
        ['Original', ''],
      ]
    )
    assert.deepEqual(
      choice('cause').map(([, value, checked]) => [value, checked]),
      [
        ['Original cause', ''],
        ['My cause', 'checked'],
      ]
    )

    const mine = choice('reader_ids\\[\\]')[1][1]
    const chosen = {
      ...base,
      'title': 'Theirs',
      'cause': 'My cause',
      'effect': 'My effect',
      'reader_ids[]': mine,
      'lock_version': 2,
    }
    const saved = await second.submit(log.urlOf(item), chosen, 'PUT')
    saved.assertStatus(303)
    const row = await log.fresh(item)
    assert.deepEqual(
      [row.title, row.cause, row.effect, row.lock_version],
      ['Theirs', 'My cause', 'My effect', 3]
    )
    const [, , last] = await log.events(item.id)
    assert.includeMembers(last.values.reader_ids.after, [team.membershipId])
  })

  test('a rule broken by the choices leads to the form with what was chosen', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk')
    const manager = await Walk.begin(client, log.people.manager)
    const chosen = { ...RISK, title: 'Chosen', response: 'exploit', lock_version: 1 }
    const page = await manager.submitAndFollow(log.urlOf(item), chosen, 'PUT')
    assert.include(page.text(), 'To a threat, choose one of')
    assert.include(page.text(), 'value="Chosen"')
  })

  test('of two saves at one moment exactly one wins', async ({ assert, client }) => {
    const item = await log.raise('risk')
    const walks = [
      await Walk.begin(client, log.people.manager),
      await Walk.begin(client, log.people.pmo),
    ]
    const answers = await Promise.all(
      walks.map((walk, index) =>
        walk.submit(log.urlOf(item), { ...RISK, title: `Save ${index}`, lock_version: 1 }, 'PUT')
      )
    )
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [303, 409])
    const winner = answers.findIndex((answer) => answer.status() === 303)
    assert.equal((await log.fresh(item)).title, `Save ${winner}`)
    const loser = answers[1 - winner].text()
    for (const title of ['Save 0', 'Save 1']) assert.include(loser, title)
    assert.lengthOf(await log.events(item.id), 2)
  })

  test('readers are named, told and taken off again', async ({ assert, client }) => {
    const { team } = log.people
    const item = await log.raise('risk', { sensitivity: 'named_people' })
    const manager = await Walk.begin(client, log.people.manager)
    const base = { type: 'risk', title: 'One risk', nature: 'threat', sensitivity: 'named_people' }
    await manager.submit(
      log.urlOf(item),
      { ...base, 'reader_ids[]': ['', team.membershipId], 'lock_version': 1 },
      'PUT'
    )
    const reader = await Walk.begin(client, team)
    const open = await reader.open(log.urlOf(item))
    open.assertStatus(200)
    await manager.submit(log.urlOf(item), { ...base, 'reader_ids[]': '', 'lock_version': 2 }, 'PUT')
    const closed = await reader.open(log.urlOf(item))
    closed.assertStatus(404)
    const [, named, taken] = await log.events(item.id)
    assert.deepEqual(named.values, { reader_ids: { before: [], after: [team.membershipId] } })
    assert.deepEqual(taken.values, { reader_ids: { before: [team.membershipId], after: [] } })
  })
})
