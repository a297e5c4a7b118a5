import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import RaidItem from '#models/raid_item'
import TaskAttachment from '#models/task_attachment'
import { quietly } from '#tests/support/admin'
import { Tasks } from '#tests/support/tasks'
import type { Person } from '#tests/support/world'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe survey\n%%EOF\n')

test.group('Search: files', (group) => {
  let tasks: Tasks
  let criterion: GateCriterion
  group.each.setup(async () => {
    tasks = await Tasks.create()
    await tasks.world.inside(async () => {
      const [gate] = await Gate.of(tasks.project)
      ;[criterion] = await GateCriterion.of(gate)
      criterion.refersTo(gate.refersTo(tasks.project))
    })
  })

  const attach = async (name: string, attributes = {}) => {
    const task = await tasks.add(attributes)
    const file = await tasks.world.inside(
      () => TaskAttachment.add(task, name, PDF),
      tasks.people.manager
    )
    return { task, file }
  }
  const prove = (name: string) =>
    tasks.world.inside(() => GateEvidence.addFile(criterion, name, PDF), tasks.people.manager)
  const found = async (client: ApiClient, person: Person, query: string) => {
    const answer = await client.get(`/search?${query}`).as(person)
    answer.assertStatus(200)
    const html = answer.text() as string
    const titles = [...html.matchAll(/<span class="hit__title">([^<]*)<\/span>/g)]
    return { html, titles: titles.map(([, title]) => title) }
  }

  test('finds a file of a task by any word of its name, and leads to the task', async ({
    assert,
    client,
  }) => {
    const { task } = await attach('site-survey_2026.Übergabe(final).pdf', {
      title: 'Sound the bay',
    })
    const { viewer } = tasks.people
    for (const words of ['survey', '2026', '%C3%BCbergabe+fin', 'site-survey_2026', 'pdf']) {
      const { html, titles } = await found(client, viewer, `q=${words}`)
      assert.deepEqual(titles, ['site-survey_2026.Übergabe(final).pdf'], words)
      assert.include(html, `/projects/${tasks.project.id}/tasks/${task.id}#files`)
      assert.include(html, 'PDF, 1 kB, of “Sound the bay”')
    }
    const mistyped = await found(client, viewer, 'q=uebergabe+finnal')
    assert.lengthOf(mistyped.titles, 1)
    assert.include(mistyped.html, 'Similar to your search')
  })

  test('finds names with decomposed accents', async ({ assert, client }) => {
    await attach('Pru\u0308fung.pdf')
    assert.lengthOf((await found(client, tasks.people.team, 'q=pr%C3%BCfung')).titles, 1)
  })

  test('finds evidence of a gate, and leads to its criterion', async ({ assert, client }) => {
    await prove('board-minutes.pdf')
    await tasks.world.inside(
      () => GateEvidence.addLink(criterion, 'https://example.test/x', 'Minutes on the wiki'),
      tasks.people.manager
    )
    const { html, titles } = await found(client, tasks.people.viewer, 'q=minutes')
    assert.sameMembers(titles, ['board-minutes.pdf', 'Minutes on the wiki'])
    assert.include(html, `/gates/${criterion.gateId}/criteria/${criterion.id}#evidence`)
    assert.include(html, `${tasks.project.code}-G`)
    assert.deepEqual(
      (await found(client, tasks.people.viewer, 'q=minutes&kind=attachments')).titles,
      []
    )
  })

  test('shows no file whose task or gate the reader may not see', async ({ assert, client }) => {
    const secret = await tasks.raise('risk', { sensitivity: 'named_people' })
    await attach('settlement-with-berta.pdf', { raidItemId: secret.id })
    await prove('zoning-permit.pdf')
    const { manager, pmo, sponsor, stranger, team, viewer } = tasks.people
    assert.lengthOf((await found(client, manager, 'q=settlement')).titles, 1)
    for (const person of [pmo, sponsor, team, viewer, stranger]) {
      for (const query of ['q=settlement', 'q=settlemnt+wiht', 'q=berta&kind=attachments']) {
        const { html, titles } = await found(client, person, query)
        assert.deepEqual(titles, [], query)
        assert.notInclude(html, 'settlement-with')
      }
    }
    const elsewhere = await Tasks.create()
    for (const person of [stranger, elsewhere.people.manager, elsewhere.people.pmo]) {
      for (const words of ['zoning', 'zonning+permt']) {
        assert.deepEqual((await found(client, person, `q=${words}`)).titles, [])
      }
    }
  })

  test('no longer finds files that were removed or erased', async ({ assert, client }) => {
    const { task, file } = await attach('first-draft.pdf')
    const evidence = await prove('second-draft.pdf')
    await attach('third-draft.pdf')
    await tasks.world.inside(async () => {
      await (await TaskAttachment.findIn(task, file.id)).remove()
      await evidence.shows(criterion).remove()
    }, tasks.people.manager)
    await quietly(`update task_attachments set erased_at = now() where name = 'third-draft.pdf'`)
    assert.deepEqual((await found(client, tasks.people.manager, 'q=draft')).titles, [])
  })

  test('finds a common word as well, the latest first', async ({ assert, client }) => {
    const names = Array.from({ length: 22 }, (_, index) => `minutes-${index}.pdf`)
    for (const name of names) await prove(name)
    const { titles } = await found(client, tasks.people.viewer, 'q=minutes&kind=evidence')
    assert.deepEqual(titles, names.toReversed())
    assert.deepEqual((await found(client, tasks.people.stranger, 'q=minutes')).titles, [])
  })

  test('searches one project where it is asked to', async ({ assert, client }) => {
    const other = await tasks.world.project()
    await attach('quay-plan.pdf')
    await tasks.raise('risk', { title: 'Quay sinks' })
    await tasks.world.inside(
      () => RaidItem.raise(other, { type: 'risk', nature: 'threat', title: 'Quay floats' } as any),
      tasks.people.manager
    )
    const { pmo, stranger } = tasks.people
    const here = `q=quay&project=${tasks.project.id}`
    const everywhere = await found(client, pmo, here)
    assert.sameMembers(everywhere.titles, ['quay-plan.pdf', 'Quay sinks', 'Quay floats'])
    assert.include(everywhere.html, `Only ${tasks.project.code}`)
    const within = await found(client, pmo, `${here}&scope=project`)
    assert.sameMembers(within.titles, ['quay-plan.pdf', 'Quay sinks'])
    const alike = await found(client, pmo, `q=quay+flots&project=${tasks.project.id}&scope=project`)
    assert.notInclude(alike.titles, 'Quay floats')
    const page = await client.get(`/projects/${tasks.project.id}`).as(pmo)
    assert.include(page.text(), `name="project" value="${tasks.project.id}"`)
    for (const project of [tasks.project.id, randomUUID(), 'x', "'"]) {
      const hidden = await client.get('/search').qs({ q: 'quay', project }).as(stranger)
      hidden.assertStatus(404)
    }
    const elsewhere = await Tasks.create()
    const foreign = await client.get(`/search?${here}&scope=project`).as(elsewhere.people.pmo)
    foreign.assertStatus(404)
  })
})
