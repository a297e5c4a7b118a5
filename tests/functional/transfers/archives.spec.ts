import { createHash, randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { Archive } from '#transfer/archive'
import { HISTORY, LEFT_BEHIND, PARTS } from '#transfer/parts'
import Membership from '#models/membership'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { populated } from '#tests/support/populated'
import { archiveOf, forged, restore } from '#tests/support/transfers'
import { unzip } from '#tests/support/unzip'
import { register, type Person, type World } from '#tests/support/world'
import { writeZip } from '#tests/support/xlsx_writer'
import { zipOf } from '#tests/support/zip'

/** What a piece of evidence says that is no file. */
const NO_FILE = { file_key: null, size: null, media_type: null, sha256: null }

test.group('The registry of what travels with a project', () => {
  test('knows every table that hangs on a project, or why it stays behind', async ({ assert }) => {
    const keys = await sql<{ table: string; target: string }>(
      admin(),
      `select held.relname as table, named.relname as target from pg_constraint c
         join pg_class held on held.oid = c.conrelid join pg_class named on named.oid = c.confrelid
        where c.contype = 'f' and c.connamespace = 'public'::regnamespace`
    )
    const hanging = new Set(['projects'])
    for (let size = 0; size < hanging.size;) {
      size = hanging.size
      for (const { table, target } of keys) if (hanging.has(target)) hanging.add(table)
    }
    hanging.delete('projects')
    const registered = [...PARTS, ...HISTORY].map(({ table }) => table)
    assert.sameMembers([...registered, ...Object.keys(LEFT_BEHIND)], [...hanging])
  })
})

test.group('Archives that are refused', (group) => {
  let world: World
  let project: Project
  let owner: Person
  let archive: Buffer

  group.setup(async () => {
    const found = await populated()
    ;({ world, project } = found)
    owner = await world.person('owner')
  })

  group.each.setup(async ({ context }: any) => {
    archive ??= await archiveOf(context.client, owner, project.id)
  })

  const refusal = (bytes: Buffer) => {
    try {
      new Archive(bytes)
      return 'taken'
    } catch (error: any) {
      return error.name === 'ArchiveError' ? (error.message as string) : `a fault: ${error}`
    }
  }

  for (const [what, lose] of Object.entries({
    'can no longer create projects': (member: Membership) => member.changeRole('member'),
    'is no longer a member': (member: Membership) => member.deactivate(),
  })) {
    test(`are not imported for somebody who ${what}`, async ({ assert, client }) => {
      const office = await world.join(await register('office'), 'pmo')
      const { row } = await restore(client, world, office, archive, 'DEMOTED', () =>
        world.inside(async () => void (await lose(await Membership.findById(office.membershipId))))
      )
      assert.equal(row.status, 'failed')
      assert.match(row.problem!, /The person who uploaded this/)
      assert.isEmpty(await sql(admin(), `select from projects where code = 'DEMOTED'`))
    })
  }

  test('say why', async ({ assert }) => {
    const files = unzip(archive)
    const without = (path: string) => new Map([...files].filter(([name]) => name !== path))
    const manifest = JSON.parse(files.get('manifest.json')!.toString())
    const told = (changes: object) =>
      zipOf(
        new Map(files).set(
          'manifest.json',
          Buffer.from(JSON.stringify({ ...manifest, ...changes }))
        )
      )
    const cases: [Buffer, string][] = [
      [Buffer.from('hello'), 'This is not a ZIP'],
      [writeZip({ 'a.txt': 'hello' }), 'no manifest.json'],
      [archive.subarray(0, archive.length - 40), 'damaged'],
      [await zipOf(without('data/tasks.json')), 'lacks “data/tasks.json”'],
      [await told({ format_version: 99 }), 'of version 99; versions 1 and 2 can be read here'],
      [await told({ kind: 'something else' }), 'not the archive of a project'],
      [await told({ files: 'none' }), 'not as it was exported'],
      [await told({ project: { code: 'x"; drop', name: 'y' } }), 'not as it was exported'],
      [await told({ files: manifest.files.slice(1) }), 'does not know the file'],
      [await zipOf(new Map(files).set('data/tasks.json', Buffer.from('[]'))), 'its hash differs'],
      [await forged(archive, { 'data/tasks.json': () => '{"id":1}' }), 'is no list of rows'],
      [await forged(archive, { 'data/tasks.json': () => '[1,2]' }), 'is no list of rows'],
      [await forged(archive, { 'data/tasks.json': () => 'nonsense' }), 'is not JSON'],
      [
        writeZip({ 'manifest.json': '{}', '../../etc/cron.d/x': 'y' }),
        'not the archive of a project',
      ],
      [
        await forged(archive, {
          'data/comments.json': () => JSON.stringify(Array(60_000).fill({})),
        }),
        'more than 50000 records',
      ],
    ]
    for (const [bytes, words] of cases) assert.include(refusal(bytes), words)
  })

  test('hold paths that lead elsewhere', async ({ assert }) => {
    const files = Object.fromEntries(unzip(archive))
    for (const path of ['../outside.json', '/etc/passwd', 'data/../../x.json', 'evidence/x.exe']) {
      assert.include(
        refusal(writeZip({ ...files, [path]: 'x' })),
        'which no project’s archive does'
      )
    }
  })

  test('unpack to far more than they weigh', async ({ assert }) => {
    const bomb = writeZip({
      ...Object.fromEntries(unzip(archive)),
      'data/tasks.json': Buffer.alloc(60 * 1024 * 1024, ' '),
    })
    assert.include(refusal(bomb), 'unpacks to far more')
  })

  test('are refused beside the file, and nothing is kept', async ({ assert, client }) => {
    const response = await client
      .post('/project-imports')
      .as(owner)
      .accept('json')
      .file('file', Buffer.from('hello'), { filename: 'x.zip' })
    response.assertStatus(422)
    assert.include(response.body().errors[0].message, 'This is not a ZIP')
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int from project_imports where organisation_id = ? and sha256 = ?',
      [world.organisationId, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824']
    )
    assert.equal(count, 0)
  })

  test('fail as a whole when a record breaks a rule', async ({ assert, client }) => {
    const broken = await forged(archive, {
      'data/raid_items.json': (text) => text.replace(/"status":"\w+"/, '"status":"invented"'),
    })
    const { path, row } = await restore(client, world, owner, broken, 'BROKEN')
    assert.include(row.problem!, 'breaks a rule (raid_items')
    const page = await client.get(path).as(owner)
    for (const words of ['breaks a rule', 'Nothing was imported']) page.assertTextIncludes(words)
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int from projects where organisation_id = ? and code = ?',
      [world.organisationId, 'BROKEN']
    )
    assert.equal(count, 0)
  })

  test('bring no evidence that nobody could have added', async ({ assert, client }) => {
    const page = Buffer.from('<script>alert(1)</script>')
    const sha256 = createHash('sha256').update(page).digest('hex')
    const [file] = JSON.parse(unzip(archive).get('data/gate_evidence.json')!.toString()).filter(
      ({ kind }: { kind: string }) => kind === 'file'
    )
    const strange = [
      { name: 'plan.html', media_type: 'text/html' },
      { name: 'plan.pdf', media_type: 'application/pdf' },
      { name: 'plan.txt', media_type: 'text/plain', sha256: 'f'.repeat(64) },
      { name: 'notes.txt', media_type: 'text/html\r\nx: y', size: -1_000_000_000 },
      { kind: 'link', url: 'http://nowhere at all', ...NO_FILE },
      { kind: 'link', url: 'https://harbour.example@evil.example/', ...NO_FILE },
      { kind: 'link', url: 'https://harbour.example/plan', ...NO_FILE },
    ].map((row) => ({ ...file, sha256, ...row, id: randomUUID() }))
    const files = strange.filter(({ kind }) => kind === 'file')
    const brought = await forged(archive, {
      'data/gate_evidence.json': () => JSON.stringify(strange),
      ...Object.fromEntries(files.map(({ id }) => [`evidence/${id}`, () => String(page)])),
    })
    const { row } = await restore(client, world, owner, brought, 'STRANGE')
    assert.isNull(row.problem)
    assert.equal(row.outcome!.left.gate_evidence, 5)
    const kept = await sql(
      admin(),
      `select e.id, e.kind, e.url, e.media_type, e.size, c.id as criterion_id, c.gate_id
         from gate_evidence e join gate_criteria c on c.id = e.criterion_id
        where e.project_id = ? order by e.kind`,
      [row.projectId]
    )
    assert.deepEqual(
      kept.map(({ kind, url, media_type: type, size }) => [kind, url ?? type, size]),
      [
        ['file', 'text/plain', page.length],
        ['link', 'https://harbour.example/plan', null],
      ]
    )
    const [{ criterion_id: criterion, gate_id: gate, id }] = kept
    const place = `/projects/${row.projectId}/gates/${gate}/criteria/${criterion}`
    ;(await client.get(place).as(owner)).assertStatus(200)
    const sent = await client.get(`${place}/evidence/${id}/file`).as(owner)
    sent.assertStatus(200)
    sent.assertHeader('content-type', 'text/plain')
  })

  test('bring no file of a task that nobody could have attached', async ({ assert, client }) => {
    const page = Buffer.from('<script>alert(1)</script>')
    const sha256 = createHash('sha256').update(page).digest('hex')
    const [file] = JSON.parse(unzip(archive).get('data/task_attachments.json')!.toString())
    const strange = [
      { name: 'plan.html', media_type: 'text/html' },
      { name: 'plan.txt', media_type: 'text/plain', sha256: 'f'.repeat(64) },
      { name: 'notes.txt', media_type: 'text/html', added_by_external_id: randomUUID() },
      { name: 'kind.html', kind: 'link', url: 'https://harbour.example/' },
      { name: 'astray.txt', task_id: randomUUID() },
    ].map((row) => ({ ...file, sha256, ...row, id: randomUUID() }))
    const brought = await forged(archive, {
      'data/task_attachments.json': () => JSON.stringify(strange),
      ...Object.fromEntries(strange.map(({ id }) => [`attachments/${id}`, () => String(page)])),
    })
    const { path, row } = await restore(client, world, owner, brought, 'HANDED')
    assert.isNull(row.problem)
    assert.equal(row.outcome!.left.task_attachments, 4)
    const shown = await client.get(path).as(owner)
    const outcome = shown
      .text()
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
    for (const words of ['Files of tasks 1', 'Files of tasks 4', 'Escalations 1'])
      assert.include(outcome, words)
    const kept = await sql(
      admin(),
      'select name, media_type, size from task_attachments where project_id = ?',
      [row.projectId]
    )
    assert.deepEqual(kept, [{ name: 'notes.txt', media_type: 'text/plain', size: page.length }])
  })

  test('bring files by plain names alone', async ({ assert, client }) => {
    const text = 'At low water'
    const sha256 = createHash('sha256').update(text).digest('hex')
    const [file] = JSON.parse(unzip(archive).get('data/task_attachments.json')!.toString())
    const called = ['../../etc/quay.txt', 'invoice\u202Efdp.txt', `${'x'.repeat(400)}.txt`]
    const rows = called.map((name) => ({ ...file, name, sha256, id: randomUUID() }))
    const brought = await forged(archive, {
      'data/task_attachments.json': () => JSON.stringify(rows),
      ...Object.fromEntries(rows.map(({ id }) => [`attachments/${id}`, () => text])),
    })
    const { row } = await restore(client, world, owner, brought, 'CALLED')
    assert.isNull(row.problem)
    const kept = await sql(admin(), 'select name from task_attachments where project_id = ?', [
      row.projectId,
    ])
    assert.sameMembers(
      kept.map(({ name }) => name),
      ['quay.txt', 'invoicefdp.txt', `${'x'.repeat(116)}.txt`]
    )
  })

  test('cannot reach into another project', async ({ assert, client }) => {
    const other = await world.project()
    const reaching = await forged(archive, {
      'data/raid_items.json': (text) =>
        text.replace(/"project_id":"[^"]+"/g, `"project_id":"${other.id}"`),
      'data/tasks.json': (text) =>
        text.replace(/"project_id":"[^"]+"/g, `"project_id":"${other.id}"`),
    })
    const { row } = await restore(client, world, owner, reaching, 'REACH')
    assert.equal(row.problem, null)
    const [{ count }] = await sql(
      admin(),
      `select (select count(*) from raid_items where project_id = ?)::int
            + (select count(*) from tasks where project_id = ?)::int as count`,
      [other.id, other.id]
    )
    assert.equal(count, 0)
  })
})
