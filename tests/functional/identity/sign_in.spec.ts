import { test } from '@japa/runner'
import { demoPeople } from '#database/demo/people'
import { Visitor } from '#tests/support/visitor'

test.group('Signing in through the local identity provider', () => {
  test('one click signs a demo person in and returns to the page asked for', async ({ assert }) => {
    const visitor = new Visitor()
    const asked = await visitor.get('/organisations?from=mail')
    assert.equal(asked.location, `${visitor.origin}/sign-in`)
    const answer = await visitor.signIn('manager@demo.example')
    assert.equal(answer.location, `${visitor.origin}/organisations?from=mail`)
    assert.equal((await visitor.get('/organisations')).status, 200)
  })

  test('the provider lists every demo person with their role', async ({ assert }) => {
    const visitor = new Visitor()
    const page = await visitor.follow(await visitor.begin())
    assert.equal(page.status, 200)
    for (const { name, title } of demoPeople) {
      assert.include(page.text, name)
      assert.include(page.text, title)
    }
    assert.notInclude(page.text, '<script')
  })
})
