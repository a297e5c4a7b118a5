import { test } from '@japa/runner'
import { mentionOf } from '#models/text/mention'
import { notify } from '#models/notification'
import { kindNames, kindOf } from '#models/notification/kinds'
import NotificationPreference from '#models/notification_preference'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import type { Role } from '#policies/permissions'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { World, type Person } from '#tests/support/world'
import { notice, told } from '#tests/support/notices'

const everyRole: (Role | 'stranger')[] = [
  ...(['owner', 'admin', 'pmo', 'auditor', 'member'] as const),
  ...(['manager', 'sponsor', 'gate_decider', 'team', 'viewer', 'stranger'] as const),
]

const BREAKS = ['\n', '\r\nBcc: all@example.test', '\u2028', '\u2029', '\0', '\u202e', '\u0085']

async function wholeWorld() {
  const world = await World.create()
  const project = await world.project({ visibility: 'members' })
  const people = new Map<string, Person>()
  for (const role of everyRole) people.set(role, await world.person(role))
  return { world, project, people }
}

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
