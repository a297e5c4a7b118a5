import { test } from '@japa/runner'
import Invitation from '#models/invitation'
import { mentionOf } from '#models/text/mention'
import Notification from '#models/notification'
import OutboxMail from '#models/outbox_mail'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { register, World, type Person } from '#tests/support/world'

async function setUp() {
  const world = await World.create()
  const project = await world.project()
  const [manager, team, viewer] = [
    await world.person('manager'),
    await world.person('team'),
    await world.person('viewer'),
  ]
  const raise = (attributes: Partial<RaidItem> = {}, by: Person = manager) =>
    world.inside(
      () => RaidItem.raise(project, { type: 'risk', title: 'Tide gate leaks', ...attributes }),
      by
    )
  const told = () =>
    world.inside(async () => {
      const rows = await Notification.query().orderBy('id')
      return rows.map(({ membershipId, kind, title, path }) => ({
        membershipId,
        kind,
        title,
        path,
      }))
    })
  const mails = () => world.inside(async () => await OutboxMail.all())
  return { world, project, manager, team, viewer, raise, told, mails }
}

test.group('Told of mentions', () => {
  test('in a comment, everyone who may read it', async ({ assert, client }) => {
    const { world, project, manager, team, raise, told, mails } = await setUp()
    const stranger = await world.person('stranger')
    await sql(admin(), `update users set name = 'Ana Ruiz' where id = ?`, [team.userId])
    const item = await raise()
    await client
      .post(`/projects/${project.id}/raid/${item.id}/comments`)
      .as(manager)
      .form({ body: `**@Ana Ruiz**, ask @${stranger.name} and @manager person` })
    const [{ id, body }] = await sql(
      admin(),
      'select id, body from comments where raid_item_id = ?',
      [item.id]
    )
    assert.notInclude(body, 'Ana')
    assert.deepEqual(await told(), [
      {
        membershipId: team.membershipId,
        kind: 'mention',
        title: `${mentionOf(manager.membershipId)} mentioned you in ${item.ref} Tide gate leaks`,
        path: `/projects/${project.id}/raid/${item.id}#comment-${id}`,
      },
    ])
    assert.equal(
      (await mails())[0].subject,
      `manager person mentioned you in ${item.ref} Tide gate leaks`
    )
    const page = await client.get(`/projects/${project.id}/raid/${item.id}`).as(team)
    assert.include(
      page.text(),
      '<strong><span class="mention">@Ana Ruiz</span></strong>, ask @stranger person'
    )
    const trail = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.include(trail.text(), '@Ana Ruiz')
    assert.notInclude(trail.text(), '@{member')
  })

  test('never of what is kept from them, and without its text in the mail', async ({
    assert,
    client,
  }) => {
    const { project, manager, team, raise, told, mails } = await setUp()
    const sponsor = project.sponsorId!
    const item = await raise({ sensitivity: 'project_leads' })
    await client
      .post(`/projects/${project.id}/raid/${item.id}/comments`)
      .as(manager)
      .form({ body: `Secret: @team person and @sponsor person` })
    const notices = await told()
    assert.deepEqual(
      notices.map(({ membershipId }) => membershipId),
      [sponsor]
    )
    assert.notInclude(notices[0].title, 'Tide gate')
    const [mail] = await mails()
    assert.notInclude(`${mail.subject}${mail.textBody}${mail.htmlBody}`, 'Secret')
    assert.notInclude(`${mail.subject}${mail.textBody}${mail.htmlBody}`, 'Tide gate')
    assert.include(mail.textBody!, 'Access to this entry is restricted')
    assert.notEqual(mail.membershipId, team.membershipId)
  })
})

test.group('Told of RAID entries that become one’s own', () => {
  test('when raised for someone, and when handed on, each time', async ({ assert, client }) => {
    const { project, manager, team, viewer, raise, told } = await setUp()
    const item = await raise({ ownerId: team.membershipId })
    await raise({ ownerId: manager.membershipId })
    const row = (version: number, ownerId: string) =>
      client
        .post(`/projects/${project.id}/raid/${item.id}/row?_method=PATCH`)
        .as(manager)
        .form({ status: 'treating', owner_id: ownerId, lock_version: version })
    await row(1, viewer.membershipId)
    await row(2, viewer.membershipId)
    await row(2, team.membershipId)
    const who = (await told()).map(({ membershipId, kind }) => `${kind} ${membershipId}`)
    assert.deepEqual(who, [
      `assignment ${team.membershipId}`,
      `assignment ${viewer.membershipId}`,
      `assignment ${team.membershipId}`,
    ])
  })

  test('whoever is to decide is asked once, unless they own it, are asked by themselves, or it is decided', async ({
    assert,
  }) => {
    const { world, manager, team, viewer, raise, told } = await setUp()
    const decision = (attributes: Partial<RaidItem>) => raise({ type: 'decision', ...attributes })
    const item = await decision({ deciderId: team.membershipId, ownerId: viewer.membershipId })
    await decision({ deciderId: team.membershipId, ownerId: team.membershipId })
    await decision({ deciderId: manager.membershipId })
    await decision({ deciderId: viewer.membershipId, status: 'decided' })
    const asked = async () =>
      (await told()).filter(({ title }) => title.includes('asks you to decide'))
    const path = `/projects/${item.projectId}/raid/${item.id}`
    const first = { membershipId: team.membershipId, kind: 'assignment', path }
    const title = `${mentionOf(manager.membershipId)} asks you to decide ${item.calling}`
    assert.deepEqual(await asked(), [{ ...first, title }])
    await world.inside(() => item.revise({ title: 'Another name' }, 1), manager)
    await world.inside(() => item.revise({ deciderId: viewer.membershipId }, 2), manager)
    assert.deepEqual(
      (await asked()).map(({ membershipId }) => membershipId),
      [team.membershipId, viewer.membershipId]
    )
  })

  test('several at once are one notice and one email, by their refs', async ({ assert }) => {
    const { world, project, manager, team, viewer, raise, told, mails } = await setUp()
    const risks = [await raise(), await raise({ sensitivity: 'named_people' })]
    const decision = await raise({ type: 'decision' })
    const give = (items: RaidItem[], person: Person) =>
      world.inside(async () => {
        for (const item of items) item.refersTo(project).ownerId = person.membershipId
        await RaidItem.saveMany(items, 'raid_item.updated')
      }, manager)
    await give(risks, team)
    await give([...risks, decision], viewer)
    const by = mentionOf(manager.membershipId)
    assert.deepEqual(await told(), [
      {
        membershipId: team.membershipId,
        kind: 'assignment',
        title: `${by} made you the owner of 2 risks in ${project.code}`,
        path: `/projects/${project.id}/raid?type=risk&owner=me`,
      },
      {
        membershipId: viewer.membershipId,
        kind: 'assignment',
        title: `${by} made you the owner of 3 RAID entries in ${project.code}`,
        path: '/work',
      },
    ])
    const [first] = await mails()
    assert.include(first.textBody!, `${risks[0].ref}, ${risks[1].ref}`)
    assert.notInclude(first.textBody!, 'Tide gate')
    assert.lengthOf(await mails(), 2)
  })

  test('an owner from whom it was kept may see it now, and is told by its ref', async ({
    assert,
  }) => {
    const { manager, team, raise, told } = await setUp()
    const item = await raise({ sensitivity: 'named_people', ownerId: team.membershipId })
    assert.deepEqual(
      (await told()).map(({ title }) => title),
      [`${mentionOf(manager.membershipId)} made you the owner of ${item.ref}`]
    )
  })
})

test.group('Told of invitations', () => {
  test('the inviter is told once the person joins', async ({ assert, client }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const account = await register('joiner')
    const inviter = { name: owner.name, membershipId: owner.membershipId }
    const token = await world.inside(() =>
      Invitation.invite({ email: account.email, role: 'member', projects: [] }, inviter)
    )
    await client.post(`/join/${token}`).as(account)
    await client.post(`/join/${token}`).as(account)
    const rows = await world.inside(async () => await Notification.all())
    assert.lengthOf(rows, 1)
    assert.equal(rows[0].membershipId, owner.membershipId)
    const page = await client.get('/notifications').as(owner)
    assert.include(page.text(), 'joiner person accepted your invitation')
    const opened = await client
      .post(`/notifications/${rows[0].id}/reading`)
      .as(owner)
      .form({ open: '1' })
    const member = await client.get(opened.header('location')!).as(owner)
    member.assertStatus(200)
    assert.include(member.text(), 'joiner person')
  })
})
