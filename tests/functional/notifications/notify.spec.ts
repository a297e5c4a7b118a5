import { test } from '@japa/runner'
import { mentionOf } from '#models/text/mention'
import { notify, notifyAll } from '#models/notification'
import { kindOf } from '#models/notification/kinds'
import { deleteOldNotifications } from '#models/notification/retention'
import RetentionSettings from '#models/retention_settings'
import { unsubscribePath } from '#mails/unsubscribing'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { register, World } from '#tests/support/world'
import { notice, told } from '#tests/support/notices'

test.group('Notifying', () => {
  test('writes to the inbox and queues a mail that tells where, what and when more come', async ({
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project({ name: 'Harbour <wall>' })
    const [team, manager] = [await world.person('team'), await world.person('manager')]
    await world.inside(
      () =>
        notify(
          notice([team], {
            project,
            path: `/projects/${project.id}`,
            title: `${mentionOf(manager.membershipId)} made you owner of R1`,
            detail: `First <line>.\n\nAsk ${mentionOf(manager.membershipId)}.`,
          })
        ),
      manager
    )
    const { rows, mails } = await told(world)
    assert.lengthOf(rows, 1)
    assert.deepInclude(rows[0].$attributes, {
      kind: 'assignment',
      membershipId: team.membershipId,
      projectId: project.id,
      path: `/projects/${project.id}`,
      title: `${mentionOf(manager.membershipId)} made you owner of R1`,
      readAt: null,
    })
    assert.equal(mails[0].subject, 'manager person made you owner of R1')
    assert.equal(
      mails[0].textBody,
      `manager person made you owner of R1
${project.code} Harbour <wall>, Testing Ltd

First <line>.

Ask @manager person.

See the details:
${process.env.APP_URL}/projects/${project.id}?organisation=${world.organisationId}

--
You get emails like this when ${kindOf('assignment').when}.
Stop emails like this: ${mails[0].unsubscribeUrl}
`
    )
    assert.equal(
      mails[0].unsubscribeUrl,
      `${process.env.APP_URL}${await world.inside(async () => unsubscribePath({ membershipId: team.membershipId, kind: 'assignment' }))}`
    )
    assert.include(mails[0].htmlBody!, 'Harbour &lt;wall&gt;')
    assert.notInclude(mails[0].htmlBody!, '<wall>')
    assert.equal(mails[0].email, team.email)
  })

  test('tells each member of one occasion once, also when told at the same moment', async ({
    assert,
  }) => {
    const world = await World.create()
    const [one, two] = [await world.person('team'), await world.person('viewer')]
    await Promise.all(
      Array.from({ length: 10 }, () => world.inside(() => notify(notice([one, two, one]))))
    )
    await world.inside(() => notify(notice([one], { key: 'assignment:2' })))
    const { inApp, byMail } = await told(world)
    const expected = [one, one, two].map(({ membershipId }) => membershipId)
    assert.sameMembers(inApp, expected)
    assert.sameMembers(byMail, expected)
  })

  test('leaves out the actor, former members, and members of other organisations', async ({
    assert,
  }) => {
    const [world, other] = [await World.create(), await World.create()]
    const actor = await world.person('manager')
    const present = await world.person('team')
    const [left, deactivated] = [await world.person('viewer'), await world.person('sponsor')]
    for (const [status, { membershipId }] of [
      ['left', left],
      ['deactivated', deactivated],
    ] as const) {
      await sql(admin(), 'update memberships set status = ? where id = ?', [status, membershipId])
    }
    const people = [actor, present, left, deactivated, await other.person('owner')]
    await world.inside(() => notify(notice(people)), actor)
    assert.deepEqual((await told(world)).inApp, [present.membershipId])
    assert.deepEqual((await told(world)).byMail, [present.membershipId])
    assert.deepEqual((await told(other)).inApp, [])
  })

  test('what is older than 180 days, or than the organisation keeps it, is deleted, and nothing younger', async ({
    assert,
  }) => {
    const world = await World.create()
    const person = await world.person('team')
    for (const [key, age] of [
      ['old', '180 days 1 minute'],
      ['young', '179 days 23 hours'],
    ]) {
      await world.inside(() => notify(notice([person], { key })))
      await sql(
        admin(),
        `update notifications set created_at = now() - ?::interval
          where organisation_id = ? and key = ?`,
        [age, world.organisationId, key]
      )
    }
    await world.inside(() => deleteOldNotifications())
    assert.deepEqual(
      (await told(world)).rows.map(({ key }) => key),
      ['young']
    )
    await world.inside(() => RetentionSettings.revise({ notificationDays: 179 }, 1))
    await world.inside(() => deleteOldNotifications())
    assert.deepEqual((await told(world)).rows, [])
  })

  test('a rollback leaves neither notice nor mail', async ({ assert }) => {
    const world = await World.create()
    const person = await world.person('team')
    const failing = world.inside(async () => {
      await notify(notice([person]))
      throw new Error('undone')
    })
    await assert.rejects(() => failing, 'undone')
    const { inApp, byMail } = await told(world)
    assert.deepEqual([inApp, byMail], [[], []])
  })

  test('costs as many queries for many notices and readers as for one', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const people = [await world.person('manager')]
    for (let count = 0; count < 12; count++) people.push(await world.join(await register('one')))
    await world.inside(() => notify(notice(people.slice(0, 1), { key: 'warm' })))
    const few = await countQueries(() =>
      world.inside(() => notify(notice(people.slice(0, 1), { project })))
    )
    const many = await countQueries(() =>
      world.inside(() =>
        notifyAll(['a', 'b', 'c'].map((key) => notice(people, { key, title: `Notice ${key}` })))
      )
    )
    assert.equal(many, few)
    assert.lengthOf((await told(world)).byMail, 2 + 3 * people.length)
  })
})
