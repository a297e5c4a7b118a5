import { test } from '@japa/runner'
import { isUnavailability } from '#exceptions/unavailability'

const withCode = (code: string) => Object.assign(new Error('told by its code'), { code })

test.group('What may succeed later', () => {
  test('{$self}')
    .with([
      'ECONNREFUSED',
      'ECONNRESET',
      'EPIPE',
      'ENOSPC',
      'EDQUOT',
      '08006',
      '40P01',
      '53100',
      '53300',
      '57P01',
      '57P02',
      '57P03',
      '58030',
    ])
    .run(({ assert }, code) => assert.isTrue(isUnavailability(withCode(code))))

  test('“{$self}”')
    .with([
      'Connection terminated unexpectedly',
      'COMMIT; - Connection terminated unexpectedly',
      'COMMIT; - Client has encountered a connection error and is not queryable',
      'Connection ended unexpectedly',
      'Client has encountered a connection error and is not queryable',
      'timeout exceeded when trying to connect',
    ])
    .run(({ assert }, message) => assert.isTrue(isUnavailability(new Error(message))))

  test('a pool without a free connection, and what is caused by such a thing', ({ assert }) => {
    assert.isTrue(isUnavailability({ name: 'KnexTimeoutError' }))
    assert.isTrue(isUnavailability(new Error('no entry', { cause: withCode('ECONNREFUSED') })))
    assert.isTrue(isUnavailability(new AggregateError([withCode('ECONNREFUSED')])))
  })

  test('a database that refuses connections, and no statement refused with the same code', ({
    assert,
  }) => {
    const refusal = withCode('55000')
    assert.isFalse(isUnavailability(refusal))
    assert.isFalse(isUnavailability(Object.assign(refusal, { routine: 'currval_oid' })))
    assert.isTrue(isUnavailability(Object.assign(refusal, { routine: 'CheckMyDatabase' })))
  })

  test('nothing else: {$self}')
    .with(['23505', '42P01', '22P02', 'E_ROW_NOT_FOUND', 'ENOENT', '40001'])
    .run(({ assert }, code) => assert.isFalse(isUnavailability(withCode(code))))
})
