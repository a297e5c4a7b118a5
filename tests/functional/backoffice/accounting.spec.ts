import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { settingsState } from '#pages/backoffice/health_page'
import { processorsState } from '#pages/backoffice/processors_page'
import { processors } from '#registries/processors'
import { policyVersions } from '#registries/policy_versions'
import { SHOWN_ELSEWHERE, shownSettings } from '#registries/shown_settings'
import { registerStaff } from '#tests/support/world'

test.group('Policy versions in the back office', () => {
  test('show what changed and who was told', async ({ client, assert }) => {
    const page = await client.get('/admin/policies').as(await registerStaff())
    for (const { version } of policyVersions) assert.include(page.text(), `Version ${version}`)
    assert.include(page.text(), 'Saw the banner')
  })
})

test.group('Processors in the back office', () => {
  test('show the dates that the boot check reads', async ({ client, assert }) => {
    const page = await client.get('/admin/processors').as(await registerStaff())
    for (const { name, agreement } of processors) {
      assert.include(page.text(), name)
      assert.include(page.text(), agreement)
    }
  })

  test('say when an agreement runs, runs out or is missing', ({ assert }) => {
    const settings = {
      AUTH0_DOMAIN: 'x',
      DPA_AUTH0: '2020-01-15/2999-01-14',
      RESEND_API_KEY: 'x',
      DPA_RESEND: '2020-01-15/2021-01-14',
      SENTRY_DSN: 'x',
      FILES_S3_BUCKET: 'x',
    }
    const states = processorsState(settings).processors
    const told = Object.fromEntries(states.map(({ name, agreement }) => [name, agreement.label]))
    const used = states.filter(({ use }) => use.label === 'In use').map(({ name }) => name)
    assert.sameMembers(used, ['Auth0', 'Resend', 'Sentry', 'Fly.io', 'Tigris'])
    assert.equal(told.Tigris, 'Its date is missing')
    assert.equal(told.Auth0, 'Agreement in force')
    assert.equal(told.Resend, 'Its date expired on 2021-01-14')
    assert.equal(told.Sentry, 'Its date is missing')
    assert.equal(told.Anthropic, 'No agreement needed')
  })
})

test.group('Settings and health in the back office', () => {
  test('show what is set up and no secret', async ({ client, assert }) => {
    const page = await client.get('/admin/health').as(await registerStaff())
    page.assertStatus(200)
    assert.include(page.text(), 'none waits')
    for (const name of ['APP_KEY', 'DATA_KEY', 'AUDIT_SIGNING_KEY', 'DATABASE_URL']) {
      assert.include(page.text(), name)
      assert.notInclude(page.text(), process.env[name]!)
    }
  })

  test('show nothing of a setting that opens something', ({ assert }) => {
    const names = shownSettings.flatMap(({ settings }) => Object.keys(settings))
    const canaries = Object.fromEntries(names.map((name) => [name, `canary-${name}`]))
    const shown = JSON.stringify(settingsState(canaries))
    for (const name of names.filter((one) => /KEY|SECRET|_URL$|DSN|CLIENT/.test(one))) {
      if (['APP_URL', 'ANTHROPIC_BASE_URL', 'RESEND_BASE_URL'].includes(name)) continue
      assert.notInclude(shown, `canary-${name}"`, name)
    }
  })

  test('show every setting', async ({ assert }) => {
    const source = await readFile(app.makePath('start/env.ts'), 'utf8')
    const known = [...source.matchAll(/^ {2,}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name)
    const shown = shownSettings.flatMap(({ settings }) => Object.keys(settings))
    assert.isAbove(known.length, 20)
    assert.deepEqual(
      known.filter((name) => !shown.includes(name) && !SHOWN_ELSEWHERE.test(name)),
      []
    )
  })
})
