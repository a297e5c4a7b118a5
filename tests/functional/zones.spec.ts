import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { changesSince } from '#models/assistant/changes'
import { weeklyFlow } from '#models/charts/flow'
import { remindDeciders } from '#models/deciding/reminders'
import Notification from '#models/notification'
import { relationsAcross } from '#models/raid/relations'
import { raidRows } from '#models/report/record/raid'
import { sinceOf } from '#models/report/surroundings'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Table } from '#tests/support/table'
import { TwoProjects } from '#tests/support/two_projects'
import { Walk } from '#tests/support/walk'
import type { World } from '#tests/support/world'

/** At every moment at least one of these has another day than UTC. */
const ZONES = ['Pacific/Kiritimati', 'Etc/GMT+12']

const REMINDED_BEFORE = 7

function moveTo(zone: string, { organisationId }: World) {
  return sql(admin(), 'update organisations set time_zone = ? where id = ?', [zone, organisationId])
}

for (const zone of ZONES) {
  const now = () => DateTime.now().setZone(zone)
  const day = (days = 0) => now().plus({ days }).toISODate()!

  test.group(`Days of an organisation in ${zone}`, () => {
    test('a dependency is late by them on the map of relations', async ({ assert }) => {
      const two = await TwoProjects.create()
      await moveTo(zone, two.log.world)
      await two.depend({ title: 'Yesterday', dueOn: day(-1) })
      await two.depend({ title: 'Today', dueOn: day() })
      const viewer = await two.log.world.viewer(two.log.people.pmo)
      const found = await two.log.world.inside(() => relationsAcross(viewer, null))
      assert.deepEqual(
        found.map(({ item, isOverdue }) => [item!.title, isOverdue]),
        [
          ['Yesterday', true],
          ['Today', false],
        ]
      )
    })

    test('deciders are reminded by them', async ({ assert }) => {
      const table = await Table.create()
      await moveTo(zone, table.world)
      await table.seat({ chair: 'chair', one: 'adviser' })
      await table.ready()
      const review = await table.submit(table.people.manager, table.gate, day(30))
      const decideBy = (days: number) =>
        table.quietly('update gate_reviews set decide_by = ? where id = ?', [day(days), review.id])
      const told = () =>
        table.world.inside(async () => {
          await remindDeciders()
          const rows = await Notification.query().where('kind', 'gate_reminder')
          return rows.length
        })
      await decideBy(REMINDED_BEFORE + 1)
      assert.equal(await told(), 0)
      await decideBy(REMINDED_BEFORE)
      assert.equal(await told(), 2)
    })

    test('a gate is offered to be decided in two weeks, and files are named by them', async ({
      assert,
      client,
    }) => {
      const table = await Table.create()
      await moveTo(zone, table.world)
      await table.seat({ chair: 'chair', one: 'adviser' })
      await table.ready()
      const manager = await Walk.begin(client, table.people.manager)
      const page = await manager.open(`${table.urlAt()}/reviews/create`)
      assert.include(page.text(), `value="${day(14)}"`)
      const file = await manager.open(`${table.base}/gates.csv`)
      assert.include(file.header('content-disposition')!, `-${day()}.csv"`)
    })

    test('a token is said to work until the day on which it ends there', async ({
      assert,
      client,
    }) => {
      const table = await Table.create()
      await moveTo(zone, table.world)
      const walk = await Walk.begin(client, table.people.manager)
      await walk.open('/profile/tokens')
      await walk.submitAndFollow('/profile/tokens', {
        'name': 'Own',
        'scopes[]': 'raid:read',
        'days': '30',
      })
      const page = await walk.open('/profile/tokens')
      assert.include(page.text(), now().plus({ days: 30 }).toFormat('d LLL yyyy'))
    })

    test('start today’s changes at midnight there', async ({ assert }) => {
      const table = await Table.create()
      await moveTo(zone, table.world)
      const risk = await table.raise('risk', { nature: 'threat' })
      const since = (days: number) =>
        table.world.inside(() => changesSince(table.project, day(days)))
      assert.include(
        (await since(0)).map(({ entityId }) => entityId),
        risk.id
      )
      assert.isEmpty(await since(1))
    })

    test('count entries in their week, and in the report of their day', async ({ assert }) => {
      const table = await Table.create()
      await moveTo(zone, table.world)
      const monday = now().startOf('week').minus({ weeks: 2 })
      const came = [monday.plus({ minutes: 30 }), monday.plus({ weeks: 1 }).minus({ minutes: 30 })]
      for (const at of came) {
        const { id } = await table.raise('issue')
        await table.quietly('update raid_items set raised_on = null, created_at = ? where id = ?', [
          at.toJSDate(),
          id,
        ])
      }
      const viewer = await table.world.viewer(table.people.pmo)
      const flow = await table.world.inside(() =>
        weeklyFlow({ viewer, project: table.project }, { weeks: 4 })
      )
      assert.deepEqual(
        flow.map(({ opened }) => opened),
        [0, 2, 0, 0]
      )

      const first = { periodStartOn: monday.toISODate()! }
      const rows = await table.world.inside(() =>
        raidRows(table.project, sinceOf(null, first).at, [])
      )
      assert.deepEqual(
        rows.map((row) => row.is_new),
        [true, true]
      )
    })

    test('report what was closed after the last report on its day in the next', async ({
      assert,
    }) => {
      const table = await Table.create()
      await moveTo(zone, table.world)
      const { id } = await table.raise('issue')
      const evening = now().startOf('day').minus({ days: 9 }).set({ hour: 20 })
      await table.quietly(`update raid_items set status = 'closed', closed_on = ? where id = ?`, [
        evening.toISODate(),
        id,
      ])
      const told = (at: DateTime) =>
        table.world.inside(() => raidRows(table.project, at.toUTC().toISO()!, []))
      assert.lengthOf(await told(evening), 1)
      assert.lengthOf(await told(evening.plus({ hours: 5 })), 0)
    })
  })
}
