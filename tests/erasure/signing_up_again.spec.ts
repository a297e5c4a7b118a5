import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { withFind } from '#tests/support/erasure'
import { Visitor } from '#tests/support/visitor'
import { registerStaff } from '#tests/support/world'

test.group('Signing up again by the address of somebody who is erased', (group) => {
  group.each.setup(() => () => useAccountRemover(null))

  const accounts = (email: string) =>
    sql(admin(), 'select id from users where lower(email) = lower(?)', [email])

  test('waits until the erasure is finished, and begins an account of its own', async ({
    assert,
    client,
  }) => {
    const { person, erasureId, finds } = await withFind()
    const refused = await new Visitor().signIn(person.email.toUpperCase())
    assert.equal(refused.status, 403)
    assert.include(refused.text, 'This account is being deleted')
    assert.isEmpty(await accounts(person.email))
    const other = await new Visitor().signIn('somebody.else@example.test')
    assert.equal(other.status, 303)

    await client
      .post(`/admin/privacy/erasures/${erasureId}/redactions`)
      .as(await registerStaff())
      .form({ 'ids[]': finds.map(({ id }) => id) })
    assert.deepEqual(await runErasure(erasureId), { status: 'finished' })
    const visitor = new Visitor()
    assert.equal((await visitor.signIn(person.email)).status, 303)
    const [{ id }] = await accounts(person.email)
    assert.notEqual(id, person.userId)
    assert.include(
      (await visitor.get('/organisations')).text,
      'You do not belong to an organisation'
    )
  })
})
