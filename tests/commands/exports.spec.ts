import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { verifyBundle } from '#audit/bundle'
import { trustedKeys } from '#audit/settings'
import PersonFlag from '#models/person_flag'
import { personalData } from '#registries/personal_data'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, tenantTables } from '#tests/support/admin'
import { runCommand } from '#tests/support/commands'
import { populated } from '#tests/support/populated'
import { seal } from '#tests/support/trail'
import { unzip } from '#tests/support/unzip'
import { World } from '#tests/support/world'

test.group('privacy:export', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exports-'))
    return () => rm(folder, { recursive: true })
  })

  const run = (...options: string[]) => runCommand('privacy:export', ...options)

  function taken() {
    return sql(
      admin(),
      `select e.facts, v.value from audit.events e left join audit.event_values v on v.event_id = e.id
        where e.action = 'privacy_export.taken'`
    )
  }

  test('writes a file for its owner alone, by address or by id, and notes it', async ({
    assert,
  }) => {
    const person = await (await World.create()).person('member')
    for (const [who, kind] of [
      [person.email, 'access'],
      [person.userId, 'portability'],
    ]) {
      const output = join(folder, `${kind}.zip`)
      const { exitCode } = await run(`--user=${who}`, `--kind=${kind}`, `--output=${output}`)
      assert.equal(exitCode, 0)
      assert.equal((await stat(output)).mode & 0o777, 0o600)
      const files = unzip(await readFile(output))
      assert.include(files.get('data/users.json')!.toString(), person.email)
      assert.include(files.get('manifest.json')!.toString(), `personal export: ${kind}`)
    }
    const notes = (await taken()).filter(({ value }) => value?.includes(person.userId))
    assert.sameDeepMembers(
      notes.map(({ facts }) => facts),
      [{ kind: 'access' }, { kind: 'portability' }]
    )
  })

  test('ends with 1 and says why: {reason}')
    .with([
      { reason: 'no one named', options: [], text: 'Say whose data' },
      { reason: 'unknown', options: ['--user=nobody@example.test'], text: 'Nothing is held about' },
      {
        reason: 'unknown kind',
        options: ['--user=nobody@example.test', '--kind=all'],
        text: '--kind is access or portability',
      },
    ])
    .run(async ({ assert }, { options, text }) => {
      const before = await taken()
      const { exitCode, said } = await run(...options, `--output=${join(folder, 'export.zip')}`)
      assert.equal(exitCode, 1)
      assert.include(said, text)
      assert.lengthOf(await taken(), before.length)
      await assert.rejects(() => stat(join(folder, 'export.zip')))
    })

  test('overwrites no file, and exports nothing in that case', async ({ assert }) => {
    const person = await (await World.create()).person('member')
    const output = join(folder, 'export.zip')
    await run(`--user=${person.email}`, `--output=${output}`)
    const before = await readFile(output)
    const noted = await taken()
    const { exitCode, said } = await run(`--user=${person.email}`, `--output=${output}`)
    assert.equal(exitCode, 1)
    assert.include(said, 'exists already')
    assert.deepEqual(await readFile(output), before)
    assert.lengthOf(await taken(), noted.length)
  })
})

test.group('organisations:export', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exports-'))
    return () => rm(folder, { recursive: true })
  })

  const run = (...options: string[]) => runCommand('organisations:export', ...options)

  test('writes every row of every table, the evidence and a trail that verifies, and nothing of others', async ({
    assert,
  }) => {
    const { world } = await populated()
    const other = await populated()
    const { organisationId } = world
    const member = await world.person('manager')
    await Tenancy.system(PLATFORM, () =>
      PersonFlag.raise(member.userId, 'restricted', { setBy: 'desk' })
    )
    await seal(organisationId)
    const output = join(folder, 'organisation.zip')
    assert.equal((await run(`--organisation=${organisationId}`, `--output=${output}`)).exitCode, 0)

    const files = unzip(await readFile(output))
    const manifest = JSON.parse(files.get('manifest.json')!.toString())
    for (const table of await tenantTables()) {
      if (table.startsWith('audit.')) continue
      const name = table.replace('public.', '')
      const [{ count }] = await sql(
        admin(),
        `select count(*)::int as count from ${table} where organisation_id = ?`,
        [organisationId]
      )
      const told = manifest.tables.find(({ table: of }: any) => of === name)
      assert.equal(told?.rows, count, `${name} is missing`)
      if (count === 0) continue
      const lines = files.get(`data/${name}.jsonl`)!.toString().trim().split('\n')
      assert.lengthOf(lines, count, name)
      const rows = lines.map((line) => JSON.parse(line))
      for (const [column, { export: leaves }] of personalData) {
        if (!column.startsWith(`${table}.`)) continue
        assert.equal(column.replace(`${table}.`, '') in rows[0], leaves, column)
      }
    }
    for (const { path, sha256 } of manifest.files) {
      assert.equal(createHash('sha256').update(files.get(path)!).digest('hex'), sha256, path)
    }
    for (const kind of ['evidence/', 'attachments/']) {
      assert.isNotEmpty([...files.keys()].filter((path) => path.startsWith(kind)))
    }
    const chain = files.get('audit/audit.ndjson')!.toString().split('\n')
    const report = await verifyBundle(chain, trustedKeys())
    assert.isTrue(report.clean, JSON.stringify(report.problems))
    assert.isAbove(report.values, 0)

    const holding = (word: string) =>
      [...files].filter(([, bytes]) => bytes.includes(word)).map(([path]) => path)
    for (const word of [member.name, member.email]) assert.deepEqual(holding(word), [], word)
    const mails = files.get('data/email_outbox.jsonl')!.toString()
    assert.include(mails, member.membershipId, 'that they were written to stays')
    assert.include(mails, 'Crane permit is late', 'readable, not sealed')
    const [organisation] = files.get('data/organisations.jsonl')!.toString().trim().split('\n')
    assert.containsSubset(JSON.parse(organisation), { id: organisationId, name: 'Testing Ltd' })
    const sponsor = await world.person('sponsor')
    assert.includeMembers(holding(sponsor.email), ['data/users.jsonl'])
    const strangers = [
      other.world.organisationId,
      ...[...other.world.people.values()].flatMap(({ userId, email }) => [userId, email]),
    ]
    for (const [path, bytes] of files) {
      for (const stranger of strangers) assert.isFalse(bytes.includes(stranger), path)
    }
    const [noted] = await sql(
      admin(),
      `select 1 from audit.events where organisation_id = ? and action = 'organisation.exported'`,
      [organisationId]
    )
    assert.exists(noted)
  })

  test('finds an organisation by its name, and exits with 1 for none, several, or an existing file', async ({
    assert,
  }) => {
    const name = `Solitary ${Math.random()}`
    const twin = `Twin ${Math.random()}`
    await World.create(name)
    await World.create(twin)
    await World.create(twin)
    const output = join(folder, 'organisation.zip')
    assert.equal((await run(`--organisation=${name}`, `--output=${output}`)).exitCode, 0)
    const refused = [
      [[`--organisation=${twin}`], 'Several are called'],
      [['--organisation=Nobody Ltd'], 'There is no organisation Nobody Ltd'],
      [[`--organisation=${PLATFORM}`], 'There is no organisation'],
      [[], 'Say which'],
      [[`--organisation=${name}`], 'exists already'],
    ] as const
    for (const [options, text] of refused) {
      const { exitCode, said } = await run(...options, `--output=${output}`)
      assert.equal(exitCode, 1)
      assert.include(said, text)
    }
  })
})
