import { test } from '@japa/runner'
import type Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import { checksums } from '#tests/support/admin'
import { Tasks } from '#tests/support/tasks'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe letter\n%%EOF\n')
const NAME = 'settlement-with-berta.pdf'

test.group('Files of what answers a confidential entry', (group) => {
  let tasks: Tasks
  let guarded: Task
  let files: string
  group.each.setup(async () => {
    tasks = await Tasks.create()
    const secret = await tasks.raise('risk', { sensitivity: 'named_people' })
    guarded = await tasks.add({ title: 'Draft it', raidItemId: secret.id })
    files = `${tasks.pageOf(guarded)}/attachments`
    await tasks.world.inside(() => TaskAttachment.add(guarded, NAME, PDF), tasks.people.manager)
  })

  test('are neither read, attached nor removed by anybody else', async ({ assert, client }) => {
    const [file] = await tasks.world.inside(() => TaskAttachment.of(guarded).exec())
    const before = await checksums(tasks.world.organisationId)
    for (const role of ['viewer', 'team', 'sponsor', 'stranger'] as const) {
      const person = tasks.people[role]
      const answers = [
        await client.get(`${files}/${file.id}/file`).as(person),
        await client.post(files).file('file', PDF, { filename: 'a.pdf' }).as(person),
        await client.post(`${files}/${file.id}?_method=DELETE`).as(person),
      ]
      for (const answer of answers) assert.equal(answer.status(), 404, role)
    }
    assert.deepEqual(await checksums(tasks.world.organisationId), before)
  })

  test('are named to nobody else, wherever file names are shown', async ({ assert, client }) => {
    const { project } = tasks
    const paths = [
      `/projects/${project.id}`,
      `/projects/${project.id}/tasks`,
      `/projects/${project.id}/tasks.csv`,
      `/projects/${project.id}/audit`,
      `/projects/${project.id}/audit.csv`,
      `/search?q=settlement`,
      '/work',
      '/notifications',
    ]
    for (const role of ['viewer', 'team', 'pmo', 'sponsor'] as const) {
      for (const path of paths) {
        const answer = await client.get(path).as(tasks.people[role])
        assert.notInclude(answer.text(), NAME, `${role} ${path}`)
      }
      const api = `/api/v1/projects/${project.id}`
      for (const path of [`${api}/tasks`, `${api}/tasks/${guarded.id}`, `${api}/audit-events`]) {
        const answer = await client.get(path).withTokenOf(tasks.people[role])
        assert.notInclude(answer.text(), NAME, `${role} ${path}`)
      }
    }
  })
})
