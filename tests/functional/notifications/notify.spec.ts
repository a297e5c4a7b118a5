import { test } from '@japa/runner'
import { mentionOf } from '#models/mention'
import Notification, { notify, notifyAll, type NewNotification } from '#models/notification'
import { kindNames, kindOf } from '#models/notification/kinds'
import { deleteOldNotifications } from '#models/notification/retention'
import NotificationPreference from '#models/notification_preference'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import RetentionSettings from '#models/retention_settings'
import RaidReader from '#models/raid_reader'
import OutboxMail from '#models/outbox_mail'
import { unsubscribePath } from '#mails/unsubscribing'
import type { Role } from '#policies/permissions'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { register, World, type Person } from '#tests/support/world'

const everyRole: (Role | 'stranger')[] = [
  ...(['owner', 'admin', 'pmo', 'auditor', 'member'] as const),
  ...(['manager', 'sponsor', 'gate_decider', 'team', 'viewer', 'stranger'] as const),
]

const BREAKS = ['\n', '\r\nBcc: all@example.test', '\u2028', '\u2029', '\0', '\u202e', '\u0085']

function notice(to: Person[], rest: Partial<NewNotification> = {}): NewNotification {
  return {
    kind: 'assignment',
    to: to.map(({ membershipId }) => membershipId),
    project: null,
    path: '/projects',
    title: 'The crane permit is yours',
    key: 'assignment:1',
    ...rest,
  }
}

async function told(world: World) {
  return world.inside(async () => {
    const [rows, mails] = [await Notification.all(), await OutboxMail.all()]
    return {
      inApp: rows.map(({ membershipId }) => membershipId),
      byMail: mails.map(({ membershipId }) => membershipId!),
      rows,
      mails,
    }
  })
}

async function wholeWorld() {
  const world = await World.create()
  const project = await world.project({ visibility: 'members' })
  const people = new Map<string, Person>()
  for (const role of everyRole) people.set(role, await world.person(role))
  return { world, project, people }
}

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
${project.code} Harbour <wall>

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

test.group('Notifying: who may know', () => {
  test('tells those who may see the project, and exactly those', async ({ assert }) => {
    const { world, project, people } = await wholeWorld()
    for (const visibility of ['members', 'organisation'] as const) {
      await world.inside(() => project.merge({ visibility }).save())
      const key = `seen:${visibility}`
      await world.inside(() => notify(notice([...people.values()], { project, key })))
      const { rows, mails } = await told(world)
      const inApp = rows.filter((row) => row.key === key).map(({ membershipId }) => membershipId)
      const byMail = mails.filter((mail) => mail.idempotencyKey.endsWith(key))
      const seeing = await those(people, async (person) => {
        const viewer = await world.viewer(person)
        return world.inside(async () => (await seen(project, viewer)) !== null, person)
      })
      assert.sameMembers(inApp, seeing, visibility)
      assert.sameMembers(
        byMail.map(({ membershipId }) => membershipId!),
        seeing,
        visibility
      )
    }

    async function seen(of: Project, viewer: Awaited<ReturnType<World['viewer']>>) {
      const { default: Projects } = await import('#models/project')
      return Projects.visibleTo(viewer).where('projects.id', of.id).first()
    }
  })

  test('tells of a RAID item those who may see it, and exactly those', async ({ assert }) => {
    const { world, project, people } = await wholeWorld()
    await world.inside(() => project.merge({ visibility: 'organisation' }).save())
    const team = people.get('team')!
    for (const sensitivity of ['normal', 'project_leads', 'named_people'] as const) {
      const item = await world.inside(
        () => RaidItem.raise(project, { type: 'risk', title: 'Tide gate leaks', sensitivity }),
        team
      )
      await world.inside(async () => {
        await item.merge({ ownerId: people.get('gate_decider')!.membershipId }).save()
        const { membershipId } = people.get('stranger')!
        await RaidReader.create({ raidItemId: item.id, membershipId })
        await notify(notice([...people.values()], { project, item, key: item.id }))
      })
      const { rows } = await told(world)
      const inApp = rows.filter(({ key }) => key === item.id)
      const seeing = await those(people, async (person) => {
        const viewer = await world.viewer(person)
        return world.inside(async () => {
          const { default: Projects } = await import('#models/project')
          const visible = await Projects.findVisible(viewer, project.id)
          const found = await RaidItem.visibleIn(visible, viewer)
            .where('raid_items.id', item.id)
            .first()
          return found !== null
        }, person)
      })
      assert.sameMembers(
        inApp.map(({ membershipId }) => membershipId),
        seeing,
        sensitivity
      )
    }
  })

  async function those(
    people: Map<string, Person>,
    condition: (person: Person) => Promise<boolean>
  ) {
    const found: string[] = []
    for (const person of people.values()) {
      if (await condition(person)) found.push(person.membershipId)
    }
    return found
  }
})

test.group('Notifying: as each chose', () => {
  test('a channel that was declined stays silent, for that kind alone', async ({ assert }) => {
    const world = await World.create()
    const [quiet, offline, silent] = [
      await world.person('team'),
      await world.person('viewer'),
      await world.person('sponsor'),
    ]
    await world.inside(async () => {
      for (const [{ membershipId }, inApp, mail] of [
        [quiet, true, false],
        [offline, false, true],
        [silent, false, false],
      ] as const) {
        await NotificationPreference.create({ membershipId, kind: 'assignment', inApp, mail })
      }
      await notify(notice([quiet, offline, silent]))
    })
    const { inApp, byMail } = await told(world)
    assert.deepEqual(inApp, [quiet.membershipId])
    assert.deepEqual(byMail, [offline.membershipId])
    await world.inside(() => notify(notice([silent], { kind: 'mention', key: 'mention:1' })))
    assert.include((await told(world)).byMail, silent.membershipId)
  })

  for (const kind of kindNames) {
    test(`mails of the kind ${kind} ${kindOf(kind).mandatory ? 'cannot' : 'can'} be declined`, async ({
      assert,
    }) => {
      const world = await World.create()
      const { membershipId, ...person } = await world.person('team')
      await world.inside(async () => {
        await NotificationPreference.create({ membershipId, kind, inApp: false, mail: false })
        await notify(notice([{ membershipId, ...person }], { kind }))
      })
      const { inApp, mails } = await told(world)
      assert.deepEqual(inApp, [])
      assert.lengthOf(mails, kindOf(kind).mandatory ? 1 : 0)
      if (mails.length > 0) {
        assert.include(mails[0].textBody!, 'You cannot stop these emails.')
        assert.isNull(mails[0].unsubscribeUrl)
      }
    })

    test(`nothing typed breaks out of a header of the kind ${kind}`, async ({ assert }) => {
      const world = await World.create()
      const project = await world.project({ name: 'Harbour\r\nBcc: all@example.test' })
      const team = await world.person('team')
      await sql(admin(), 'update users set name = ? where id = ?', [
        `Ana${BREAKS.slice(0, 4).join('')}"Ruiz`,
        team.userId,
      ])
      for (const [index, text] of BREAKS.entries()) {
        const title = `Crane${text}permit of ${mentionOf(team.membershipId)}`
        const broken = notice([team], { kind, project, title, key: `broken:${index}` })
        await world.inside(() => notify(broken))
      }
      const { mails } = await told(world)
      assert.lengthOf(mails, BREAKS.length)
      for (const { subject, name } of mails) {
        assert.notMatch(`${subject}${name}`, /[\p{Cc}\u2028\u2029\u202e]/u)
        assert.match(subject!, /^Crane permit of|^Crane Bcc: all@example.test ?permit of/)
      }
    })
  }

  test('an address that no mail can go to costs the mail, not the change', async ({ assert }) => {
    const world = await World.create()
    const team = await world.person('team')
    await sql(admin(), `update users set email = ? where id = ?`, [
      `"odd address ${team.userId}"@example.test`,
      team.userId,
    ])
    await world.inside(() => notify(notice([team])))
    const { inApp, byMail } = await told(world)
    assert.deepEqual(inApp, [team.membershipId])
    assert.deepEqual(byMail, [])
  })
})
