import { test } from '@japa/runner'
import { violationsOf } from '#monitoring/policy_violation'
import { securityText } from '#registries/security_text'
import { fetchRaw } from '#tests/support/raw_http'
import { loggedLines } from '#tests/support/logged_lines'

const CANARY = 'wanda-canary'

test.group('Reports of the content security policy', () => {
  test('every page says where to send them', async ({ assert }) => {
    const { headers } = await fetchRaw('/sign-in')
    assert.match(headers['content-security-policy'] as string, /report-uri \/csp-reports/)
  })

  test('the log holds the rule and the origin, nothing of the page', async ({
    client,
    assert,
    cleanup,
  }) => {
    const { lines, restore } = loggedLines()
    cleanup(restore)
    const answer = await client
      .post('/csp-reports')
      .type('application/csp-report')
      .json({
        'csp-report': {
          'document-uri': `https://app.example/projects?q=${CANARY}`,
          'referrer': `https://app.example/${CANARY}`,
          'effective-directive': 'script-src-elem',
          'blocked-uri': `https://evil.example/${CANARY}.js`,
          'script-sample': CANARY,
        },
      })
    const told = lines.join('')
    answer.assertStatus(204)
    assert.include(told, '"directive":"script-src-elem","blocked":"https://evil.example"')
    assert.notInclude(told, CANARY)
  })

  test('both formats are read, and nonsense is ignored', ({ assert }) => {
    const listed = [
      { type: 'csp-violation', body: { effectiveDirective: 'img-src', blockedURL: 'inline' } },
      { body: null },
      null,
    ]
    assert.deepEqual(violationsOf(listed), [{ directive: 'img-src', blocked: 'inline' }])
    for (const body of [null, [], {}, 'x', { 'csp-report': 7 }, { 'csp-report': {} }]) {
      assert.deepEqual(violationsOf(body), [])
    }
    const forged = { 'csp-report': { 'effective-directive': 'x\n{"level":60}', 'blocked-uri': {} } }
    assert.deepEqual(violationsOf(forged), [])
    const many = Array.from({ length: 99 }, () => ({ body: { effectiveDirective: 'img-src' } }))
    assert.lengthOf(violationsOf(many), 5)
  })
})

test.group('security.txt', () => {
  test('is found where RFC 9116 has it, with a contact and an end within a year', async ({
    client,
    assert,
  }) => {
    const answer = await client.get('/.well-known/security.txt')
    answer.assertStatus(200)
    assert.match(answer.header('content-type')!, /^text\/plain/)
    const [, expires] = answer.text().match(/^Expires: (.+)$/m)!
    const days = (Date.parse(expires) - Date.now()) / 86_400_000
    assert.isTrue(days > 30 && days < 365)
    assert.match(answer.text(), /^Contact: mailto:\S+@\S+$/m)
    assert.match(answer.text(), /^Canonical: https?:\/\/\S+\/\.well-known\/security\.txt$/m)
  })

  test('reads the same all day', ({ assert }) => {
    const about = { contact: 'a@b.example', origin: 'https://o.example' }
    const at = (time: string) => securityText(about, new Date(`2026-11-26T${time}Z`))
    assert.equal(at('00:00:00'), at('23:59:59'))
  })
})
