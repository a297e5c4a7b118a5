import { test } from '@japa/runner'
import { accessibilityContact, controller } from '#config/privacy'
import { ASSESSED_ON, shortcomings } from '#registries/accessibility'
import { day } from '#registries/formats'
import { unescaped } from '#tests/support/html'
import { World } from '#tests/support/world'

test.group('The accessibility statement', () => {
  test('says without an account what falls short, when that was looked at, and whom to write to', async ({
    client,
  }) => {
    const answer = await client.get('/accessibility')
    answer.assertStatus(200)
    const page = unescaped(answer.text())
    const words = [
      'Web Content Accessibility Guidelines 2.2',
      'in part',
      controller.name,
      day(ASSESSED_ON),
      `href="mailto:${accessibilityContact}"`,
      'Equality and Human Rights Commission',
      ...shortcomings.flatMap((one) => Object.values(one)),
    ]
    for (const one of words) if (!page.includes(one)) throw new Error(`It does not say: ${one}`)
  })

  test('is led to from the foot of every page, and offers feedback to whoever is signed in', async ({
    client,
    assert,
  }) => {
    const manager = await (await World.create()).person('manager')
    const outside = await client.get('/sign-in')
    const inside = await client.get('/projects').as(manager)
    for (const answer of [outside, inside]) {
      assert.match(answer.text(), /<footer[^]*href="\/accessibility"/)
    }
    const feedback = 'href="/feedback/create?page=%2Faccessibility">send feedback'
    assert.include((await client.get('/accessibility').as(manager)).text(), feedback)
    assert.notInclude((await client.get('/accessibility')).text(), feedback)
  })
})
