import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { register, registerStaff, World, type Account } from '#tests/support/world'

const FORM = { name: 'Nora New', time_zone: 'Europe/Paris', theme: 'dark', lock_version: 1 }

function save(client: ApiClient, account: Account, changes: Record<string, unknown> = {}) {
  return client
    .put('/profile')
    .as(account)
    .form({ ...FORM, ...changes })
}

async function accountOf({ userId }: Account) {
  const [row] = await sql(
    admin(),
    'select name, time_zone, theme, lock_version from users where id = ?',
    [userId]
  )
  return row
}

function renamings(membershipId: string) {
  return sql(
    admin(),
    `select e.organisation_id, e.actor_kind, e.actor_ref, v.path, v.subject_ref, v.value
       from audit.events e join audit.event_values v
         on v.organisation_id = e.organisation_id and v.event_id = e.id
      where e.action = 'membership.renamed' and e.entity_id = ?`,
    [membershipId]
  )
}

test.group('The profile', () => {
  test('opens for people without an organisation, and for platform admins', async ({ client }) => {
    for (const account of [await register('nobody'), await registerStaff()]) {
      const response = await client.get('/profile').as(account)
      response.assertStatus(200)
      response.assertTextIncludes(account.email)
      response.assertTextIncludes(account.userId)
    }
    const signedOut = await client.get('/profile')
    signedOut.assertHeader('location', '/sign-in')
  })

  test('keeps name, time zone and theme', async ({ client, assert }) => {
    const person = await register('person')
    const response = await save(client, person)
    response.assertStatus(303)
    response.assertHeader('location', '/profile')
    assert.deepEqual(await accountOf(person), {
      name: 'Nora New',
      time_zone: 'Europe/Paris',
      theme: 'dark',
      lock_version: 2,
    })
    await save(client, person, { time_zone: '', theme: '', lock_version: 2 })
    const { time_zone: zone, theme } = await accountOf(person)
    assert.deepEqual({ zone, theme }, { zone: null, theme: null })
  })

  test('is not saved over a version that no account can have', async ({ client, assert }) => {
    const person = await register('person')
    const response = await save(client, person, { lock_version: 2 ** 31 }).accept('json')
    response.assertStatus(422)
    assert.equal((await accountOf(person)).lock_version, 1)
  })

  test('shows a new name to colleagues at once', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    await save(client, manager)
    const page = await client.get(`/projects/${project.id}`).as(await world.person('owner'))
    assert.include(page.text(), 'Nora New')
    assert.notInclude(page.text(), manager.name)
  })

  test('tells every organisation of a new name, in values that an erasure redacts', async ({
    client,
    assert,
  }) => {
    const [here, there, former] = await Promise.all(
      ['Here', 'There', 'Former'].map((name) => World.create(name))
    )
    const account = await register('person')
    const members = [await here.join(account), await there.join(account)]
    const left = await former.join(account)
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [left.membershipId])
    await save(client, account)
    for (const { membershipId, organisationId } of [...members, left]) {
      const [event, ...more] = await renamings(membershipId)
      assert.lengthOf(more, 0)
      assert.deepEqual(
        { ...event, value: JSON.parse(event.value) },
        {
          organisation_id: organisationId,
          actor_kind: 'member',
          actor_ref: membershipId,
          path: 'name',
          subject_ref: membershipId,
          value: { before: account.name, after: 'Nora New' },
        }
      )
    }
    const history = await client.get('/audit').as(await here.person('owner'))
    assert.include(history.text().replaceAll(/\s+/g, ' '), 'changed the name of Nora New')
  })

  test('tells the platform’s trail that a profile changed, and nothing of what', async ({
    client,
    assert,
  }) => {
    const person = await register('person')
    await save(client, person)
    const events = await sql(
      admin(),
      `select action, actor_ref, facts,
              (select count(*)::int from audit.event_values v where v.event_id = e.id) as values
         from audit.events e where organisation_id = ? and entity_id = ?`,
      [PLATFORM, person.userId]
    )
    assert.deepEqual(events, [{ action: 'profile.updated', actor_ref: null, facts: {}, values: 0 }])
  })

  test('leaves the trail alone when nothing changed, or only what is nobody else’s', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const person = await world.person('team')
    const same = { name: person.name, time_zone: '', theme: '' }
    await save(client, person, same)
    assert.equal((await accountOf(person)).lock_version, 1)
    await save(client, person, { ...same, theme: 'dark' })
    assert.equal((await accountOf(person)).theme, 'dark')
    assert.lengthOf(await renamings(person.membershipId), 0)
  })

  test('refuses what makes no sense, keeps what was typed and changes nothing', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const person = await world.person('team')
    const before = await accountOf(person)
    const walk = await Walk.begin(client, person)
    await walk.open('/profile')
    for (const [changes, message] of [
      [{ name: ' ' }, 'Enter your name'],
      [{ name: 'a'.repeat(201) }, 'Keep the name to 200 characters'],
      [{ name: 'Two\nlines' }, 'Use one line of plain text'],
      [{ name: 'Right\u202eleft' }, 'Use one line of plain text'],
      [{ time_zone: 'Europe/Nowhere' }, 'Choose a time zone from the list'],
      [{ theme: 'sepia' }, 'Choose a theme'],
    ] as const) {
      const page = await walk.submitAndFollow('/profile', { ...FORM, ...changes }, 'PUT')
      assert.include(page.text(), message)
      if (!('name' in changes)) assert.include(page.text(), 'value="Nora New"')
      await walk.open('/profile')
    }
    assert.deepEqual(await accountOf(person), before)
  })

  test('takes names of any script, without what cannot be seen in them', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const person = await world.person('team')
    const walk = await Walk.begin(client, person)
    const versioned = async () =>
      (await sql(admin(), 'select name, lock_version from users where id = ?', [person.userId]))[0]
    for (const [typed, kept] of [
      ['علی\u200cرضا', 'علی\u200cرضا'],
      ['\u200fשרה\u200e כהן', 'שרה כהן'],
      ['Nora\u200b New\ufeff', 'Nora New'],
      ['Zoë 👩‍👩‍👧', 'Zoë 👩‍👩‍👧'],
    ]) {
      const { lock_version: version } = await versioned()
      await walk.open('/profile')
      await walk.submitAndFollow('/profile', { ...FORM, name: typed, lock_version: version }, 'PUT')
      assert.equal((await versioned()).name, kept)
    }
  })

  test('changes nothing but name, time zone and theme, and nobody else’s', async ({
    client,
    assert,
  }) => {
    const [person, other] = [await register('person'), await register('other')]
    const whole = async ({ userId }: Account) => {
      const [row] = await sql(admin(), 'select * from users where id = ?', [userId])
      return row
    }
    const [mine, theirs] = [await whole(person), await whole(other)]
    const forged = { ...theirs, user_id: other.userId, platform_role: 'admin' }
    await save(client, person, { ...forged, ...FORM })
    const { name, time_zone: zone, theme, lock_version: version, updated_at: at } = FORM as any
    assert.isUndefined(at)
    const changed = await whole(person)
    assert.deepEqual(
      { ...changed, updated_at: mine.updated_at },
      { ...mine, name, time_zone: zone, theme, lock_version: version + 1 }
    )
    assert.deepEqual(await whole(other), theirs)
  })

  test('saved in two windows overwrites nothing silently', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('team')
    const walk = await Walk.begin(client, person)
    await walk.open('/profile')
    await save(client, person, { name: 'From the first window' })
    const page = await walk.submitAndFollow('/profile', { ...FORM, name: 'From the second' }, 'PUT')
    assert.include(page.text(), 'saved your profile in another window: From the first window')
    assert.include(page.text(), 'value="From the second"')
    assert.include(page.text(), 'name="lock_version" value="2"')
    assert.equal((await accountOf(person)).name, 'From the first window')
  })

  test('twenty at once: one is saved, and told once', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('team')
    await Promise.all(
      Array.from({ length: 20 }, (_, number) => save(client, person, { name: `Name ${number}` }))
    )
    assert.equal((await accountOf(person)).lock_version, 2)
    assert.lengthOf(await renamings(person.membershipId), 1)
  })

  test('the database function changes only the account of the person at work', async ({
    assert,
  }) => {
    const person = await register('person')
    const change = `select directory.change_profile('Forged', null, null, 1) as changed`
    const [{ changed }] = await sql(db, change)
    assert.isFalse(changed)
    const tenant = { organisationId: PLATFORM, userId: person.userId, requestId: null }
    const mine = await Tenancy.run(tenant, () => sql(Tenancy.current().trx, change))
    assert.isTrue(mine[0].changed)
    const elsewhere = await sql(db, 'select * from directory.own_memberships()')
    assert.lengthOf(elsewhere, 0)
  })
})

test.group('The theme', () => {
  test('comes with every page, also without an organisation', async ({ client, assert }) => {
    const world = await World.create()
    const member = await world.person('team')
    const nobody = await register('nobody')
    for (const account of [member, nobody]) await save(client, account)
    for (const [account, path] of [
      [member, '/projects'],
      [member, '/nowhere'],
      [member, '/profile'],
      [nobody, '/organisations'],
      [nobody, '/privacy'],
    ] as const) {
      const page = await client.get(path).as(account)
      if (path === '/nowhere') continue
      assert.match(page.text(), /<html lang="en"\s+data-theme="dark"/, path)
    }
    const visitor = await client.get('/privacy')
    assert.notInclude(visitor.text(), 'data-theme')
  })
})
