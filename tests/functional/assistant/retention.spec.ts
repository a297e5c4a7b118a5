import { test } from '@japa/runner'
import { blankOldInteractions, endLostInteractions } from '#models/assistant/retention'
import RetentionSettings from '#models/retention_settings'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { populated } from '#tests/support/populated'

test.group('Assistant: what is kept', () => {
  test('questions are deleted after the time the organisation chose; what they cost stays', async ({
    assert,
    client,
  }) => {
    const { world, project } = await populated()
    await age(world.organisationId, 30)
    await world.inside(blankOldInteractions)
    assert.isNotNull((await row(world.organisationId)).prompt)
    await world.inside(() => RetentionSettings.revise({ assistantDays: 29 }, 1))
    await world.inside(blankOldInteractions)
    const kept = await row(world.organisationId)
    assert.containSubset(kept, {
      question: null,
      prompt: null,
      answer: null,
      context_manifest: null,
      model: 'claude-sonnet-5-5',
      reserved_micros: '1000',
    })
    const proposals = await sql(
      admin(),
      'select distinct status, content from ai_proposals where organisation_id = ?',
      [world.organisationId]
    )
    assert.deepEqual(proposals, [{ status: 'dismissed', content: null }])
    const manager = await world.person('manager')
    const page = await client.get(`/projects/${project.id}/assistant`).as(manager)
    assert.include(
      page.text(),
      'This question and answer were removed at the end of their retention period.'
    )
    const alone = await client
      .get(`/projects/${project.id}/assistant/questions/${kept.id}`)
      .as(manager)
    alone.assertStatus(200)
  })

  test('abandoned questions end, and count as spent', async ({ assert }) => {
    const { world } = await populated()
    await world.inside(endLostInteractions)
    assert.equal((await row(world.organisationId)).status, 'running')
    await age(world.organisationId, 1)
    await world.inside(endLostInteractions)
    assert.containSubset(await row(world.organisationId), {
      status: 'failed',
      failure: 'lost',
      cost_micros: '1000',
      is_estimated: true,
    })
  })

  async function row(organisationId: string) {
    const [found] = await sql(admin(), 'select * from ai_interactions where organisation_id = ?', [
      organisationId,
    ])
    return found
  }

  function age(organisationId: string, days: number) {
    const columns = { ai_interactions: 'asked_at', ai_proposals: 'created_at' }
    return Promise.all(
      Object.entries(columns).map(([table, column]) =>
        quietly(
          `update ${table} set ${column} = now() - make_interval(days => ?) where organisation_id = ?`,
          [days, organisationId]
        )
      )
    )
  }
})
