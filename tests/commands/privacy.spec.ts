import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import { guardEgress } from '#privacy/egress_guard'
import { cookies } from '#registries/cookies'

test.group('privacy:verify', (group) => {
  group.each.setup(() => {
    const before = process.env.DPA_FLY
    process.env.DPA_FLY = '2026-01-15'
    ace.ui.switchMode('raw')
    return () => {
      process.env.DPA_FLY = before ?? ''
      ace.ui.switchMode('normal')
    }
  })

  async function verify() {
    const command = await ace.exec('privacy:verify', ['--json'])
    return { exitCode: command.exitCode, ...JSON.parse(command.logger.getLogs().at(-1)!.message) }
  }

  test('is clean, and says what each check found', async ({ assert }) => {
    const { exitCode, clean, checks } = await verify()
    assert.deepEqual(
      checks.flatMap((check: any) => check.findings),
      []
    )
    assert.isTrue(clean)
    assert.equal(exitCode ?? 0, 0)
    assert.includeMembers(
      checks.map((check: any) => check.name),
      ['schema', 'registries', 'routes', 'jobs', 'settings', 'responses']
    )
  })

  test('opens the pages in production too, where this machine cannot be reached', async ({
    assert,
    cleanup,
  }) => {
    cleanup(guardEgress({ ours: [], loopback: false }))
    const { clean } = await verify()
    assert.isTrue(clean)
  })

  test('ends with 1 and a list, in words too, when a promise is broken', async ({ assert }) => {
    process.env.DPA_FLY = ''
    const command = await ace.exec('privacy:verify', [])
    assert.equal(command.exitCode, 1)
    const log = command.logger.getLogs().map(({ message }) => message)
    const text = log.join('\n')
    assert.include(text, 'Fly.io is in use and its agreement DPA_FLY is missing')
  })

  test('finds a cookie that the registry forgot', async ({ assert, cleanup }) => {
    const index = cookies.findIndex(({ name }) => name === 'appSession')
    const [entry] = cookies.splice(index, 1)
    cleanup(() => void cookies.splice(index, 0, entry))
    const { exitCode, checks } = await verify()
    assert.equal(exitCode, 1)
    const found = checks.flatMap((check: any) => check.findings.map(({ text }: any) => text))
    assert.match(found.join('\n'), /sets the cookie appSession/)
  })
})
