import { test } from '@japa/runner'
import { v7 as uuidv7 } from 'uuid'
import db from '@adonisjs/lucid/services/db'
import { recordMany } from '#audit/events'
import { sealOrganisation } from '#audit/sealer'
import { signingKey } from '#audit/settings'
import Comment from '#models/comment'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { auditPage } from '#pages/audit_list'
import Tenancy from '#tenancy/tenancy'
import { sql } from '#tenancy/sql'
import { World, type Person } from '#tests/support/world'

const SECRET = 'Takeover of the supplier'

async function raise(world: World, project: Project, by: Person, attributes: object = {}) {
  return world.inside(
    () =>
      RaidItem.raise(project, {
        type: 'risk',
        nature: 'threat',
        title: 'Supplier leaves the framework',
        ...attributes,
      } as any),
    by
  )
}

async function revise(world: World, by: Person, item: RaidItem, changes: object) {
  return world.inside(async () => {
    const present = await RaidItem.findOrFail(item.id)
    present.$extras.ref = item.ref
    await present.revise(changes, present.lockVersion)
  }, by)
}

async function remark(world: World, by: Person, project: Project, item: RaidItem, body: string) {
  return world.inside(async () => {
    const comment = new Comment()
    comment.merge({ raidItemId: item.id, authorId: by.membershipId, body })
    Object.assign(comment.$extras, { projectId: project.id, ref: item.ref })
    await comment.save()
  }, by)
}

async function eventsOf(world: World, action: string) {
  return world.inside(() =>
    sql(
      Tenancy.current().trx,
      'select * from audit.events where organisation_id = ? and action = ? order by seq',
      [world.organisationId, action]
    )
  )
}

/** Appends plain events to a project's trail, all in one transaction and so nearly at one moment. */
async function append(world: World, project: Project, count: number) {
  await world.inside(() =>
    recordMany(
      Array.from({ length: count }, (_, index) => ({
        action: 'project.updated',
        entityType: 'project',
        entityId: project.id,
        projectId: project.id,
        facts: { ref: project.code },
        values: { name: { before: `Name ${index}`, after: `Name ${index + 1}` } },
      }))
    )
  )
}

/** The list alone: the filters above it name members and show a made-up ref. */
const listIn = (html: string) => html.slice(html.indexOf('<div id="audit-list">'))
const numbersIn = (html: string) =>
  [...html.matchAll(/id="no-(\d+)"/g)].map(([, seq]) => Number(seq))

test.group('Audit page of a project', () => {
  test('tells who did what, with before and after in words', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const sponsor = await world.person('sponsor')
    const item = await raise(world, project, manager, { currentLikelihood: 3 })
    await revise(world, manager, item, { currentLikelihood: 4, ownerId: sponsor.membershipId })
    await revise(world, manager, item, { status: 'treating' })

    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    response.assertStatus(200)
    const html = response.text()
    assert.include(html, 'manager person')
    assert.include(html, 'raised')
    assert.include(html, `href="/projects/${project.id}/raid/${item.id}">${item.ref}</a>`)
    assert.match(html, /3 Medium<\/del>[^]*?4 High<\/ins>/)
    assert.match(html, /Owner<\/dt>[^]*?sponsor person<\/ins>/)
    assert.include(html, 'changed the status of')
    assert.match(html, /Open<\/del>[^]*?Treating<\/ins>/)
    assert.notInclude(listIn(html), sponsor.membershipId)
  })

  test('names people who have left', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const sponsor = await world.person('sponsor')
    await raise(world, project, sponsor)
    await world.inside(() =>
      sql(
        Tenancy.current().trx,
        `update memberships set status = 'left' where organisation_id = ? and id = ?`,
        [world.organisationId, sponsor.membershipId]
      )
    )
    const response = await client.get(`/projects/${project.id}/audit`).as(await world.person('pmo'))
    assert.match(response.text(), /<td data-label="Who">sponsor person/)
  })

  for (const role of ['owner', 'admin', 'pmo', 'auditor', 'manager'] as const) {
    test(`opens for the role ${role}`, async ({ client }) => {
      const world = await World.create()
      const project = await world.project()
      const path = `/projects/${project.id}/audit`
      const response = await client.get(path).as(await world.person(role))
      response.assertStatus(200)
    })
  }

  for (const role of ['sponsor', 'gate_decider', 'team', 'viewer'] as const) {
    test(`is refused to the role ${role}`, async ({ client }) => {
      const world = await World.create()
      const project = await world.project()
      const person = await world.person(role)
      const page = await client.get(`/projects/${project.id}/audit`).as(person)
      page.assertStatus(403)
      const file = await client.get(`/projects/${project.id}/audit.csv`).as(person)
      file.assertStatus(403)
    })
  }

  test('does not exist for a stranger, another tenant or a visitor', async ({ client, assert }) => {
    const world = await World.create()
    const elsewhere = await World.create('Elsewhere Ltd')
    const project = await world.project()
    const item = await raise(world, project, await world.person('manager'))
    for (const path of ['audit', 'audit.csv', `raid/${item.id}/audit`]) {
      const url = `/projects/${project.id}/${path}`
      const stranger = await client.get(url).as(await world.person('stranger'))
      stranger.assertStatus(404)
      const other = await client.get(url).as(await elsewhere.person('owner'))
      other.assertStatus(404)
      const visitor = await client.get(url)
      visitor.assertStatus(303)
      assert.match(visitor.header('location')!, /^\/sign-in/)
    }
  })

  test('folds long text and the many fields of a new entry', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const item = await raise(world, project, manager, { cause: 'C', effect: 'E', event: 'V' })
    await revise(world, manager, item, { responsePlan: `Begin ${'word '.repeat(100)}end` })
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.match(response.text(), /\d+ fields</)
    assert.match(response.text(), /Begin (word )+word…<\/ins>[^]*Full text[^]*end<\/ins>/)
  })

  test('shows text from people as text', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    await raise(world, project, manager, { title: '<script>alert(1)</script>' })
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.notInclude(response.text(), '<script>alert')
    assert.include(response.text(), '&lt;script&gt;alert')
  })

  test('answers htmx with the list alone', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const response = await client
      .get(`/projects/${project.id}/audit`)
      .as(manager)
      .forFragment('audit-list', 'div')
    assert.match(response.text().trim(), /^<div id="audit-list">/)
    assert.notInclude(response.text(), '<html')
  })

  test('holds one project only', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const manager = await world.person('manager')
    await raise(world, other, manager, { title: 'Of the other project' })
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.notInclude(response.text(), 'Of the other project')
    assert.notInclude(response.text(), other.code)
  })
})

test.group('Audit page of an item', () => {
  test('holds the item with its comments', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const item = await raise(world, project, manager)
    const other = await raise(world, project, manager, { title: 'Another one' })
    await remark(world, manager, project, item, 'Spoke to their lead')
    await remark(world, manager, project, other, 'Not about this')

    const response = await client.get(`/projects/${project.id}/raid/${item.id}/audit`).as(manager)
    response.assertStatus(200)
    assert.include(response.text(), `History of ${item.ref}`)
    assert.include(response.text(), 'commented on')
    assert.include(response.text(), 'Spoke to their lead')
    assert.notInclude(response.text(), 'Not about this')
    assert.notInclude(response.text(), 'Another one')
    assert.lengthOf(numbersIn(response.text()), 2)
  })

  test('does not exist for an id of another project, or for no id', async ({ client }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const manager = await world.person('manager')
    const item = await raise(world, other, manager)
    for (const id of [item.id, uuidv7(), 'nonsense']) {
      const response = await client.get(`/projects/${project.id}/raid/${id}/audit`).as(manager)
      response.assertStatus(404)
    }
  })

  test('is refused to whoever may see the item but not its trail', async ({ client }) => {
    const world = await World.create()
    const project = await world.project()
    const item = await raise(world, project, await world.person('manager'))
    const path = `/projects/${project.id}/raid/${item.id}/audit`
    const response = await client.get(path).as(await world.person('team'))
    response.assertStatus(403)
  })
})

test.group('Audit page of the organisation', () => {
  test('holds every project and the members', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const response = await client.get('/audit').as(await world.person('auditor'))
    response.assertStatus(200)
    assert.include(listIn(response.text()), project.code)
    assert.match(listIn(response.text()), /added\s+team person/)
    assert.match(listIn(response.text()), /gave a role in\s+<a [^>]*href="[^"]+">/)
  })

  for (const role of ['pmo', 'manager', 'stranger'] as const) {
    test(`is refused to the role ${role}`, async ({ client }) => {
      const world = await World.create()
      await world.project()
      const person = await world.person(role)
      for (const path of ['/audit', '/audit.csv']) {
        const response = await client.get(path).as(person)
        response.assertStatus(403)
      }
    })
  }

  test('asks a visitor to sign in', async ({ client, assert }) => {
    for (const path of ['/audit', '/audit.csv']) {
      const response = await client.get(path)
      response.assertStatus(303)
      assert.match(response.header('location')!, /^\/sign-in/)
    }
  })

  test('narrows to one project, and never reaches another tenant', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const elsewhere = await World.create('Elsewhere Ltd')
    const foreign = await elsewhere.project()
    const auditor = await world.person('auditor')
    const narrowed = await client.get(`/audit?project=${project.id}`).as(auditor)
    const rows = narrowed.text().slice(narrowed.text().indexOf('<tbody>'))
    assert.include(rows, project.code)
    assert.notInclude(rows, other.code)
    const crossed = await client.get(`/audit?project=${foreign.id}`).as(auditor)
    assert.notInclude(crossed.text(), foreign.code)
    assert.lengthOf(numbersIn(crossed.text()), 0)
    assert.include(crossed.text(), 'No events here')
  })
})

test.group('Audit filters and pages', () => {
  test('narrow by person, event, record, ref and day', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const sponsor = await world.person('sponsor')
    const mine = await raise(world, project, manager, { title: 'Raised by the manager' })
    const theirs = await raise(world, project, sponsor, { title: 'Raised by the sponsor' })
    await remark(world, manager, project, theirs, 'A word on it')

    const found = async (query: string) => {
      const response = await client.get(`/projects/${project.id}/audit?${query}`).as(manager)
      response.assertStatus(200)
      const html = response.text()
      return {
        mine: html.includes('Raised by the manager'),
        theirs: html.includes('Raised by the sponsor'),
        remark: html.includes('A word on it'),
        html,
      }
    }
    const picked = async (query: string) => {
      const { mine: m, theirs: t, remark: r } = await found(query)
      return [m && 'mine', t && 'theirs', r && 'remark'].filter(Boolean)
    }
    assert.deepEqual(await picked(`who=${sponsor.membershipId}`), ['theirs'])
    assert.deepEqual(await picked('what=raid_item.created'), ['mine', 'theirs'])
    assert.deepEqual(await picked('type=comment'), ['theirs', 'remark'])
    assert.deepEqual(await picked(`ref=${mine.ref.toLowerCase()}`), ['mine'])
    assert.deepEqual(await picked(`ref=${theirs.ref}`), ['theirs', 'remark'])
    const today = new Date().toISOString().slice(0, 10)
    assert.lengthOf(await picked(`from=${today}&to=${today}`), 3)
    assert.deepEqual(await picked('to=2020-01-01'), [])
    assert.deepEqual(await picked('from=2999-01-01'), [])
    const chips = await found(`who=${sponsor.membershipId}&from=${today}`)
    assert.include(chips.html, 'Who: sponsor person')
    assert.include(chips.html, `href="/projects/${project.id}/audit?from=${today}"`)
  })

  test('leave out what makes no sense in a URL', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const query = `who='--&what=x&type[]=a&ref=%00&from=2026-99-99&to=yesterday&before=-1&after=1e9`
    const response = await client.get(`/projects/${project.id}/audit?${query}`).as(manager)
    response.assertStatus(200)
    assert.notInclude(response.text(), 'Showing only')
    assert.isNotEmpty(numbersIn(response.text()))
  })

  test('page both ways without gap or repetition', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    await append(world, project, 120)
    const page = async (url: string) => {
      const response = await client.get(url).as(manager)
      const html = response.text()
      const link = (rel: string) => html.match(new RegExp(`href="([^"]+)" rel="${rel}"`))?.[1]
      const unescaped = (href?: string) => href?.replaceAll('&amp;', '&')
      return {
        numbers: numbersIn(html),
        next: unescaped(link('next')),
        previous: unescaped(link('prev')),
      }
    }
    const url = `/projects/${project.id}/audit?what=project.updated`
    const first = await page(url)
    const second = await page(first.next!)
    const third = await page(second.next!)
    const forward = [...first.numbers, ...second.numbers, ...third.numbers]
    assert.lengthOf(forward, 120)
    assert.deepEqual(
      forward,
      [...new Set(forward)].sort((a, b) => b - a)
    )
    assert.isUndefined(first.previous)
    assert.isUndefined(third.next)

    const back = await page(third.previous!)
    assert.deepEqual(back.numbers, second.numbers)
    const start = await page(back.previous!)
    assert.deepEqual(start.numbers, first.numbers)
    assert.isUndefined(start.previous)
  })

  test('cost the same number of queries however much they tell', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const viewer = await world.viewer(manager)
    const queriesOf = async () => {
      let count = 0
      await world.inside(async () => {
        const { knexClient } = Tenancy.current().trx as any
        knexClient.on('query', () => (count += 1))
        await auditPage({ project }, {}, viewer)
      }, manager)
      return count
    }
    const item = await raise(world, project, manager)
    await remark(world, manager, project, item, 'One')
    const few = await queriesOf()
    const kept = { sensitivity: 'named_people' as const }
    for (let index = 0; index < 10; index++) {
      const other = await raise(world, project, manager, index % 2 ? kept : {})
      await revise(world, manager, other, { ownerId: manager.membershipId })
      await remark(world, manager, project, other, 'Another')
    }
    assert.isAbove(few, 5)
    assert.equal(await queriesOf(), few)
  })

  test('say so when nothing newer has happened', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const url = `/projects/${project.id}/audit?what=project.created&after=999999999999`
    const response = await client.get(url).as(manager)
    assert.include(response.text(), 'Nothing newer')
  })
})

test.group('Confidential entries in the audit trail', (group) => {
  let world: World
  let project: Project
  let manager: Person
  let admin: Person
  let item: RaidItem

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    admin = await world.person('admin')
    item = await raise(world, project, manager, { title: SECRET, sensitivity: 'named_people' })
    await revise(world, manager, item, { description: `${SECRET}, in detail` })
    await remark(world, manager, project, item, `${SECRET}, as heard`)
  })

  test('are told without their values, ref or title', async ({ client, assert }) => {
    for (const path of [`/projects/${project.id}/audit`, '/audit']) {
      const response = await client.get(path).as(admin)
      response.assertStatus(200)
      assert.notInclude(response.text(), SECRET)
      assert.notInclude(listIn(response.text()), item.ref)
      assert.notInclude(response.text(), item.id)
      assert.include(response.text(), 'a confidential entry')
    }
  })

  test('are told in full to whom they concern', async ({ client, assert }) => {
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.include(response.text(), SECRET)
    assert.include(response.text(), item.ref)
  })

  test('have no audit page of their own for others', async ({ client }) => {
    const response = await client.get(`/projects/${project.id}/raid/${item.id}/audit`).as(admin)
    response.assertStatus(404)
  })

  test('are not found by their ref', async ({ client, assert }) => {
    for (const path of [`/projects/${project.id}/audit`, '/audit']) {
      const response = await client.get(`${path}?ref=${item.ref}`).as(admin)
      assert.lengthOf(numbersIn(response.text()), 0)
      assert.include(response.text(), 'No events here')
    }
  })

  test('stay concealed in the CSV file', async ({ client, assert }) => {
    const auditor = await world.person('auditor')
    for (const path of [`/projects/${project.id}/audit.csv`, '/audit.csv']) {
      const everything = await client.get(path).as(auditor)
      everything.assertStatus(200)
      assert.notInclude(everything.text(), SECRET)
      assert.notInclude(everything.text(), item.ref)
      assert.include(everything.text(), 'a confidential entry')
      const byRef = await client.get(`${path}?ref=${item.ref}`).as(auditor)
      assert.lengthOf(byRef.text().trimEnd().split('\r\n'), 1)
    }
  })

  test('stay concealed once deleted', async ({ client, assert }) => {
    await world.inside(async () => {
      const present = await RaidItem.findOrFail(item.id)
      present.$extras.ref = item.ref
      await present.delete()
    }, manager)
    const response = await client.get('/audit').as(admin)
    assert.notInclude(response.text(), SECRET)
    assert.notInclude(listIn(response.text()), item.ref)
    const byRef = await client.get(`/audit?ref=${item.ref}`).as(admin)
    assert.lengthOf(numbersIn(byRef.text()), 0)
  })

  test('kept to project leads are told to those who read the whole organisation', async ({
    client,
    assert,
  }) => {
    const led = await raise(world, project, await world.person('pmo'), {
      title: 'For leads alone',
      sensitivity: 'project_leads',
    })
    for (const reader of [manager, admin]) {
      const page = await client.get(`/projects/${project.id}/audit`).as(reader)
      assert.include(page.text(), 'For leads alone')
      assert.include(page.text(), led.ref)
    }
  })

  test('that became normal tell their history again', async ({ client, assert }) => {
    await revise(world, manager, item, { sensitivity: 'normal' })
    const response = await client.get(`/projects/${project.id}/audit`).as(admin)
    assert.include(response.text(), SECRET)
  })
})

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
    const today = new Date().toISOString().slice(0, 10)
    const name = `attachment; filename="${project.code}-audit-${today}.csv"`
    response.assertHeader('content-disposition', name)
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

  test('is itself told, each time, with its filters', async ({ client, assert }) => {
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
  test('tells the first look of the hour by each person', async ({ client, assert }) => {
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

  test('tells nothing of a look that was refused', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    await client.get(`/projects/${project.id}/audit`).as(await world.person('team'))
    assert.lengthOf(await eventsOf(world, 'audit_trail.viewed'), 0)
  })
})

test.group('Seal of the audit trail', () => {
  const seal = (world: World) =>
    sealOrganisation(db.connection('sealer'), signingKey(), world.organisationId)

  test('tells how far it reaches and what waits', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const path = `/projects/${project.id}/audit`
    const before = await client.get(path).as(manager)
    assert.match(before.text(), /Not sealed yet: \d+ events wait for the first seal/)

    await seal(world)
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
