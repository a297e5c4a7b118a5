import { test } from '@japa/runner'
import { v7 as uuidv7 } from 'uuid'
import db from '@adonisjs/lucid/services/db'
import Tenancy from '#tenancy/tenancy'
import { sql } from '#tenancy/sql'
import { append, eventsOf, numbersIn, raise, seal } from '#tests/support/trail'
import { World } from '#tests/support/world'

test.group('Audit export', () => {
  const rowsOf = (csv: string) => csv.trimEnd().split('\r\n')

  test('is a CSV file that spreadsheets read safely', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const pmo = await world.person('pmo')
    const item = await raise(world, project, pmo, {
      title: '=HYPERLINK("http://evil.test")',
      description: 'One, "two"\nthree',
    })
    const response = await client.get(`/projects/${project.id}/audit.csv`).as(pmo)
    response.assertStatus(200)
    response.assertHeader('content-type', 'text/csv; charset=utf-8')
    const name = `^attachment; filename="${project.code}-audit-\\d{4}-\\d\\d-\\d\\d\\.csv"$`
    assert.match(response.header('content-disposition')!, new RegExp(name))
    const csv = response.text()
    assert.equal(csv.charCodeAt(0), 0xfeff)
    assert.equal(
      rowsOf(csv)[0].slice(1),
      'No.,When (UTC),Who,As,What,Record,Subject,Title,Project,Field,Before,After'
    )
    assert.include(csv, `"'=HYPERLINK(""http://evil.test"")"`)
    assert.notMatch(csv, /(^|,)"?=/m)
    assert.include(csv, '"One, ""two""\nthree"')
    assert.include(csv, `,pmo person,Member,RAID entry raised,RAID entry,${item.ref},`)
  })

  test('holds every event across batches, as filtered', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const pmo = await world.person('pmo')
    await append(world, project, 1203)
    const url = `/projects/${project.id}/audit.csv?what=project.updated`
    const response = await client.get(url).as(pmo)
    const numbers = rowsOf(response.text())
      .slice(1)
      .map((row) => Number(row.split(',')[0]))
    assert.lengthOf(numbers, 1203)
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => b - a)
    )
  })

  test('is itself recorded, each time, with its filters', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const pmo = await world.person('pmo')
    await client.get(`/projects/${project.id}/audit.csv?from=2026-01-01`).as(pmo)
    await client.get(`/projects/${project.id}/audit.csv`).as(pmo)
    const events = await eventsOf(world, 'audit_trail.exported')
    assert.lengthOf(events, 2)
    assert.equal(events[0].actor_ref, pmo.membershipId)
    assert.equal(events[0].project_id, project.id)
    const page = await client.get(`/projects/${project.id}/audit`).as(pmo)
    assert.include(page.text(), 'exported the audit trail of')
    assert.include(page.text(), '1 Jan 2026')
  })

  test('is refused to a manager, whose page offers none', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const response = await client.get(`/projects/${project.id}/audit.csv`).as(manager)
    response.assertStatus(403)
    assert.lengthOf(await eventsOf(world, 'audit_trail.exported'), 0)
    const page = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.notInclude(page.text(), 'audit.csv')
  })

  test('of the organisation needs the organisation’s trail', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const response = await client.get('/audit.csv').as(await world.person('auditor'))
    response.assertStatus(200)
    assert.include(response.text(), project.code)
    const [event] = await eventsOf(world, 'audit_trail.exported')
    assert.equal(event.entity_type, 'organisation')
  })

  test('breaks off when the right is lost on the way', async ({ assert }) => {
    const { auditLines, exportEnd } = await import('#exports/audit_csv')
    const world = await World.create()
    const project = await world.project()
    const pmo = await world.person('pmo')
    await append(world, project, 600)
    const tenant = { organisationId: world.organisationId, userId: pmo.userId, requestId: null }
    const request = { tenant, ability: 'audit.export', projectId: project.id, filters: {} } as const
    const lines = auditLines(request, await world.inside(exportEnd))
    const { done } = await lines.next()
    assert.isFalse(done)
    await world.inside(() =>
      sql(
        Tenancy.current().trx,
        `update memberships set role = 'member' where organisation_id = ? and id = ?`,
        [world.organisationId, pmo.membershipId]
      )
    )
    await assert.rejects(() => lines.next())
  })
})

test.group('Audit trail of the audit trail', () => {
  test('records each person’s first look of the hour', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const manager = await world.person('manager')
    const admin = await world.person('admin')
    const item = await raise(world, project, manager)
    for (const person of [manager, admin, manager]) {
      await client.get(`/projects/${project.id}/audit`).as(person)
    }
    await client.get(`/projects/${project.id}/raid/${item.id}/audit`).as(manager)
    await client.get(`/projects/${other.id}/audit`).as(manager)
    await client.get('/audit').as(admin)
    await client.get('/audit').as(admin)
    const events = await eventsOf(world, 'audit_trail.viewed')
    assert.deepEqual(
      events.map(({ actor_ref: who, entity_id: what }) => [who, what]),
      [
        [manager.membershipId, project.id],
        [admin.membershipId, project.id],
        [manager.membershipId, other.id],
        [admin.membershipId, world.organisationId],
      ]
    )
  })

  test('records no look that was refused', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    await client.get(`/projects/${project.id}/audit`).as(await world.person('team'))
    assert.lengthOf(await eventsOf(world, 'audit_trail.viewed'), 0)
  })
})

test.group('Seal of the audit trail', () => {
  test('says how far it reaches and what waits', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const path = `/projects/${project.id}/audit`
    const before = await client.get(path).as(manager)
    assert.match(before.text(), /Not sealed yet: \d+ events wait for the first seal/)

    await seal(world.organisationId)
    const sealed = await client.get(path).as(manager)
    const [top] = numbersIn(sealed.text())
    const number = top.toLocaleString('en-GB')
    assert.match(sealed.text(), new RegExp(`Sealed up to No. ${number}, today, [0-9:]{5}<`))

    await append(world, project, 2)
    const after = await client.get(path).as(manager)
    assert.include(after.text(), `Sealed up to No. ${number}`)
    assert.include(after.text(), '; 2 newer events wait for the next seal')
    assert.include(after.text(), `node ace.js audit:verify --organisation=${world.organisationId}`)
  })
})

test.group('Erased values in the audit trail', () => {
  test('are shown as erased, in page and file', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const pmo = await world.person('pmo')
    await raise(world, project, pmo, { title: 'Illness of a colleague' })
    const [event] = await eventsOf(world, 'raid_item.created')
    await db.connection('privacy').transaction(async (trx) => {
      await sql(trx, `select set_config('app.organisation_id', ?, true)`, [world.organisationId])
      await sql(trx, 'select audit.redact_values(?, ?)', [
        JSON.stringify([[event.id, 'title']]),
        uuidv7(),
      ])
    })
    const path = `/projects/${project.id}/audit`
    const page = await client.get(`${path}?what=raid_item.created`).as(pmo)
    assert.match(page.text(), /Title<\/dt>\s*<dd>\s*<span class="muted">Erased on request/)
    const file = await client.get(`${path}.csv?what=raid_item.created`).as(pmo)
    assert.include(file.text(), 'Title,Erased on request,Erased on request')
    const trail = await client.get('/audit').as(await world.person('owner'))
    assert.include(trail.text(), 'erased values on request')
  })
})
