import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import RaidReader from '#models/raid_reader'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor } from '#tests/support/assistant'
import { countQueries } from '#tests/support/query_count'
import { inDays } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Assistant: check of assumptions', (group) => {
  const desk = deskFor(group)
  let assumption: RaidItem
  let risk: RaidItem
  let walk: Walk

  group.each.setup(async () => {
    assumption = await raise('assumption', 'The crane comes in May')
    risk = await raise('risk', 'The crane is late')
  })

  const page = () => `${desk.page}/assumptions`

  function raise(type: 'assumption' | 'risk', title: string, more: Partial<RaidItem> = {}) {
    return desk.world.inside(
      () => RaidItem.raise(desk.project, { type, title, ...more }),
      desk.manager
    )
  }

  async function check(client: ApiClient, ...inputs: unknown[]) {
    desk.claude.wantsTools('report_assumption', inputs)
    walk = await Walk.begin(client, desk.manager)
    await walk.open(page())
    return desk.settled(await walk.submit(page(), {}))
  }

  const contradicted = (more: object = {}) => ({
    ref: assumption.ref,
    finding: 'contradicted',
    why: 'The log says it is late.',
    refs: [risk.ref],
    ...more,
  })

  async function answer(what: 'review' | 'risk', fields: Record<string, unknown>) {
    const [{ id }] = await desk.proposals()
    await walk.open(`${desk.page}/drafts/${id}/assumption`)
    return walk.submitAndFollow(`${desk.page}/drafts/${id}/${what}`, fields)
  }

  function present() {
    return desk.world.inside(() => RaidItem.findOrFail(assumption.id))
  }

  test('tells which look stale, contradicted or untested, and what speaks against them', async ({
    assert,
    client,
  }) => {
    const other = await raise('assumption', 'The tide stays low')
    await raise('assumption', 'CANARY-NAMED', { sensitivity: 'named_people' })
    await check(
      client,
      contradicted(),
      { ref: other.ref, finding: 'contradicted', why: 'Just so.', refs: ['X-R99', other.ref] },
      { ref: risk.ref, finding: 'stale', why: 'It is no assumption.', refs: [] }
    )
    const shown = (await walk.open(page())).text()
    assert.include(shown, 'The log says it is late.')
    assert.include(shown, `/raid/${risk.id}`)
    assert.notInclude(shown, 'Just so.')
    assert.notInclude(shown, 'It is no assumption.')
    assert.notInclude(desk.claude.sent, 'CANARY')
    assert.include(desk.claude.sentBody.messages[0].content, `${assumption.ref}, ${other.ref}`)
    assert.isNull((await present()).nextReviewOn)
  })

  test('leads to a review, shown against what stands and saved as the person leaves it', async ({
    assert,
    client,
  }) => {
    const on = inDays(20)
    await check(client, contradicted({ next_review_on: on, validation_method: 'Ask the harbour' }))
    const [{ id }] = await desk.proposals()
    const form = (await walk.open(`${desk.page}/drafts/${id}/assumption`)).text()
    assert.match(form, /<ins>[\s\S]*Ask the harbour/)
    const { lockVersion } = await present()
    await answer('review', {
      next_review_on: on,
      validation_method: 'Ask the harbour master',
      lock_version: lockVersion,
    })
    const saved = await present()
    assert.equal(saved.nextReviewOn, on)
    assert.equal(saved.validationMethod, 'Ask the harbour master')
    const [proposal] = await desk.proposals()
    assert.containSubset(proposal.$attributes, { status: 'edited', raidItemId: assumption.id })
    const [told] = await sql(
      admin(),
      `select action, actor_kind, actor_ref from audit.events
        where organisation_id = ? and entity_id = ? order by seq desc limit 1`,
      [desk.world.organisationId, assumption.id]
    )
    const by = { actor_kind: 'ai', actor_ref: desk.manager.membershipId }
    assert.deepEqual(told, { action: 'raid_item.updated', ...by })
  })

  test('overwrites nothing that somebody changed meanwhile', async ({ assert, client }) => {
    await check(client, contradicted())
    await desk.world.inside(async () => {
      const item = await RaidItem.findOrFail(assumption.id)
      await item.refersTo(desk.project).revise({ confidence: 'low' }, item.lockVersion)
    }, desk.manager)
    const [{ id }] = await desk.proposals()
    const form = await walk.open(`${desk.page}/drafts/${id}/assumption`)
    assert.include(form.text(), 'has changed since Claude read it')
    const late = await answer('review', { validation_method: 'Ask', lock_version: 1 })
    assert.include(late.text(), 'has changed')
    assert.isNull((await present()).validationMethod)
  })

  test('leads to the risk that follows, linked with it', async ({ assert, client }) => {
    await check(client, contradicted({ risk: 'No crane in May' }))
    await answer('risk', { title: 'No crane in May', cause: 'The permit' })
    const raised = await desk.world.inside(() =>
      RaidItem.query().where('title', 'No crane in May').firstOrFail()
    )
    assert.containSubset(raised.$attributes, { type: 'risk', cause: 'The permit' })
    const links = await desk.world.inside(() => RaidLink.of(raised).exec())
    assert.containSubset(links, [{ fromId: assumption.id, kind: 'invalidated_by' }])
    assert.equal((await desk.proposals())[0].status, 'accepted')
    assert.equal((await present()).status, 'unvalidated', 'whether it is false, people say')
  })

  test('shows the risk to those who see the assumption', async ({ assert, client }) => {
    await check(client, contradicted({ risk: 'No crane in May' }))
    const { membershipId } = desk.team
    await desk.world.inside(async () => {
      const item = (await RaidItem.findOrFail(assumption.id)).refersTo(desk.project)
      await item.merge({ sensitivity: 'named_people' }).save()
      await RaidReader.replace(item, [membershipId])
    }, desk.manager)
    await answer('risk', { title: 'No crane in May' })
    const readers = await desk.world.inside(async () =>
      RaidReader.of(await RaidItem.query().where('title', 'No crane in May').firstOrFail())
    )
    assert.deepEqual(readers, [membershipId])
  })

  test('is for those who raise entries, and each finding for its asker alone', async ({
    assert,
    client,
  }) => {
    await check(client, contradicted())
    const [{ id }] = await desk.proposals()
    const path = `${desk.page}/drafts/${id}`
    const elsewhere = await (await World.create()).person('manager')
    for (const [person, own, ask] of [
      [desk.team, 404, 0],
      [await desk.world.person('viewer'), 403, 403],
      [await desk.world.person('sponsor'), 403, 403],
      [await desk.world.person('stranger'), 404, 404],
      [elsewhere, 404, 404],
    ] as const) {
      const body = { title: 'x', validation_method: 'x', lock_version: 1 }
      const answers = [
        await client.get(`${path}/assumption`).as(person),
        await client.post(`${path}/review`).as(person).form(body),
        await client.post(`${path}/risk`).as(person).form(body),
      ]
      for (const response of answers) response.assertStatus(own)
      if (!ask) continue
      for (const way of [page(), `${page()}/previews`]) {
        const asked = await client.post(way).as(person).form({})
        asked.assertStatus(ask)
      }
    }
    assert.isNull((await present()).validationMethod)
    assert.lengthOf(desk.claude.journal, 1)
  })

  test('costs as many queries for many findings as for few', async ({ assert, client }) => {
    const visit = () => client.get(page()).as(desk.manager)
    await check(client, contradicted())
    await visit()
    const few = await countQueries(visit)
    const others: RaidItem[] = []
    for (let count = 0; count < 10; count++) {
      others.push(await raise('assumption', `The tide stays low ${count}`))
    }
    await check(
      client,
      contradicted(),
      ...others.map(({ ref }) => ({ ref, finding: 'stale', why: 'Long ago.', refs: [] }))
    )
    assert.lengthOf((await visit()).text().match(/Long ago\./g)!, 10)
    assert.equal(await countQueries(visit), few)
  })

  test('has nothing to look through where none is open', async ({ assert, client }) => {
    await sql(admin(), `update raid_items set status = 'retired' where id = ?`, [assumption.id])
    walk = await Walk.begin(client, desk.manager)
    assert.include((await walk.open(page())).text(), 'No open assumptions')
    await walk.submit(page(), {})
    assert.lengthOf(desk.claude.journal, 0)
  })
})
