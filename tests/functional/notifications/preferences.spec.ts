import { test } from '@japa/runner'
import { kindNames, kindOf } from '#models/notification/kinds'
import NotificationPreference, { type Changes } from '#models/notification_preference'
import { unsubscribePath } from '#mails/unsubscribing'
import { checksums } from '#tests/support/admin'
import { World, type Person } from '#tests/support/world'

function choices(world: World, { membershipId }: Person) {
  return world.inside(() => NotificationPreference.of(membershipId))
}

function choose(world: World, { membershipId }: Person, changes: Changes) {
  return world.inside(() => NotificationPreference.change(membershipId, changes))
}

const all = { 'in_app[]': kindNames, 'mail[]': kindNames }
const shown = { 'shown_in_app[]': kindNames, 'shown_mail[]': kindNames }
const without = (kind: string) => kindNames.filter((name) => name !== kind)

test.group('Notification preferences', () => {
  test('show each kind, when it comes, and why some cannot be declined', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const team = await world.person('team')
    await choose(world, team, { mention: { mail: false } })
    const page = (await client.get('/notifications/preferences').as(team)).text()
    for (const kind of kindNames) {
      const { label, when, mandatory } = kindOf(kind)
      assert.include(page, `<span class="row-title">${label}</span>`)
      assert.include(page, `When ${when}.`)
      if (mandatory) assert.include(page, mandatory)
      const box = new RegExp(`type="checkbox" name="mail\\[\\]" value="${kind}"[^>]*checked`)
      assert.equal(box.test(page), !mandatory && kind !== 'mention', kind)
    }
  })

  test('change what was changed in the form', async ({ assert, client }) => {
    const world = await World.create()
    const team = await world.person('team')
    const response = await client
      .put('/notifications/preferences')
      .as(team)
      .form({ ...shown, 'in_app[]': without('mention'), 'mail[]': without('assignment') })
    response.assertStatus(303)
    response.assertHeader('location', '/notifications/preferences')
    const chosen = await choices(world, team)
    assert.deepEqual(chosen.mention, { inApp: false, mail: true })
    assert.deepEqual(chosen.assignment, { inApp: true, mail: false })
    assert.deepEqual(chosen.review_due, { inApp: true, mail: true })
    await client
      .put('/notifications/preferences')
      .as(team)
      .form({ 'shown_in_app[]': without('mention'), 'shown_mail[]': without('assignment'), ...all })
    assert.deepEqual((await choices(world, team)).assignment, { inApp: true, mail: true })
  })

  test('an old form does not undo what was chosen since', async ({ assert, client }) => {
    const world = await World.create()
    const team = await world.person('team')
    await choose(world, team, { mention: { mail: false } })
    await client
      .put('/notifications/preferences')
      .as(team)
      .form({ ...shown, ...all, 'in_app[]': without('assignment') })
    const chosen = await choices(world, team)
    assert.deepEqual(chosen.mention, { inApp: true, mail: false })
    assert.deepEqual(chosen.assignment, { inApp: false, mail: true })
  })

  test('changes of one member at the same moment all hold', async ({ assert }) => {
    const world = await World.create()
    const team = await world.person('team')
    await Promise.all([
      choose(world, team, { mention: { mail: false } }),
      choose(world, team, { mention: { inApp: false } }),
      choose(world, team, { assignment: { mail: false } }),
    ])
    const chosen = await choices(world, team)
    assert.deepEqual(chosen.mention, { inApp: false, mail: false })
    assert.deepEqual(chosen.assignment, { inApp: true, mail: false })
  })

  test('what is mandatory cannot be declined, and what is no kind is refused', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const [team, other] = [await world.person('team'), await world.person('viewer')]
    await client
      .put('/notifications/preferences')
      .as(team)
      .form({ ...shown, 'in_app[]': kindNames })
    const chosen = await choices(world, team)
    for (const kind of kindNames) {
      assert.equal(chosen[kind].mail, kindOf(kind).mandatory !== undefined, kind)
    }
    const before = await checksums(world.organisationId)
    for (const mail of [['newsletter'], ['constructor', 'mention'], ['mention', '']]) {
      const response = await client
        .put('/notifications/preferences')
        .as(team)
        .form({ ...shown, 'in_app[]': kindNames, 'mail[]': mail })
      assert.include([302, 303], response.status())
    }
    assert.deepEqual(await checksums(world.organisationId), before)
    assert.isTrue((await choices(world, other)).mention.mail)
  })
})

test.group('Stopping mails from a mail', () => {
  async function linkFor(world: World, { membershipId }: Person, kind: 'mention' | 'vote_needed') {
    return world.inside(async () => unsubscribePath({ membershipId, kind }))
  }

  test('looking at the link changes nothing', async ({ assert, client }) => {
    const world = await World.create('Harbour Board')
    const link = await linkFor(world, await world.person('team'), 'mention')
    const before = await checksums(world.organisationId)
    const response = await client.get(`${link}?organisation=${world.organisationId}`)
    response.assertStatus(200)
    response.assertHeader('referrer-policy', 'no-referrer')
    assert.include(response.text(), 'Stop these emails?')
    assert.include(response.text(), 'Harbour Board')
    assert.notInclude(response.text(), 'team person')
    assert.deepEqual(await checksums(world.organisationId), before)
  })

  test('one POST without session, token or cookie stops that kind for that member', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const [team, viewer] = [await world.person('team'), await world.person('viewer')]
    const link = await linkFor(world, team, 'mention')
    const response = await client
      .post(`${link}?organisation=${world.organisationId}`)
      .form({ 'List-Unsubscribe': 'One-Click' })
    response.assertStatus(200)
    assert.include(response.text(), 'You have stopped these emails')
    const chosen = await choices(world, team)
    assert.deepEqual(chosen.mention, { inApp: true, mail: false })
    assert.isTrue(chosen.assignment.mail)
    assert.isTrue((await choices(world, viewer)).mention.mail)
    const again = await client.post(link)
    again.assertStatus(200)
    const page = await client.get(link)
    assert.include(page.text(), 'You have stopped these emails')
  })

  test('the same link switches them on again', async ({ assert, client }) => {
    const world = await World.create()
    const [team, viewer] = [await world.person('team'), await world.person('viewer')]
    await choose(world, team, { assignment: { mail: false } })
    await choose(world, viewer, { mention: { mail: false } })
    const link = await linkFor(world, team, 'mention')
    await client.post(link)
    const response = await client.delete(link)
    response.assertStatus(200)
    assert.include(response.text(), 'Stop these emails?')
    const chosen = await choices(world, team)
    assert.isTrue(chosen.mention.mail)
    assert.isFalse(chosen.assignment.mail)
    assert.isFalse((await choices(world, viewer)).mention.mail)
  })

  test('says what is left: nothing for whom Orchestrate does not show them either', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const [team, viewer] = [await world.person('team'), await world.person('viewer')]
    await choose(world, viewer, { mention: { inApp: false } })
    for (const [person, isShown] of [
      [team, true],
      [viewer, false],
    ] as const) {
      const link = await linkFor(world, person, 'mention')
      const asked = (await client.get(link)).text()
      const stopped = (await client.post(link)).text()
      assert.equal(asked.includes('you still get the notifications in Orchestrate'), isShown)
      assert.equal(stopped.includes('You still get the notifications in Orchestrate'), isShown)
    }
  })

  test('mandatory mails continue, and say why', async ({ assert, client }) => {
    const world = await World.create()
    const team = await world.person('team')
    const link = await linkFor(world, team, 'vote_needed')
    const response = await client.post(link)
    assert.include(response.text(), 'You cannot stop these emails')
    assert.isTrue((await choices(world, team)).vote_needed.mail)
  })

  test('an invented or altered link is refused', async ({ assert, client }) => {
    const world = await World.create()
    const [team, viewer] = [await world.person('team'), await world.person('viewer')]
    const [one, two] = [
      await linkFor(world, team, 'mention'),
      await linkFor(world, viewer, 'mention'),
    ]
    const bytes = (link: string) => Buffer.from(link.split('/').pop()!, 'base64url')
    const spliced = Buffer.concat([bytes(one).subarray(0, 32), bytes(two).subarray(32)])
    const other = Buffer.concat([bytes(one).subarray(0, 64), Buffer.from('assignment')])
    const flipped = bytes(one)
    flipped[40] ^= 1
    const before = await checksums(world.organisationId)
    const gone = bytes(await linkFor(world, team, 'a_kind_that_was_given_up' as never))
    const tokens = [spliced, other, flipped, gone, bytes(one).subarray(0, 64), Buffer.alloc(80)]
    for (const token of [...tokens.map((part) => part.toString('base64url')), 'x', '%00', '..']) {
      for (const method of ['get', 'post', 'delete'] as const) {
        const response = await client[method](`/unsubscribe/${token}`)
        assert.include([404, 400], response.status(), token)
      }
    }
    assert.deepEqual(await checksums(world.organisationId), before)
  })
})
