import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { checkPolicy } from '#privacy/checks/policy'
import { activities } from '#registries/activities'
import { cookies } from '#registries/cookies'
import { addressed, policy } from '#registries/policy'
import {
  currentVersion,
  fingerprint,
  policyVersions,
  versionProblem,
} from '#registries/policy_versions'
import { processors } from '#registries/processors'
import { retentionRules } from '#registries/retention'

const EARLIER = '2026-04-03'

/** As promised on 3 April 2026, spelled out: the registry may not move them. */
const PROMISED = {
  appSession: '24 hours from last use, 30 days at most',
  orch_org: 'Until the browser closes',
  orch_consent: '1 year',
  _clck: '1 year',
  _clsk: '1 day',
  CLID: '1 year',
  ANONCHK: '10 minutes',
}

/** What everything rests on, spelled out likewise. */
const BASES = {
  'Accounts and sign-in': 'Contract',
  'Project governance': 'Contract',
  'Audit trail': 'Legal obligation',
  'Mails and notices': 'Contract',
  'Feedback': 'Legitimate interests',
  'External people': 'Legitimate interests',
  'AI features': 'Contract',
  'Analytics': 'Consent',
  'Error monitoring': 'Legitimate interests',
  'Your rights and choices': 'Legal obligation',
  'Security and operation': 'Legitimate interests',
}

/** The row of a table that begins with this name. */
function rowOf(html: string, name: string) {
  const rows = html.match(/<tr>.*?<\/tr>/gs) ?? []
  const heading = new RegExp(`<th scope="row"[^>]*>(<code>)?${name} ?<`)
  return rows.find((row) => heading.test(row)) ?? ''
}

test.group('Policies', () => {
  for (const path of ['/privacy', '/cookies']) {
    test(`${path} tells of every cookie, without an account`, async ({ client, assert }) => {
      const response = await client.get(path)
      response.assertStatus(200)
      for (const { name, duration } of cookies) {
        assert.include(response.text(), `<code>${name}</code>`)
        assert.include(response.text(), duration)
      }
    })

    test(`${path} tells of the cookies that Auth0 keeps on its own page`, async ({
      client,
      assert,
    }) => {
      const response = await client.get(path)
      assert.match(response.text(), /on a page of Auth0.*among them auth0 .*auth0-mf .*did, /)
    })

    test(`${path} keeps each cookie no longer than was promised`, async ({ client, assert }) => {
      const text = (await client.get(path)).text()
      for (const [name, duration] of Object.entries(PROMISED)) {
        assert.include(rowOf(text, name), `<td data-label="Kept for">${duration}</td>`, name)
      }
      const others = cookies.filter(({ name }) => ['MR', 'MUID', 'SM'].includes(name))
      assert.lengthOf(others, 3)
      for (const { name, maxAge } of others) assert.isAtMost(maxAge ?? 0, 365 * 86_400, name)
    })
  }

  test('/privacy names the controller, the regimes, the contact, the version and every processor', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/privacy')
    const facts = ['APTIM-Solutions Ltd', 'privacy@aptim-solutions.com', 'ico.org.uk']
    const law = ['UK GDPR', 'Data Protection Act 2018', 'EU GDPR']
    const version = `datetime="${currentVersion().version}"`
    for (const fact of [...facts, ...law, version, ...processors.map(({ name }) => name)]) {
      assert.include(response.text(), fact)
    }
    assert.notMatch(response.text(), /\{(controller|email|address)\}/)
  })

  test('/privacy leads to the authority and the contact that it names, in its words as they are kept', async ({
    client,
    assert,
  }) => {
    for (const path of ['/privacy', `/privacy/versions/${EARLIER}`]) {
      const text = (await client.get(path)).text()
      assert.match(text, /Office at <a href="https:\/\/ico\.org\.uk">ico\.org\.uk<\/a>[,.]/, path)
    }
    const text = (await client.get('/privacy')).text()
    const email = 'privacy@aptim-solutions.com'
    assert.include(text, `Write to <a href="mailto:${email}">${email}</a> about anything`)
    assert.include(text, '<a href="/privacy/requests/create">')
    assert.isNull(versionProblem())
  })

  test('/privacy gives each activity its purpose and basis, and each rule its time', async ({
    client,
    assert,
  }) => {
    const text = (await client.get('/privacy')).text()
    assert.sameMembers(
      Object.values(activities).map(({ name }) => name),
      Object.keys(BASES)
    )
    for (const { name, purpose } of Object.values(activities)) {
      assert.include(rowOf(text, name), purpose)
      assert.match(
        rowOf(text, name),
        new RegExp(`>${BASES[name as keyof typeof BASES]}</td>`),
        name
      )
    }
    for (const { label, text: time } of Object.values(retentionRules)) {
      assert.include(text, label)
      assert.include(text, `${time.slice(1).replaceAll("'", '&#39;')}.`)
    }
  })

  test('/privacy says plainly where the earlier policy was wrong', async ({ client, assert }) => {
    const text = (await client.get('/privacy')).text()
    for (const plain of [
      'Clarity is pseudonymous, not anonymous',
      'Microsoft says that its identifier MUID serves advertising',
      'Sentry stores nothing in your browser',
      'Consent is one of our legal bases',
      'You can complain to us',
      'A month can be shorter than 30 days',
    ]) {
      assert.include(text, plain)
    }
    assert.notMatch(text, /anonymised interaction/)
  })

  test('the names of the controller come from the settings', ({ assert }) => {
    const settings = {
      name: 'Harbour Board',
      address: '1 Quay',
      email: 'data@harbour.example',
      host: 'Harbour Hosting',
    }
    const text = JSON.stringify(addressed(policy, settings))
    assert.include(text, 'Harbour Board decides why')
    assert.include(
      text,
      'Write to data@harbour.example about anything on this page. Our address: 1 Quay.'
    )
    assert.include(text, 'Harbour Hosting')
    assert.notMatch(text, /APTIM|Fly\.io|\{\w+\}/)
  })

  test('no page or mail names a controller by itself', async ({ assert }) => {
    const folder = app.makePath('resources/views')
    const views = await readdir(folder, { recursive: true })
    const named: string[] = []
    for (const view of views.filter((name) => name.endsWith('.edge'))) {
      if (/aptim/i.test(await readFile(join(folder, view), 'utf8'))) named.push(view)
    }
    assert.isEmpty(named)
  })
})

test.group('Versions of the policy', () => {
  test('the newest is what the product tells and does', ({ assert }) => {
    assert.isNull(versionProblem())
    assert.deepEqual(checkPolicy(new Map()), [])
  })

  test('a change without a version is refused with the way out', ({ assert }) => {
    const changed = { ...policy, lead: 'Something else.' }
    assert.match(versionProblem(policyVersions, changed)!, /node ace\.js privacy:version --summary/)
  })

  test('no earlier one can be rewritten unseen', ({ assert }) => {
    const [newest, earlier] = policyVersions
    const rewritten = { ...earlier, document: { ...earlier.document, lead: 'Never said.' } }
    assert.match(versionProblem([newest, rewritten])!, /was rewritten/)
  })

  test('one that was served with other words is found', ({ assert }) => {
    const { version } = currentVersion()
    const [found] = checkPolicy(new Map([[version, 'f'.repeat(64)]]))
    assert.include(found.text, `${version} was served here with other words`)
    assert.deepEqual(checkPolicy(new Map([[version, fingerprint(currentVersion())]])), [])
  })

  test('each stays readable as it was', async ({ client, assert }) => {
    const list = await client.get('/privacy/versions')
    list.assertStatus(200)
    for (const { version, summary } of policyVersions) {
      assert.include(list.text(), summary[0])
      if (version === currentVersion().version) continue
      assert.include(list.text(), `href="/privacy/versions/${version}"`)
    }
    const earlier = await client.get(`/privacy/versions/${EARLIER}`)
    earlier.assertStatus(200)
    assert.include(earlier.text(), 'Our primary infrastructure is in the EU')
    assert.include(earlier.text(), 'This version was replaced on')
  })

  test('the newest has the policy’s own address, and an unknown one none', async ({ client }) => {
    const newest = await client.get(`/privacy/versions/${currentVersion().version}`)
    newest.assertStatus(303)
    newest.assertHeader('location', '/privacy')
    for (const unknown of ['2020-01-01', 'nonsense', '..%2f..%2fpackage']) {
      const response = await client.get(`/privacy/versions/${unknown}`)
      response.assertStatus(404)
    }
  })

  test('the earlier policy tells the facts of the one that was public', async ({ assert }) => {
    const text = await readFile(app.makePath(`resources/policies/${EARLIER}.json`), 'utf8')
    for (const fact of ['appSession', '24 hours rolling, 30 days at most', 'ANONCHK', '10 minutes'])
      assert.include(text, fact)
  })
})
