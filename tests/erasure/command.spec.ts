import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { canary, dumpHits, removing } from '#tests/support/erasure'
import { World } from '#tests/support/world'

async function run(name: string, args: string[]) {
  const command = await ace.exec(name, args)
  const lines = command.logger.getLogs().map(({ message }) => message)
  return { code: command.exitCode ?? 0, text: lines.join('\n') }
}

const erasureOf = (text: string) => text.match(/Erasure ([0-9a-f-]{36})/)![1]

test.group('privacy:erase', (group) => {
  group.each.setup(() => {
    removing()
    ace.ui.switchMode('raw')
    return () => {
      ace.ui.switchMode('normal')
      useAccountRemover(null)
    }
  })

  test('tells what each step would do, and changes nothing', async ({ assert }) => {
    const person = await canary()
    const before = await dumpHits([person.name, person.email])
    const { code, text } = await run('privacy:erase', [`--user=${person.email}`])
    assert.equal(code, 0)
    assert.match(text, /account .*1 accounts/)
    assert.match(text, /texts .*places/)
    assert.include(text, 'Add --confirm to erase')
    assert.deepEqual(await dumpHits([person.name, person.email]), before)
  })

  test('erases with --confirm, and does no more when it is run again', async ({ assert }) => {
    const person = await canary()
    const { text } = await run('privacy:erase', [`--user=${person.email}`, '--confirm'])
    assert.include(text, 'Finished and proved')
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
    const again = await run('privacy:erase', [`--user=${person.userId}`, '--confirm'])
    assert.include(again.text, 'Finished and proved')
    const [early] = await sql(
      admin(),
      `select id from graphile_worker._private_jobs
        where payload::text like ? and run_at < now() + interval '10 minutes'`,
      [`%${erasureOf(text)}%`]
    )
    assert.isUndefined(early, 'no worker does everything beside it')
    const erasures = await sql(admin(), 'select id from erasures where user_id = ?', [
      person.userId,
    ])
    assert.lengthOf(erasures, 1)
  })

  test('refuses the only owner of an organisation, and whom it does not know', async ({
    assert,
  }) => {
    const owner = await (await World.create('Quay and Sons')).person('owner')
    const refused = await run('privacy:erase', [`--user=${owner.email}`, '--confirm'])
    assert.equal(refused.code, 1)
    assert.include(refused.text, 'Quay and Sons')
    assert.equal((await run('privacy:erase', ['--user=nobody@example.test'])).code, 1)
  })

  test('is proved by a search of columns and logs that names places only', async ({
    assert,
    cleanup,
  }) => {
    const person = await canary()
    const logs = await mkdtemp(join(tmpdir(), 'logs-'))
    cleanup(() => rm(logs, { recursive: true }))
    await writeFile(join(logs, 'web.log'), `one\n{"msg":"hello ${person.name}"}\n`)
    const words = [`--word=${person.name}`, `--word=${person.email}`]
    const found = await run('privacy:prove-erasure', [...words, `--logs=${logs}`])
    assert.equal(found.code, 1)
    assert.match(found.text, /public\.users .* name email/)
    assert.match(found.text, /log .*web\.log 2/)
    assert.notInclude(found.text, person.name)
    await run('privacy:erase', [`--user=${person.email}`, '--confirm'])
    const clean = await run('privacy:prove-erasure', words)
    assert.equal(clean.code, 0)
    assert.match(clean.text, /0 places, \d+ columns searched/)
  })

  test('has nothing to replay in a database that knows of every erasure', async ({ assert }) => {
    const { code, text } = await run('privacy:replay-erasures', [])
    assert.equal(code, 0)
    assert.include(text, 'This database knows of every erasure')
  })
})
