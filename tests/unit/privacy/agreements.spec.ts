import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { DateTime } from 'luxon'
import {
  agreementDates,
  euCountries,
  euRegion,
  hostingProvider,
  sentryAddress,
} from '#config/setting_rules'
import { checkSettings, settingNotes } from '#privacy/checks/settings'
import { agreementProblem, readAgreement, recipientNames } from '#registries/agreements'
import { processors } from '#registries/processors'
import { EU_REGIONS } from '#registries/regions'
import { settings } from '#start/env'

const TODAY = '2026-11-25'

test.group('Processor agreements', () => {
  test('“{text}” proves none in force: {problem}')
    .with([
      { text: '', problem: /missing/ },
      { text: 'signed', problem: /is a date/ },
      { text: '2026-02-30', problem: /is a date/ },
      { text: '2026-01-15/', problem: /is a date/ },
      { text: '2026-11-26', problem: /in the future/ },
      { text: '2024-01-15/2026-11-24', problem: /expired on 2026-11-24/ },
    ])
    .run(({ assert }, { text, problem }) => {
      assert.match(agreementProblem(text, TODAY)!, problem)
    })

  test('“{text}” proves one')
    .with([{ text: '2026-11-25' }, { text: '2024-01-15/2026-11-25' }])
    .run(({ assert }, { text }) => assert.isNull(agreementProblem(text, TODAY)))

  test('a term is told by its last day', ({ assert }) => {
    assert.deepEqual(readAgreement('2026-01-15/2028-01-14'), {
      signedOn: '2026-01-15',
      endsOn: '2028-01-14',
    })
  })

  test('every processor has a setting for the dates of its agreement', ({ assert }) => {
    assert.deepEqual(checkSettings(Object.keys(settings), {}).slice(1), [])
    assert.lengthOf(new Set(processors.map(({ agreement }) => agreement)), processors.length)
  })

  test('whoever is in use without one is named, and who is not in use is not', ({ assert }) => {
    const found = checkSettings(Object.keys(settings), {
      RESEND_API_KEY: 're_x',
      DPA_FLY: '2020-01-15',
    })
    assert.deepEqual(
      found.map(({ text }) => text),
      ['Resend is in use and its agreement DPA_RESEND is missing']
    )
  })

  test('one that ends within 60 days is announced', ({ assert }) => {
    const given = { DPA_FLY: '2024-01-15/2027-01-01' }
    const notes = settingNotes(
      Object.keys(settings),
      given,
      DateTime.fromISO(TODAY) as DateTime<true>
    )
    assert.include(notes, 'Fly.io: its agreement ends on 2027-01-01')
  })
})

const DSN = 'https://key@o1.ingest.de.sentry.io/1'

test.group('Production', (group) => {
  group.each.setup(() => {
    const before = { ...process.env }
    Object.assign(process.env, { NODE_ENV: 'production', RESEND_API_KEY: 're_x' })
    return () => {
      process.env = before
    }
  })

  test('refuses to start with a processor in use and no agreement in force', ({ assert }) => {
    const rule = agreementDates()
    assert.throws(() => rule('DPA_FLY', undefined), /Fly\.io must be in force: DPA_FLY is missing/)
    assert.throws(() => rule('DPA_RESEND', '2020-01-01/2021-01-01'), /expired on 2021-01-01/)
    assert.equal(rule('DPA_RESEND', '2020-01-01'), '2020-01-01')
    assert.isUndefined(rule('DPA_CLARITY', undefined))
  })

  test('starts in regions of the European Union only', ({ assert }) => {
    assert.throws(() => euRegion()('FLY_REGION', 'iad'), /European Union/)
    assert.equal(euRegion()('FLY_REGION', 'ams'), 'ams')
    assert.isUndefined(euRegion()('FLY_REGION', undefined))
  })

  test('starts only where its countries are stated, all in the European Union', ({ assert }) => {
    const rule = euCountries()
    assert.throws(() => rule('HOSTED_IN', undefined), /HOSTED_IN says in which countries/)
    assert.throws(() => rule('HOSTED_IN', ' , '), /HOSTED_IN says in which countries/)
    assert.throws(() => rule('HOSTED_IN', 'DE, US, GB'), /European Union, not US, GB/)
    assert.equal(rule('HOSTED_IN', 'DE, FR'), 'DE, FR')
  })

  test('starts only where it is known who runs the servers', ({ assert }) => {
    const rule = hostingProvider()
    delete process.env.FLY_REGION
    assert.throws(() => rule('HOSTING_PROVIDER', undefined), /names who runs the servers/)
    assert.equal(rule('HOSTING_PROVIDER', 'Harbour Hosting'), 'Harbour Hosting')
    process.env.FLY_REGION = 'ams'
    assert.isUndefined(rule('HOSTING_PROVIDER', undefined))
    assert.throws(() => rule('HOSTING_PROVIDER', 'Harbour Hosting'), /is empty at Fly\.io/)
  })

  test('asks for the agreement with whoever runs the servers, by their name', ({ assert }) => {
    const rule = agreementDates()
    process.env.HOSTING_PROVIDER = 'Harbour Hosting'
    assert.throws(() => rule('DPA_FLY', undefined), /agreement with Harbour Hosting must be/)
    assert.include(recipientNames(), 'Harbour Hosting')
    process.env.CONTROLLER_NAME = 'Harbour Hosting'
    assert.isUndefined(rule('DPA_FLY', undefined), 'nobody agrees with themselves')
    assert.notInclude(recipientNames(), 'Harbour Hosting')
  })

  test('tells failures to Sentry itself, or refuses to start', ({ assert }) => {
    const rule = sentryAddress()
    for (const dsn of ['https://key@evil.example/1', 'http://key@o1.ingest.de.sentry.io/1']) {
      assert.throws(() => rule('SENTRY_DSN', dsn), /SENTRY_DSN leads to Sentry's own hosts/)
    }
    assert.equal(rule('SENTRY_DSN', DSN), DSN)
    assert.isUndefined(rule('SENTRY_DSN', undefined))
  })

  test('is deployed to such a region', async ({ assert }) => {
    const text = await readFile(app.makePath('fly.toml'), 'utf8')
    assert.include(EU_REGIONS, text.match(/^primary_region = '(\w+)'/m)![1])
    assert.match(euCountries()('HOSTED_IN', text.match(/HOSTED_IN = '(.*)'/)![1])!, /^\w\w/)
  })
})
