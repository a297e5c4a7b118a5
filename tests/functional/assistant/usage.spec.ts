import { test } from '@japa/runner'
import { callLines } from '#exports/assistant_csv'
import AiInteraction from '#models/ai_interaction'
import { monthOf } from '#models/assistant/usage'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { populated } from '#tests/support/populated'
import { registerStaff } from '#tests/support/world'

const PATH = '/settings/assistant/usage'

test.group('Assistant: what it took', () => {
  async function spent() {
    const { world, project } = await populated(`Spender ${Math.random()}`)
    await world.inside(async () => {
      const asked = await AiInteraction.query().firstOrFail()
      asked.merge({ inputTokens: 1000, cacheReadTokens: 234, outputTokens: 56, costMicros: 4321 })
      await asked.save()
    })
    return { world, project }
  }

  test('is read no further for someone who no longer runs the organisation', async ({ assert }) => {
    const { world } = await spent()
    const read = async (role: 'owner' | 'pmo') => {
      const { organisationId, userId } = await world.person(role)
      const tenant = { organisationId, userId, requestId: null }
      return (await callLines(tenant, monthOf(undefined)).next()).value
    }
    assert.lengthOf(await read('owner'), 1)
    await assert.rejects(() => read('pmo'))
  })

  test('is shown to whoever runs the organisation, as a chart, tables and a file', async ({
    assert,
    client,
  }) => {
    const { world, project } = await spent()
    const owner = await world.person('owner')
    const page = await client.get(PATH).as(owner)
    page.assertStatus(200)
    for (const told of ['1,234', '£0.0043', 'manager person', project.code, '<svg']) {
      assert.include(page.text(), told)
    }
    assert.notInclude(page.text(), 'Why is the crane late?')
    const file = await client.get(`${PATH}.csv`).as(owner)
    assert.include(file.header('content-type')!, 'text/csv')
    const [, line] = file.text().split('\r\n')
    assert.include(line, `${project.code},manager person,ask,claude-sonnet-5-5`)
    assert.include(line, ',0.004321,')
    assert.notInclude(file.text(), 'crane')
    const before = await client.get(`${PATH}?month=2026-01`).as(owner)
    assert.include(before.text(), 'Nobody used the assistant this month')
    const nonsense = await client.get(`${PATH}?month=x`).as(owner)
    nonsense.assertStatus(200)
  })

  test('is hidden from everyone else', async ({ client }) => {
    const { world } = await spent()
    for (const role of ['pmo', 'auditor', 'manager', 'stranger'] as const) {
      for (const path of [PATH, `${PATH}.csv`]) {
        const response = await client.get(path).as(await world.person(role))
        response.assertStatus(403)
      }
    }
  })

  test('is shown to the platform by organisation, without who asked what', async ({
    assert,
    client,
  }) => {
    const { world } = await spent()
    const staff = await registerStaff()
    const [{ name }] = await sql(admin(), 'select name from organisations where id = ?', [
      world.organisationId,
    ])
    const page = await client.get('/admin/assistant').as(staff)
    page.assertStatus(200)
    assert.include(page.text(), name)
    assert.match(page.text(), new RegExp(`${name}[^£]*under £0.01`))
    const file = await client.get('/admin/assistant.csv').as(staff)
    assert.include(file.text(), `${name},`)
    for (const text of [page.text(), file.text()]) {
      assert.notMatch(text, /manager person|crane/)
    }
    for (const path of ['/admin/assistant', '/admin/assistant.csv']) {
      const response = await client.get(path).as(await world.person('owner'))
      response.assertStatus(404)
    }
  })
})
