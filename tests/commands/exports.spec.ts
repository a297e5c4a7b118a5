import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { unzip } from '#tests/support/unzip'
import { World } from '#tests/support/world'

test.group('privacy:export', (group) => {
  let folder: string
  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    folder = await mkdtemp(join(tmpdir(), 'exports-'))
    return async () => {
      ace.ui.switchMode('normal')
      await rm(folder, { recursive: true })
    }
  })

  async function run(...options: string[]) {
    const command = await ace.exec('privacy:export', options)
    const log = command.logger.getLogs().map(({ message }) => message)
    return { exitCode: command.exitCode ?? 0, log: log.join('\n') }
  }

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
      { reason: 'nobody named', options: [], text: 'Say whose data' },
      { reason: 'unknown', options: ['--user=nobody@example.test'], text: 'Nothing is held about' },
      {
        reason: 'unknown kind',
        options: ['--user=nobody@example.test', '--kind=all'],
        text: '--kind is access or portability',
      },
    ])
    .run(async ({ assert }, { options, text }) => {
      const before = await taken()
      const { exitCode, log } = await run(...options, `--output=${join(folder, 'export.zip')}`)
      assert.equal(exitCode, 1)
      assert.include(log, text)
      assert.lengthOf(await taken(), before.length)
      await assert.rejects(() => stat(join(folder, 'export.zip')))
    })

  test('overwrites no file, and takes nothing out then', async ({ assert }) => {
    const person = await (await World.create()).person('member')
    const output = join(folder, 'export.zip')
    await run(`--user=${person.email}`, `--output=${output}`)
    const before = await readFile(output)
    const noted = await taken()
    const { exitCode, log } = await run(`--user=${person.email}`, `--output=${output}`)
    assert.equal(exitCode, 1)
    assert.include(log, 'exists already')
    assert.deepEqual(await readFile(output), before)
    assert.lengthOf(await taken(), noted.length)
  })
})
