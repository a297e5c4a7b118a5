import { test } from '@japa/runner'
import { loggedError } from '#monitoring/logged_error'
import { scrubbedText } from '#monitoring/scrubbing'
import { processorTime } from '#tests/support/processor_time'

test.group('Scrubbing', () => {
  test('{given}')
    .with([
      { given: 'no account jane@example.test here', kept: 'no account [email] here' },
      {
        given: 'Unexpected token, "Jane Doe"... is not JSON',
        kept: 'Unexpected token, [quoted]... is not JSON',
      },
      { given: "invalid input: 'Jane", kept: 'invalid input: [quoted]' },
      { given: 'fetch https://a.test/join/abc?x=1 failed', kept: 'fetch [address] failed' },
      { given: 'from 192.168.1.20 refused', kept: 'from [ip] refused' },
      { given: 'from 2001:db8:0:1::7 refused', kept: 'from [ip] refused' },
      { given: 'call +44 20 7946 0018 now', kept: 'call [number] now' },
      { given: `secret ${'aB3_'.repeat(8)} used`, kept: 'secret [secret] used' },
      {
        given: 'row 01930000-0000-7000-8000-000000000001 is gone',
        kept: 'row 01930000-0000-7000-8000-000000000001 is gone',
      },
      {
        given: `insert into "users" values ($1) - duplicate key breaks "users_email"`,
        kept: '[sql insert users] duplicate key breaks [quoted]',
      },
      {
        given: "Cannot read properties of undefined (reading 'name')",
        kept: "Cannot read properties of undefined (reading 'name')",
      },
    ])
    .run(({ assert }, { given, kept }) => {
      assert.equal(scrubbedText(given), kept)
    })

  test('does not scan a quoted text of unlimited length', ({ assert }) => {
    const spent = processorTime()
    for (const run of ['a', 'a.', '1 ', '“']) scrubbedText(run.repeat(200_000))
    assert.isBelow(spent(), 5)
    assert.equal(scrubbedText(`told: ${'w '.repeat(1_497)}Jane Doe`, ['Jane']).length, 300)
  })

  test('removes what the request is known to carry, the longest first', ({ assert }) => {
    assert.equal(
      scrubbedText('no Jane Doe, no Jane', ['Jane', 'Jane Doe', '']),
      'no [value], no [value]'
    )
  })

  test('keeps it short', ({ assert }) => {
    assert.isAtMost(scrubbedText('word '.repeat(500)).length, 300)
  })
})

test.group('Logged errors', () => {
  test('hold what helps to mend and nothing that libraries hang on them', ({ assert }) => {
    const cause = Object.assign(new Error('Key (email)=(jane@example.test) already exists.'), {
      code: '23505',
      constraint: 'users_email_key',
      table: 'users',
      detail: 'Key (email)=(jane@example.test)',
      parameters: ['jane@example.test'],
    })
    const logged = loggedError(new Error('The mail was not sent', { cause }))
    assert.equal(logged.cause?.code, '23505')
    assert.equal(logged.cause?.constraint, 'users_email_key')
    assert.notInclude(JSON.stringify(logged), 'jane@')
    assert.match(logged.stack, /^\s+at .*scrubbing\.spec/)
  })

  test('say so when what was thrown is no error', ({ assert }) => {
    assert.deepEqual(loggedError('jane@example.test'), {
      type: 'string',
      message: '[no error]',
      stack: '',
    })
  })
})
