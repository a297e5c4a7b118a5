import { test } from '@japa/runner'
import { accountRemover, useAccountRemover } from '#identity/account_removal'

import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { begin, canary } from '#tests/support/erasure'
import { ManagementApi } from '#tests/support/management_api'

test.group('The account at the identity provider', (group) => {
  let api: ManagementApi

  group.each.setup(async () => {
    api = await ManagementApi.start()
    useAccountRemover(api.client())
    return async () => {
      useAccountRemover(null)
      await api.stop()
    }
  })

  const deletions = () => api.requests.filter(({ method }) => method === 'DELETE')

  test('is deleted by its subject, with one token for many', async ({ assert }) => {
    api.users.add('auth0|one two')
    assert.deepEqual(await accountRemover().remove('auth0|one two'), { kind: 'deleted' })
    assert.equal(api.users.size, 0)
    assert.equal(deletions()[0].path, '/api/v2/users/auth0%7Cone%20two')
    await accountRemover().remove('auth0|three')
    assert.lengthOf(
      api.requests.filter(({ path }) => path === '/oauth/token'),
      1
    )
  })

  test('that is gone already counts as deleted', async ({ assert }) => {
    api.moods.push({ status: 404 })
    assert.deepEqual(await accountRemover().remove('auth0|gone'), { kind: 'absent' })
  })

  test('waits as long as the provider asks: {name}')
    .with([
      { name: 'Retry-After', headers: () => ({ 'retry-after': '7' }), seconds: 7 },
      {
        name: 'X-RateLimit-Reset',
        headers: () => ({ 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 120) }),
        seconds: 120,
      },
      { name: 'nothing', headers: () => ({}), seconds: null },
    ])
    .run(async ({ assert }, { headers, seconds }) => {
      api.moods.push({ status: 429, headers: headers() } as any)
      const outcome: any = await accountRemover().remove('auth0|busy')
      assert.equal(outcome.kind, 'refused')
      assert.equal(outcome.failure, 'http_429')
      if (seconds === null) assert.isNull(outcome.retryAfter)
      else assert.closeTo(outcome.retryAfter, seconds, 100)
    })

  test('silence, a wrong secret and a redirect are refusals, not deletions', async ({ assert }) => {
    api.moods.push({ silent: true })
    const silent = await api.client({ timeout: 50 }).remove('auth0|x')
    assert.deepEqual(silent, { kind: 'refused', failure: 'no_answer', retryAfter: null })
    const wrong = await api.client({ secret: 'wrong' }).remove('auth0|x')
    assert.deepEqual(wrong, { kind: 'refused', failure: 'http_401', retryAfter: null })
    api.moods.push({ status: 302, headers: { location: 'https://evil.example/' } })
    const led = await accountRemover().remove('auth0|x')
    assert.equal(led.kind, 'refused')
  })

  test('a token that was revoked is asked for anew', async ({ assert }) => {
    await accountRemover().remove('auth0|first')
    api.moods.push({ revokeTokens: true })
    assert.equal((await accountRemover().remove('auth0|second')).kind, 'refused')
    assert.deepEqual(await accountRemover().remove('auth0|second'), { kind: 'deleted' })
  })

  test('puts an erasure off, which goes on when its time has come', async ({ assert }) => {
    const person = await canary()
    api.users.add(person.subject)
    api.moods.push({ status: 503 }, { status: 503 }, { status: 503 })
    const { id } = await begin(person)
    const first: any = await runErasure(id)
    const second: any = await runErasure(id)
    assert.containsSubset(first, { status: 'waiting', step: 'identity', failure: 'http_503' })
    assert.isAbove(second.retryAt - first.retryAt, 30_000, 'twice as long')
    const jobs = await sql(
      admin(),
      `select j.run_at from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)
        where j.task_identifier = 'erase_person' and p.payload->>'erasureId' = ? order by j.run_at`,
      [id]
    )
    assert.lengthOf(jobs, 3, 'the first, and one for each time it was put off')
    await quietly(
      `update erasure_steps set attempts = 30 where erasure_id = ? and done_at is null`,
      [id]
    )
    const late: any = await runErasure(id)
    assert.closeTo((late.retryAt - Date.now()) / 3_600_000, 6, 0.1, 'never longer')
    const [user] = await sql(admin(), 'select name, erasing_at from users where id = ?', [
      person.userId,
    ])
    assert.equal(user.name, person.name, 'nothing goes before the account is closed there')
    assert.isNotNull(user.erasing_at)
    assert.deepEqual(await runErasure(id), { status: 'finished' })
    assert.isFalse(api.users.has(person.subject))
  })
})
