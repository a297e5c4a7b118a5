import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import RaidItem from '#models/raid_item'
import { saveDraft } from '#models/report/drafting'
import { partsOf } from '#models/report/parts'
import { valuesOf } from '#models/report/values'
import StatusReport from '#models/status_report'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor } from '#tests/support/assistant'
import { countQueries } from '#tests/support/query_count'
import { Reports } from '#tests/support/reports'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Assistant: draft of a status report', (group) => {
  const desk = deskFor(group)
  let report: StatusReport
  let risk: RaidItem
  let walk: Walk

  group.each.setup(async () => {
    risk = await raise('Tide gate leaks')
    report = await new Reports(desk.world, desk.project).begin()
  })

  const page = () => `${desk.page}/reports/${report.id}`

  function raise(title: string, more: Partial<RaidItem> = {}) {
    return desk.world.inside(
      () => RaidItem.raise(desk.project, { type: 'risk', title, ...more }),
      desk.manager
    )
  }

  /** Asks for a draft, and waits until it is kept. */
  async function draft(client: ApiClient, ...inputs: unknown[]) {
    desk.claude.wantsTools('draft_field', inputs)
    walk = await Walk.begin(client, desk.manager)
    await walk.open(page())
    return desk.settled(await walk.submit(page(), {}))
  }

  const saying = (field: string, ...said: [string, ...string[]][]) => ({
    field,
    sentences: said.map(([text, ...refs]) => ({ text, refs })),
  })

  async function accept(fields: Record<string, unknown>, lockVersion = report.lockVersion) {
    const [{ id }] = await desk.proposals()
    const path = `${desk.page}/drafts/${id}/field`
    return walk.submitAndFollow(path, { lock_version: lockVersion, ...fields })
  }

  function now() {
    return desk.world.inside(() => StatusReport.findOrFail(report.id))
  }

  test('proposes words for each field, each sentence with what it rests on, and changes nothing', async ({
    assert,
    client,
  }) => {
    const row = await draft(
      client,
      saying('summary', ['The tide gate leaks.', risk.ref], ['All is well.', 'X-R99'], ['Fine.']),
      saying('overall_reason', ['The leak is open.', risk.ref])
    )
    assert.equal(row.status, 'answered')
    const shown = (await walk.open(page())).text()
    assert.include(shown, 'The tide gate leaks. (')
    assert.include(shown, `href="/projects/${desk.project.id}/raid/${risk.id}"`)
    assert.include(shown, 'Overall: reason')
    assert.notInclude(shown, 'All is well')
    assert.notInclude(shown, 'Fine.')
    assert.isNull((await now()).summary)
  })

  test('stands against what the field says, and becomes its words once the author accepts it', async ({
    assert,
    client,
  }) => {
    await desk.world.inside(async () => {
      const values = valuesOf(report, await partsOf(report))
      await saveDraft(report, { ...values, summary: 'Nothing leaks.' }, report.lockVersion)
    }, desk.manager)
    await draft(client, saying('summary', ['The tide gate leaks.', risk.ref]))
    const shown = (await walk.open(page())).text()
    assert.match(shown, /<del>[\s\S]*Nothing leaks\.[\s\S]*<\/del>/)
    assert.match(shown, /<ins>[\s\S]*The tide gate leaks\./)
    await accept({ summary: `The tide gate leaks. (${risk.ref})` }, (await now()).lockVersion)
    const saved = await now()
    assert.equal(saved.summary, `The tide gate leaks. (${risk.ref})`)
    assert.equal((await desk.proposals())[0].status, 'accepted')
    const told = await sql(
      admin(),
      `select action, actor_kind, actor_ref from audit.events where organisation_id = ?
         and entity_type = 'status_report' order by seq desc limit 1`,
      [desk.world.organisationId]
    )
    const by = { actor_kind: 'ai', actor_ref: desk.manager.membershipId }
    assert.deepEqual(told, [{ action: 'status_report.updated', ...by }])
    assert.notInclude((await walk.open(page())).text(), 'Add to draft')
  })

  test('is changed before it is accepted, field by field', async ({ assert, client }) => {
    await draft(
      client,
      saying('overall_path_to_green', ['The pump comes.', risk.ref]),
      saying('summary', ['The tide gate leaks.', risk.ref])
    )
    await accept({ overall_path_to_green: 'Two pumps come.' })
    const { ratings } = await desk.world.inside(() => partsOf(report))
    assert.equal(ratings[0].pathToGreen, 'Two pumps come.')
    const [first, second] = await desk.proposals()
    assert.deepEqual([first.status, second.status], ['edited', 'proposed'])
    assert.isNull((await now()).summary)
  })

  test('is not written over what somebody changed meanwhile', async ({ assert, client }) => {
    await draft(client, saying('summary', ['The tide gate leaks.', risk.ref]))
    const answer = await accept({ summary: 'It leaks.' }, 99)
    assert.include(answer.text(), 'The report has changed')
    assert.include(answer.text(), 'It leaks.</textarea>')
    assert.isNull((await now()).summary)
    assert.equal((await desk.proposals())[0].status, 'proposed')
  })

  test('leaves out what rests on a record that its author may no longer see', async ({
    assert,
    client,
  }) => {
    await draft(client, saying('summary', ['The tide gate leaks.', risk.ref]))
    await sql(
      admin(),
      `update raid_items set sensitivity = 'named_people', created_by = null where id = ?`,
      [risk.id]
    )
    const shown = (await walk.open(page())).text()
    assert.notInclude(shown, 'The tide gate leaks.')
    assert.include(shown, 'One sentence was left out')
  })

  test('is made from what everybody on the project reads, and what was done', async ({
    assert,
    client,
  }) => {
    await raise('CANARY-LEADS', { sensitivity: 'project_leads' })
    await raise('CANARY-NAMED', { sensitivity: 'named_people' })
    const done = await desk.world.inside(async () => {
      const by = { assigneeId: desk.manager.membershipId }
      const task = await Task.add(desk.project, { title: 'Grease the gate', ...by })
      await task.revise({ status: 'done' }, task.lockVersion)
      return task
    }, desk.manager)
    await draft(client, saying('achieved', ['The gate was greased.', done.ref]))
    assert.notMatch(desk.claude.sent, /CANARY/)
    assert.include(desk.claude.sent, 'Grease the gate')
    const [{ content }] = await desk.proposals()
    assert.equal(content!.text, `- The gate was greased. (${done.ref})`)
  })

  test('is for whoever writes reports, and each draft for its asker alone', async ({
    assert,
    client,
  }) => {
    await draft(client, saying('summary', ['The tide gate leaks.', risk.ref]))
    const [{ id }] = await desk.proposals()
    const path = `${desk.page}/drafts/${id}/field`
    const body = { summary: 'x', lock_version: report.lockVersion }
    const elsewhere = await (await World.create()).person('manager')
    for (const [person, read, write] of [
      [await desk.world.person('pmo'), 200, 404],
      [desk.team, 403, 403],
      [await desk.world.person('sponsor'), 403, 403],
      [await desk.world.person('stranger'), 404, 404],
      [elsewhere, 404, 404],
    ] as const) {
      const shown = await client.get(page()).as(person)
      shown.assertStatus(read)
      assert.notInclude(shown.text(), 'The tide gate leaks. (')
      const written = await client.post(path).as(person).form(body)
      written.assertStatus(write)
      if (read === 200) continue
      for (const ask of [page(), `${page()}/previews`]) {
        const asked = await client.post(ask).as(person).form({})
        asked.assertStatus(read)
      }
    }
    assert.isNull((await now()).summary)
    assert.lengthOf(desk.claude.journal, 1)
  })

  test('costs as many queries for many fields as for few', async ({ assert, client }) => {
    const visit = () => client.get(page()).as(desk.manager)
    await draft(client, saying('summary', ['The tide gate leaks.', risk.ref]))
    await visit()
    const few = await countQueries(visit)
    const names = ['summary', 'achieved', 'planned', 'overall_reason', 'scope_reason']
    await draft(client, ...names.map((name) => saying(name, ['It leaks.', risk.ref])))
    assert.lengthOf((await visit()).text().match(/: new text/g)!, names.length)
    assert.equal(await countQueries(visit), few)
  })

  test('is not asked for a report that was submitted', async ({ assert, client }) => {
    const reports = new Reports(desk.world, await desk.world.project())
    const submitted = await reports.submit()
    const path = `/projects/${reports.project.id}/assistant/reports/${submitted.id}`
    walk = await Walk.begin(client, desk.manager)
    const shown = await walk.open(path)
    assert.include(shown.text(), 'The report has been submitted')
    await walk.submit(path, {})
    assert.lengthOf(desk.claude.journal, 0)
  })
})
