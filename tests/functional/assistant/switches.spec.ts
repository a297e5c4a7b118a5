import { test } from '@japa/runner'
import { claudeSettings } from '#config/assistant'
import PersonFlag, { type Flag } from '#models/person_flag'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { deskFor, switchOn } from '#tests/support/assistant'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Assistant: switches', (group) => {
  const desk = deskFor(group)

  const raise = (flag: Flag) =>
    Tenancy.system(PLATFORM, () => PersonFlag.raise(desk.manager.userId, flag, { setBy: 'person' }))

  const off: [string, () => unknown, string][] = [
    [
      'no key',
      () => Object.assign(claudeSettings, { apiKey: null }),
      'does not have the assistant',
    ],
    [
      'the platform',
      () => Object.assign(claudeSettings, { isOffered: false }),
      'on this platform for',
    ],
    [
      'the organisation',
      () => switchOn(desk.world, { isEnabled: false }),
      'has not turned on the assistant',
    ],
    [
      'the project',
      () => desk.world.inside(() => desk.project.merge({ isAssistantEnabled: false }).save()),
      'off for this project',
    ],
    ['an objection', () => raise('object_ai'), 'You objected to AI features'],
    ['a restriction', () => raise('restricted'), 'The use of your data is restricted'],
  ]

  for (const [name, switchOff, why] of off) {
    test(`nothing is asked, the page says why, and all else works: ${name}`, async ({
      assert,
      client,
    }) => {
      await switchOff()
      const walk = await Walk.begin(client, desk.manager)
      const page = await walk.open(desk.page)
      page.assertStatus(200)
      assert.include(page.text(), why)
      assert.include(page.text(), 'Everything else works as usual')
      assert.notInclude(page.text(), 'Ask Claude')
      const isAnywhere = !/on this platform|does not have/.test(why)
      assert.equal(page.text().includes('In this project'), isAnywhere, 'a switch of nothing')
      const asked = await walk.submitAndFollow(`${desk.page}/questions`, {
        question: 'And now?',
      })
      assert.include(asked.text(), why)
      assert.include(asked.text(), '>And now?</pre>', 'what was typed can be copied')
      assert.lengthOf(desk.claude.journal, 0)
      for (const path of ['', '/raid', '/tasks', '/gates']) {
        const other = await client.get(`/projects/${desk.project.id}${path}`).as(desk.manager)
        other.assertStatus(200)
      }
    })
  }

  test('of a project are its manager’s and the PMO’s', async ({ assert, client }) => {
    const path = `${desk.page}/switch`
    for (const [role, status] of [
      ['owner', 403],
      ['sponsor', 403],
      ['team', 403],
      ['stranger', 404],
      ['pmo', 303],
      ['manager', 303],
    ] as const) {
      const response = await client
        .put(path)
        .as(await desk.world.person(role))
        .form({ enabled: role === 'manager' ? 'false' : 'true' })
      response.assertStatus(status)
    }
    const shown = await client.get(desk.page).as(desk.manager)
    assert.include(shown.text(), 'The assistant is off for this project.')
    const wrong = await client.put(path).as(desk.manager).form({ enabled: 'perhaps' })
    wrong.assertStatus(303)
    const elsewhere = await (await World.create()).person('owner')
    const foreign = await client.put(path).as(elsewhere).form({ enabled: 'true' })
    foreign.assertStatus(404)
  })
})
