import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaseCommand } from '@adonisjs/core/ace'
import ace from '@adonisjs/core/services/ace'
import { test, timeTravel } from '@japa/runner'
import { AuditLab } from '#tests/support/audit_lab'
import { temporaryFolder } from '#tests/support/temporary_folder'

/** Everything that this command and those before it printed. */
function said(command: BaseCommand) {
  return command.logger
    .getLogs()
    .map(({ message }) => message)
    .join('\n')
}

test.group('Audit commands', (group) => {
  let lab: AuditLab
  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    lab = new AuditLab()
    await lab.append()
    return async () => {
      ace.ui.switchMode('normal')
      await lab.close()
    }
  })

  async function verify(...options: string[]) {
    const command = await ace.exec('audit:verify', [
      `--organisation=${lab.organisation}`,
      '--json',
      ...options,
    ])
    const log = command.logger.getLogs().at(-1)
    return { exitCode: command.exitCode, report: JSON.parse(log!.message) }
  }

  test('audit:seal seals what waits, and audit:verify finds it clean', async ({ assert }) => {
    const seal = await ace.exec('audit:seal', [])
    seal.assertSucceeded()
    const { exitCode, report } = await verify()
    assert.equal(exitCode, 0)
    assert.deepInclude(report, { clean: true, events: 1, seals: 1, unsealed: 0 })
  })

  test('audit:verify finds an event that waits too long for its seal, unless it may', async ({
    assert,
  }) => {
    timeTravel('1 hour')
    const late = await verify()
    assert.equal(late.exitCode, 1)
    assert.equal(late.report.problems[0].code, 'sealing_lag')
    const { exitCode, report } = await verify('--waiting')
    assert.equal(exitCode ?? 0, 0)
    assert.deepInclude(report, { clean: true, unsealed: 1 })
  })

  test('audit:verify ends with 1 when the trail was tampered with', async ({ assert }) => {
    await lab.seal()
    await lab.tamper(`update audit.events set action = 'gate.approved' where organisation_id = $1`)
    const { exitCode, report } = await verify()
    assert.equal(exitCode, 1)
    assert.equal(report.problems[0].code, 'header_mismatch')
  })

  test('audit:verify and audit:export refuse a trail that is not there', async ({ assert }) => {
    const nobody = '01930000-0000-7000-8000-00000000dead'
    for (const who of [nobody, 'No such organisation']) {
      const commands = [
        await ace.exec('audit:verify', [`--organisation=${who}`]),
        await ace.exec('audit:export', [who, '/nowhere/to/be/written']),
      ]
      for (const command of commands) {
        command.assertFailed()
        assert.include(said(command), `There is no organisation ${who}`)
      }
    }
  })

  test('audit:export is itself on record in the trail, and in what it writes', async (context) => {
    const { assert } = context
    const folder = await temporaryFolder(context)
    const command = await ace.exec('audit:export', [lab.organisation, folder])
    command.assertSucceeded()
    assert.include(await readFile(join(folder, 'audit.ndjson'), 'utf8'), 'audit_trail.exported')
    const { report } = await verify()
    assert.deepInclude(report, { clean: true, events: 2 })
  })

  test('audit:export writes for its owner alone, over nothing, and only a project that is there', async (context) => {
    const { assert } = context
    const folder = join(await temporaryFolder(context), 'bundle')
    const write = (...options: string[]) =>
      ace.exec('audit:export', [lab.organisation, folder, ...options])
    const lost = await write('--project=NOWHERE')
    assert.include(said(lost), 'There is no project NOWHERE')
    assert.equal(lost.exitCode, 1)
    ;(await write()).assertSucceeded()
    for (const name of ['.', 'audit.ndjson', 'verify.html']) {
      assert.equal((await stat(join(folder, name))).mode & 0o077, 0, name)
    }
    const again = await write()
    assert.include(said(again), 'exists already')
    assert.equal(again.exitCode, 1)
    assert.equal((await verify()).report.events, 2, 'only what was written is on record')
  })

  test('audit:seal says when nothing waited', async ({ assert }) => {
    await ace.exec('audit:seal', [])
    const again = await ace.exec('audit:seal', [])
    again.assertSucceeded()
    assert.include(said(again), 'Nothing waited for a seal')
  })

  test('audit:verify holds the chain against a seal noted earlier', async ({ assert }) => {
    const [{ number, hash }] = await lab.seal()
    const kept = await verify(`--anchor=${number}:${hash}`)
    assert.equal(kept.exitCode, 0)
    assert.equal((await verify(`--anchor=${number}:${hash.toUpperCase()}`)).exitCode, 0)
    const lost = await verify(`--anchor=${Number(number) + 1}:${hash}`)
    assert.equal(lost.exitCode, 1)
    assert.equal(lost.report.problems[0].code, 'anchor_mismatch')
  })

  test('audit:verify refuses what is no seal, and a seal without its organisation', async ({
    assert,
  }) => {
    const of = `--organisation=${lab.organisation}`
    const mistyped = await ace.exec('audit:verify', [of, '--anchor=1:abc'])
    assert.include(said(mistyped), 'a colon and its hash')
    assert.equal(mistyped.exitCode, 1)
    const whose = await ace.exec('audit:verify', [`--anchor=1:${'0'.repeat(64)}`])
    assert.include(said(whose), 'name it with --organisation')
    assert.equal(whose.exitCode, 1)
  })
})
