import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { csrfOf, Visitor } from '#tests/support/visitor'

const FORM = '/privacy/requests/create'

test.group('What a visitor’s refused form sent', () => {
  async function send(fields: Record<string, string>) {
    const visitor = new Visitor()
    const page = await visitor.get(FORM)
    const answer = await visitor.post('/privacy/requests', { _csrf: csrfOf(page.text), ...fields })
    return { answer, visitor }
  }

  async function newestSession() {
    const [{ size }] = await sql<{ size: number }>(
      admin(),
      `select length(data) as size from sessions
        where user_id is null order by issued_at desc limit 1`
    )
    return size
  }

  test('is kept for the form', async ({ assert }) => {
    const { answer, visitor } = await send({ details: 'Everything you have on me', email: '' })
    assert.equal(answer.status, 303)
    assert.include((await visitor.get(FORM)).text, 'Everything you have on me')
  })

  test('is not stored when it is more than any form holds', async ({ assert }) => {
    for (const name of ['surplus', 'details']) {
      const { answer, visitor } = await send({ email: '', [name]: 'x'.repeat(500_000) })
      assert.equal(answer.status, 303)
      assert.isBelow(await newestSession(), 100_000)
      assert.include((await visitor.get(FORM)).text, 'Enter a name')
    }
  })
})
