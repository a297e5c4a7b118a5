import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { cookieValue } from '#identity/consent_choice'
import { morningRound } from '#models/morning/round'
import OutboxMail from '#models/outbox_mail'
import type Project from '#models/project'
import PersonFlag, { flagsOf, restrictedMembers, WITHHELD, type Flag } from '#models/person_flag'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import env from '#start/env'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { pagesOf, slidesOf } from '#tests/support/board_packs'
import { readyPack } from '#tests/support/exercises/portfolio'
import { ask } from '#tests/support/populated/portfolio'
import { severe } from '#tests/support/raid_log'
import { sendWhileAtWork } from '#tests/support/waiting'
import { World, type Person } from '#tests/support/world'

function raise({ userId }: Person, flag: Flag) {
  return Tenancy.system(PLATFORM, () => PersonFlag.raise(userId, flag, { setBy: 'desk' }))
}

function lift({ userId }: Person, flag: Flag) {
  return Tenancy.system(PLATFORM, () => PersonFlag.lift(userId, flag))
}

test.group('Flags', () => {
  test('that are raised twice in one moment are raised once', async ({ assert }) => {
    const person = await (await World.create()).person('member')
    const { answer } = await Tenancy.system(PLATFORM, async () => {
      await PersonFlag.raise(person.userId, 'object_telemetry', { setBy: 'person' })
      return sendWhileAtWork(() => raise(person, 'object_telemetry'))
    })
    assert.isFalse(await answer)
  })

  test('are raised once, lifted, and raised anew, and each time told', async ({ assert }) => {
    const person = await (await World.create()).person('member')
    assert.isTrue(await raise(person, 'object_ai'))
    assert.isFalse(await raise(person, 'object_ai'))
    assert.isTrue((await flagsOf(person.userId)).objectsToAi)
    assert.isTrue(await lift(person, 'object_ai'))
    assert.isFalse(await lift(person, 'object_ai'))
    assert.deepEqual(await flagsOf(person.userId), {
      restricted: false,
      objectsToAnalytics: false,
      objectsToAi: false,
      objectsToTelemetry: false,
    })
    await raise(person, 'object_ai')
    const rows = await sql(admin(), 'select id from person_flags where user_id = ?', [
      person.userId,
    ])
    assert.lengthOf(rows, 2)
    const told = await sql(admin(), 'select action from audit.events where entity_id = any (?)', [
      rows.map(({ id }) => id),
    ])
    assert.sameMembers(
      told.map(({ action }) => action),
      ['person_flag.created', 'person_flag.created', 'person_flag.lifted']
    )
  })

  test('are switched by the person, who is told what stops and what goes on', async ({
    client,
    assert,
  }) => {
    const person = await (await World.create()).person('member')
    const before = await client.get('/profile/privacy').as(person)
    assert.include(before.text(), 'The audit trail and security records continue')
    const answer = await client.put('/profile/privacy/flags/restricted').as(person)
    answer.assertStatus(303)
    assert.isTrue((await flagsOf(person.userId)).restricted)
    const after = await client.get('/profile/privacy').as(person)
    assert.include(after.text(), 'Lift restriction')
    assert.notInclude(after.text(), 'Restrict data')
    await client.delete('/profile/privacy/flags/restricted').as(person)
    assert.isFalse((await flagsOf(person.userId)).restricted)
  })

  test('cannot be raised if they do not exist', async ({ client }) => {
    const person = await (await World.create()).person('member')
    const answer = await client.put('/profile/privacy/flags/admin').as(person)
    answer.assertStatus(404)
  })
})

test.group('An objection to analytics', (group) => {
  group.setup(() => {
    env.set('CLARITY_PROJECT_ID', 'testproject')
    return () => env.set('CLARITY_PROJECT_ID', '')
  })

  test('keeps Clarity out of page and policy, also where its cookies were accepted', async ({
    client,
    assert,
  }) => {
    const person = await (await World.create()).person('member')
    const visit = () =>
      client
        .get('/projects')
        .as(person)
        .withCookie('orch_consent', cookieValue('accepted'))
        .withPlainCookie('_clck', 'set before')
    const before = await visit()
    assert.include(before.text(), 'clarity_loader.js')
    assert.notProperty(before.cookies(), '_clck')
    await raise(person, 'object_analytics')
    const after = await visit()
    assert.notInclude(after.text(), 'clarity_loader.js')
    assert.notInclude(after.header('content-security-policy'), 'clarity.ms')
    assert.equal(after.cookie('_clck')?.value, '')
  })
})

test.group('An objection to error reports', () => {
  test('leaves nothing in the browser that could send one', async ({ client, assert }) => {
    const person = await (await World.create()).person('member')
    await raise(person, 'object_telemetry')
    assert.isTrue((await flagsOf(person.userId)).objectsToTelemetry)
    const page = await client.get('/projects').as(person)
    assert.notMatch(page.text(), /sentry/i)
    assert.notMatch(page.header('content-security-policy'), /sentry/i)
  })
})

test.group('A restriction', (group) => {
  let world: World
  let project: Project
  let manager: Person
  let other: Person
  let url: string

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    other = await world.person('team')
    url = `/projects/${project.id}`
    await world.inside(
      () =>
        RaidItem.raise(project, {
          type: 'risk',
          nature: 'threat',
          title: 'Tide gate leaks',
          ownerId: manager.membershipId,
          actioneeId: manager.membershipId,
        } as any),
      manager
    )
    await raise(manager, 'restricted')
  })

  test('is known to the organisation at work, and to no other', async ({ assert }) => {
    assert.deepEqual([...(await world.inside(restrictedMembers))], [manager.membershipId])
    assert.isEmpty([...(await (await World.create()).inside(restrictedMembers))])
  })

  test('keeps the person out of what others find by name', async ({ client, assert }) => {
    const owner = await world.person('owner')
    const found = await client.get('/members').qs({ q: 'manager' }).as(owner)
    assert.notInclude(found.text(), manager.email)
    const list = await client.get('/members').as(owner)
    assert.include(list.text(), manager.name)
    await lift(manager, 'restricted')
    const again = await client.get('/members').qs({ q: 'manager' }).as(owner)
    assert.include(again.text(), manager.email)
  })

  test('keeps the name out of those offered after an @', async ({ client, assert }) => {
    const offers = async () => {
      const answer = await client.get(`${url}/mentions`).qs({ q: manager.name }).as(other)
      answer.assertStatus(200)
      return answer.body().people as string[]
    }
    assert.deepEqual(await offers(), [])
    await lift(manager, 'restricted')
    assert.deepEqual(await offers(), [manager.name])
  })

  test('keeps the name out of the exports of others, and in the person’s own', async ({
    client,
    assert,
  }) => {
    const theirs = await client.get(`${url}/raid.csv`).qs({ type: 'risk' }).as(other)
    assert.include(theirs.text(), 'Tide gate leaks')
    assert.include(theirs.text(), WITHHELD)
    assert.notInclude(theirs.text(), manager.name)
    const mine = await client.get(`${url}/raid.csv`).qs({ type: 'risk' }).as(manager)
    assert.include(mine.text(), manager.name)
  })

  test('keeps the name out of every list that others take out, until it is lifted', async ({
    client,
    assert,
  }) => {
    const owner = await world.person('owner')
    await client
      .post(`${url}/tasks`)
      .as(await world.person('pmo'))
      .form({ title: 'Look at the gate', assignee: manager.membershipId })
    await world.inside(async () => {
      const item = await RaidItem.query().firstOrFail()
      const asked = { level: 'organisation', reason: 'Too big', ask: 'A rig', askedOfId: null }
      await RaidEscalation.raise(item, project, asked as any)
    }, manager)
    await ask(world, manager)
    const across = ['/projects', '/members', '/raid', '/tasks', '/reports', '/portfolio']
    const asked = ['/escalations', '/project-requests']
    const lists = [...across, ...asked, `${url}/raid`, `${url}/tasks`]
    const taken = () =>
      Promise.all(
        lists.map(async (list) => {
          const answer = await client.get(`${list}.json`).qs({ type: 'risk' }).as(owner)
          answer.assertStatus(200)
          return answer.text()
        })
      )
    for (const [index, text] of (await taken()).entries()) {
      assert.notInclude(text, manager.name, lists[index])
      assert.include(text, WITHHELD, lists[index])
    }
    await lift(manager, 'restricted')
    for (const [index, text] of (await taken()).entries()) {
      assert.include(text, manager.name, lists[index])
    }
  })

  test('keeps the name out of the board packs of others, and in the person’s own', async ({
    assert,
  }) => {
    const pack = async (reader: Person) => {
      await world.inside(() =>
        RaidItem.raise(project, { ...severe, title: 'Flood', ownerId: manager.membershipId })
      )
      const query = `manager=${manager.membershipId}`
      const packId = await readyPack(world, reader, [project.id], query)
      const named = { organisationId: world.organisationId, packId }
      return [...(await pagesOf(named)), ...(await slidesOf(named))].join(' ')
    }
    const theirs = await pack(await world.person('pmo'))
    assert.include(theirs, WITHHELD)
    assert.notInclude(theirs, manager.name)
    assert.include(await pack(manager), manager.name)
  })

  test('keeps the person out of the search, by their name and by what is theirs', async ({
    client,
    assert,
  }) => {
    const search = async (q: string) => {
      const found = await client.get('/search').qs({ q }).as(other)
      return found.text().replaceAll(q, '')
    }
    for (const q of [manager.name, manager.email]) {
      assert.notInclude(await search(q), 'Tide gate leaks')
    }
    const item = await client.get('/search').qs({ q: 'Tide gate' }).as(other)
    assert.include(item.text(), `${url}/raid/`)
    assert.notInclude(item.text(), manager.name)
    assert.notInclude(item.text(), manager.email)
  })

  test('keeps the name out of the digests of others', async ({ assert }) => {
    const another = await world.project()
    await world.inside(
      () =>
        RaidItem.raise(another, {
          type: 'risk',
          nature: 'threat',
          title: 'Pump fails',
          dueOn: '2026-02-20',
          ownerId: other.membershipId,
          actioneeId: manager.membershipId,
        } as any),
      manager
    )
    await world.inside(() =>
      morningRound(DateTime.fromISO('2026-03-04T07:00:00Z', { zone: 'utc' }))
    )
    const mails = await world.inside(
      async () =>
        await OutboxMail.query()
          .where('membershipId', other.membershipId)
          .where('idempotencyKey', 'like', '%:overdue:%')
    )
    assert.isNotEmpty(mails)
    for (const { subject, textBody, htmlBody } of mails) {
      assert.notInclude(`${subject}${textBody}${htmlBody}`, manager.name)
    }
  })

  test('keeps the name out of exported audit trails', async ({ client, assert }) => {
    const another = await world.project()
    await world.inside(
      () =>
        RaidItem.raise(another, {
          type: 'risk',
          nature: 'threat',
          title: 'Pump fails',
          ownerId: manager.membershipId,
        } as any),
      other
    )
    const read = async (person: Person) => (await client.get('/audit.csv').as(person)).text()
    const owner = await world.person('owner')
    const trail = await read(owner)
    assert.notInclude(trail, manager.name)
    const about = trail.split('\n').filter((line) => line.includes(`${another.code}-R1`))
    assert.isTrue(about.some((line) => line.includes(`Owner,,${WITHHELD}`)))
    const done = trail.split('\n').map((line) => line.split(',')[2])
    assert.include(done, WITHHELD)
  })
})
