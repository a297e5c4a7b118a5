import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { RaidType } from '#models/raid/enumerations'
import { asSuperuser } from '#tests/support/superuser'
import { upload } from '#tests/support/imports'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'

const MARK = `"'><img src=x onerror=evil()><script>evil()</script>{{ 7 * 7 }}`
const RAW = /<img src=x|<script>evil|\b49\b<\/(h1|a|p|td|dd)>/

const TEXTS: Record<RaidType, string[]> = {
  risk: ['cause', 'event', 'effect', 'response_plan', 'actionee_label'],
  assumption: ['validation_method'],
  issue: ['priority_reason', 'resolution'],
  dependency: ['counterpart_name'],
  decision: ['options', 'rationale', 'decider_label'],
}
const NEEDED: Record<RaidType, object> = {
  risk: { nature: 'threat' },
  assumption: {},
  issue: { issue_kind: 'problem_concern' },
  dependency: { direction: 'inbound' },
  decision: {},
}
const TYPES = Object.keys(TEXTS) as RaidType[]

test.group('Hostile text', () => {
  test('stays text on every page, whichever field holds it', async ({ assert, client }) => {
    const log = await Log.create()
    const walk = await Walk.begin(client, log.people.manager)
    const project = `/projects/${log.project.id}`
    const paths = [project, `${project}/edit`, `${project}/audit`, `${project}/imports`]
    paths.push('/projects', '/raid', `/projects?q=${encodeURIComponent(MARK)}`)

    await walk.open(`${project}/edit`)
    const saved = await walk.submit(
      project,
      {
        code: log.project.code,
        name: MARK,
        description: MARK,
        visibility: 'members',
        manager_id: log.people.manager.membershipId,
        lock_version: 1,
      },
      'PUT'
    )
    assert.equal(saved.header('location'), project)
    for (const type of TYPES) {
      const fields = ['title', 'description', 'owner_label', ...TEXTS[type]]
      const values = Object.fromEntries(fields.map((name) => [name, MARK]))
      await walk.open(`${log.url}/create?type=${type}`)
      const added = await walk.submit(log.url, { type, ...NEEDED[type], ...values })
      const page = added.header('location')!
      assert.match(page, /\/raid\/[\w-]{36}$/, type)
      await walk.submit(`${page}/comments`, { body: MARK })
      paths.push(page, `${page}/edit`, `${page}/audit`)
      paths.push(`${log.url}?type=${type}&q=${encodeURIComponent(MARK)}`, `/raid?type=${type}`)
      // Refused once, so that the form shows what was typed.
      const refused = await walk.submitAndFollow(log.url, { type, ...values, due_on: MARK })
      assert.notMatch(refused.text(), RAW, `refused ${type}`)
      assert.include(refused.text(), '&lt;img src=x', `refused ${type}`)
    }
    const csv = ['Risk', 'Status', 'Owner', MARK].join(',') + `\n${MARK},${MARK},${MARK},${MARK}`
    const uploader = { client, person: log.people.manager, project: log.project }
    const draft = await upload(uploader, csv.replaceAll('"', '""'), `${MARK}.csv`)
    paths.push(`${draft}/edit`)

    for (const path of paths) {
      const page = await walk.open(path)
      assert.equal(page.status(), 200, path)
      assert.notMatch(page.text(), RAW, path)
    }
  })

  test('becomes no formula in an export', async ({ assert, client }) => {
    const log = await Log.create()
    const walk = await Walk.begin(client, log.people.manager)
    const starts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1']
    for (const [index, title] of starts.entries()) {
      await log.raise('risk', { title: `${title} ${index}`, description: `x\n${title}` })
    }
    const csv = (await walk.open(`${log.url}.csv?type=risk`)).text()
    for (const line of csv.split('\r\n')) assert.notMatch(line, /(^|,)"?[=+@\t-]/)
  })
})

test.group('Fields that no form offers', () => {
  const FORBIDDEN = {
    id: randomUUID(),
    organisation_id_: randomUUID(),
    project_id: randomUUID(),
    number: 999,
    status: 'realised',
    closed_on: '2020-01-01',
    accepted_by: randomUUID(),
    accepted_on: '2020-01-01',
    import_id: randomUUID(),
    created_by: randomUUID(),
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
    rating: 25,
    words: 'x',
  }

  test('are ignored, in both spellings, when an entry is changed', async ({ assert, client }) => {
    const log = await Log.create()
    const item = await log.raise('risk', { nature: 'threat' })
    const before = await log.fresh(item)
    const walk = await Walk.begin(client, log.people.manager)
    const camel = Object.fromEntries(
      Object.entries(FORBIDDEN).map(([name, value]) => [
        name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
        value,
      ])
    )
    const fields = { ...FORBIDDEN, ...camel, title: 'Changed', nature: 'threat', lock_version: 1 }
    const answer = await walk.submit(log.urlOf(item), fields, 'PUT')
    answer.assertStatus(303)
    const { title, lock_version: version, updated_at: at, words, ...after } = await log.fresh(item)
    assert.equal(title, 'Changed')
    assert.equal(version, 2)
    assert.notEqual(at.getUTCFullYear(), 2020)
    assert.containsSubset(before, after)
  })

  test('are ignored when one is raised', async ({ assert, client }) => {
    const log = await Log.create()
    const walk = await Walk.begin(client, log.people.team)
    const { status, ...fields } = FORBIDDEN
    await walk.submit(log.url, { ...fields, type: 'risk', title: 'New', nature: 'threat' })
    const [row] = await asSuperuser('select * from raid_items where project_id = $1', [
      log.project.id,
    ])
    assert.containsSubset(row, {
      number: 1,
      status: 'open',
      lock_version: 1,
      created_by: log.people.team.membershipId,
      accepted_by: null,
      import_id: null,
      closed_on: null,
    })
    const refused = await walk.submit(log.url, {
      type: 'risk',
      title: 'New',
      status,
      nature: 'threat',
    })
    refused.assertStatus(303)
    assert.equal(await log.count('raid_items'), 1)
  })

  test('are ignored when a project is changed', async ({ assert, client }) => {
    const log = await Log.create()
    const walk = await Walk.begin(client, log.people.manager)
    const path = `/projects/${log.project.id}`
    const fields = {
      ...FORBIDDEN,
      status: 'active',
      code: log.project.code,
      name: 'Changed',
      visibility: 'members',
      manager_id: log.people.manager.membershipId,
      lock_version: 1,
    }
    const answer = await walk.submit(path, fields, 'PUT')
    assert.equal(answer.header('location'), path)
    const [row] = await asSuperuser('select * from projects where id = $1', [log.project.id])
    assert.equal(row.organisation_id, log.world.organisationId)
    assert.equal(row.name, 'Changed')
    assert.notEqual(row.created_at.getUTCFullYear(), 2020)
  })
})
