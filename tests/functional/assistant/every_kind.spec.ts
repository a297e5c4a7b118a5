import { test } from '@japa/runner'
import AiInteraction from '#models/ai_interaction'
import { features, type Feature } from '#models/assistant/features'
import Gate from '#models/gate'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor, switchOn, wholeIn } from '#tests/support/assistant'
import { Reports } from '#tests/support/reports'
import { inDays } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

type Way = { page: string; to?: string; fields: Record<string, string> }

test.group('Assistant: every kind of asking', (group) => {
  const desk = deskFor(group)

  group.each.setup(async () => {
    await sql(admin(), `update users set name = 'Mina Lowe' where id = ?`, [desk.manager.userId])
    await desk.world.inside(() =>
      RaidItem.raise(desk.project, {
        type: 'assumption',
        title: 'Mina Lowe brings the crane',
        ownerId: desk.manager.membershipId,
      })
    )
  })

  /** Where each is asked, and with what. */
  const ways: Partial<Record<Feature, () => Promise<Way>>> = {
    ask: async () => ({
      page: desk.page,
      to: `${desk.page}/questions`,
      fields: { question: 'What does Mina Lowe do?' },
    }),
    raid_draft: async () => ({
      page: `${desk.page}/notes`,
      fields: { question: 'Mina Lowe: crane late' },
    }),
    report_draft: async () => {
      const { id } = await new Reports(desk.world, desk.project).begin()
      return { page: `${desk.page}/reports/${id}`, fields: {} }
    },
    gate_challenge: async () => {
      const { id } = await desk.world.inside(() => Gate.of(desk.project).firstOrFail())
      return { page: `${desk.page}/gates/${id}`, fields: {} }
    },
    assumption_check: async () => ({ page: `${desk.page}/assumptions`, fields: {} }),
    change_summary: async () => ({
      page: `${desk.page}/changes`,
      fields: { since: inDays(-7) },
    }),
  }

  for (const [feature, way] of Object.entries(ways)) {
    const name = features[feature as Feature]

    test(`keeps exactly what was sent, and shows it before and after: ${name}`, async ({
      assert,
      client,
    }) => {
      const { page, to = page, fields } = await way()
      const walk = await Walk.begin(client, desk.manager)
      await walk.open(page)
      const previews = feature === 'ask' ? `${page}/previews` : `${to}/previews`
      const preview = await walk.submit(previews, fields)
      assert.lengthOf(desk.claude.journal, 0)
      const response = await walk.submit(to, fields)
      const { id } = await desk.settled(response)
      assert.lengthOf(desk.claude.journal, 1)
      assert.equal(wholeIn(preview.text()), desk.claude.sent)
      const row = await desk.world.inside(() => AiInteraction.findOrFail(id))
      assert.equal(row.prompt, desk.claude.sent)
      assert.equal(row.feature, feature)
      const after = await walk.open(`${desk.page}/questions/${id}`)
      assert.equal(wholeIn(after.text()), desk.claude.sent)
      assert.notMatch(desk.claude.sent, /Mina|Lowe|@/)
      assert.match(desk.claude.sent, /Person-[A-Z2-7]{5}/)
    })

    test(`says why it cannot be asked, and asks nothing: ${name}`, async ({ assert, client }) => {
      const { page, to = page, fields } = await way()
      const walk = await Walk.begin(client, desk.manager)
      await switchOn(desk.world, { monthlyBudget: 1 })
      await walk.open(page)
      const spent = await walk.submitAndFollow(to, fields)
      assert.include(spent.text(), 'assistant budget for this month has run out')
      await switchOn(desk.world, { isEnabled: false })
      const off = await walk.open(page)
      off.assertStatus(200)
      assert.include(off.text(), 'Your organisation has not turned on the assistant.')
      assert.notInclude(off.text(), 'Show what would be sent')
      const refused = await walk.submitAndFollow(to, fields)
      if (typeof fields.question === 'string')
        assert.lengthOf(refused.text().split(`>${fields.question}</pre>`), 2, 'told once')
      assert.lengthOf(desk.claude.journal, 0)
    })

    test(`does without Claude where it cannot be reached: ${name}`, async ({ assert, client }) => {
      const { page, to = page, fields } = await way()
      const walk = await Walk.begin(client, desk.manager)
      desk.claude.failsOnce(500, 'api_error')
      await walk.open(page)
      const response = await walk.submit(to, fields)
      const row = await desk.settled(response)
      assert.containSubset(row, { status: 'failed', failure: 'unreachable' })
      const shown = await walk.follow(response)
      assert.include(
        shown.text(),
        'Claude cannot be reached at the moment. Everything else works as usual.'
      )
      const again = await walk.open(page)
      again.assertStatus(200)
    })
  }
})
