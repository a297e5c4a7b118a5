import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { runCommand } from '#tests/support/commands'
import { canary, dumpHits, removing } from '#tests/support/erasure'
import { World } from '#tests/support/world'

const erasureOf = (text: string) => text.match(/Erasure ([0-9a-f-]{36})/)![1]

test.group('privacy:erase', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('tells what each step would do, and changes nothing', async ({ assert }) => {
    const person = await canary()
    const before = await dumpHits([person.name, person.email])
    const { exitCode, said } = await runCommand('privacy:erase', `--user=${person.email}`)
    assert.equal(exitCode, 0)
    assert.match(said, /account .*1 accounts/)
    assert.match(said, /texts .*places/)
    assert.include(said, 'Add --confirm to erase')
    assert.deepEqual(await dumpHits([person.name, person.email]), before)
  })

  test('erases with --confirm, and does no more when it is run again', async ({ assert }) => {
    const person = await canary()
    const { said } = await runCommand('privacy:erase', `--user=${person.email}`, '--confirm')
    assert.include(said, 'Finished and proved')
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
    const again = await runCommand('privacy:erase', `--user=${person.userId}`, '--confirm')
    assert.include(again.said, 'Finished and proved')
    const [early] = await sql(
      admin(),
      `select id from graphile_worker._private_jobs
        where payload::text like ? and run_at < now() + interval '10 minutes'`,
      [`%${erasureOf(said)}%`]
    )
    assert.isUndefined(early, 'no worker does everything beside it')
    const erasures = await sql(admin(), 'select id from erasures where user_id = ?', [
      person.userId,
    ])
    assert.lengthOf(erasures, 1)
  })

  test('refuses the only owner of an organisation, and unknown people', async ({ assert }) => {
    const owner = await (await World.create('Quay and Sons')).person('owner')
    const refused = await runCommand('privacy:erase', `--user=${owner.email}`, '--confirm')
    assert.equal(refused.exitCode, 1)
    assert.include(refused.said, 'Quay and Sons')
    assert.equal((await runCommand('privacy:erase', '--user=nobody@example.test')).exitCode, 1)
  })

  test('proves itself by a search of columns and logs that names places only', async ({
    assert,
    cleanup,
  }) => {
    const person = await canary()
    const logs = await mkdtemp(join(tmpdir(), 'logs-'))
    cleanup(() => rm(logs, { recursive: true }))
    await writeFile(join(logs, 'web.log'), `one\n{"msg":"hello ${person.name}"}\n`)
    const words = [`--word=${person.name}`, `--word=${person.email}`]
    const found = await runCommand('privacy:prove-erasure', ...words, `--logs=${logs}`)
    assert.equal(found.exitCode, 1)
    assert.match(found.said, /public\.users .* name email/)
    assert.match(found.said, /log .*web\.log 2/)
    assert.notInclude(found.said, person.name)
    await runCommand('privacy:erase', `--user=${person.email}`, '--confirm')
    const clean = await runCommand('privacy:prove-erasure', ...words)
    assert.equal(clean.exitCode, 0)
    assert.match(clean.said, /0 places, \d+ columns searched/)
  })

  test('is no proof where a log cannot be read, or a word is too short to be found', async ({
    assert,
    cleanup,
  }) => {
    const logs = await mkdtemp(join(tmpdir(), 'logs-'))
    cleanup(() => rm(logs, { recursive: true }))
    await writeFile(join(logs, 'old.log.gz'), 'no archive')
    await writeFile(join(logs, 'web.log'), 'one\n')
    const unseen = await runCommand(
      'privacy:prove-erasure',
      '--word=Quillanobody',
      `--logs=${logs}`
    )
    assert.equal(unseen.exitCode, 1)
    assert.match(unseen.said, /old\.log\.gz could not be read/)
    assert.notMatch(unseen.said, /web\.log/)
    const missing = await runCommand(
      'privacy:prove-erasure',
      '--word=Quillanobody',
      `--logs=${logs}/none`
    )
    assert.equal(missing.exitCode, 1)
    assert.match(missing.said, /none could not be read/)
    const short = await runCommand('privacy:prove-erasure', '--word=Li', '--word=Quillanobody')
    assert.equal(short.exitCode, 1)
    assert.include(short.said, 'Enter at least three letters: Li')
  })

  test('replays nothing in a database that knows of every erasure', async ({ assert }) => {
    const { exitCode, said } = await runCommand('privacy:replay-erasures')
    assert.equal(exitCode, 0)
    assert.include(said, 'This database knows of every erasure')
  })
})
