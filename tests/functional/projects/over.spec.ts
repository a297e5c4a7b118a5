import { test } from '@japa/runner'
import Project from '#models/project'
import { quietly } from '#tests/support/admin'
import { Tasks } from '#tests/support/tasks'

const PDF = Buffer.from('%PDF-1.7\n%%EOF\n')

test.group('A project that is over', () => {
  const ending = async (status: 'closed' | 'cancelled' | 'on_hold') => {
    const tasks = await Tasks.create()
    const task = await tasks.add({ assigneeId: tasks.people.team.membershipId })
    const risk = await tasks.raise('risk')
    await quietly('update projects set status = ? where id = ?', [status, tasks.project.id])
    return { tasks, task, risk }
  }

  for (const status of ['closed', 'cancelled'] as const) {
    test(`says so on its pages, and why its record stays open: ${status}`, async ({
      assert,
      client,
    }) => {
      const { tasks, task, risk } = await ending(status)
      const home = `/projects/${tasks.project.id}`
      const says = `${tasks.project.code} is ${status}.`
      for (const path of [home, tasks.pageOf(task), tasks.urlOf(risk), tasks.list, tasks.url]) {
        const page = await client.get(path).as(tasks.people.team)
        assert.include(page.text(), says, path)
        assert.include(page.text(), '/help/concepts#over')
        const read = await client.get(path).as(tasks.people.viewer)
        assert.include(read.text(), says, path)
        assert.notInclude(read.text(), 'You can still', path)
      }
      const across = await client.get('/tasks').as(tasks.people.viewer)
      assert.notInclude(across.text(), says)
      const guide = await client.get('/help/concepts')
      assert.include(guide.text(), 'id="over"')
    })

    test(`takes comments, files and changes of those who could before, and of nobody else: ${status}`, async ({
      assert,
      client,
    }) => {
      const { tasks, task, risk } = await ending(status)
      const { manager, stranger, team, viewer } = tasks.people
      const elsewhere = await Tasks.create()
      const page = tasks.pageOf(task)
      const writes = {
        comment: (person: typeof team) =>
          client.post(`${page}/comments`).form({ body: 'Learnt: dredge first' }).as(person),
        file: (person: typeof team) =>
          client.post(`${page}/attachments`).file('file', PDF, { filename: 'a.pdf' }).as(person),
        remark: (person: typeof team) =>
          client
            .post(`${tasks.urlOf(risk)}/comments`)
            .form({ body: 'Never came true' })
            .as(person),
        entry: (person: typeof team) =>
          client
            .post(tasks.url)
            .form({ type: 'issue', title: 'A last invoice', issue_kind: 'problem_concern' })
            .as(person),
        move: (person: typeof team) =>
          client.put(`${page}/status`).form({ status: 'in_progress', lock_version: 1 }).as(person),
      }
      for (const [what, write] of Object.entries(writes)) {
        for (const person of [stranger, elsewhere.people.manager]) {
          const hidden = await write(person)
          assert.equal(hidden.status(), 404, what)
        }
        const forbidden = await write(viewer)
        assert.equal(forbidden.status(), 403, what)
        const done = await write(team)
        assert.equal(done.status(), 303, what)
      }
      assert.equal((await tasks.freshTask(task)).status, 'in_progress')
      assert.equal(await tasks.count('task_attachments'), 1)
      assert.equal(await tasks.count('comments'), 2)
      const edited = await client
        .put(page)
        .form({
          title: 'Dredged',
          assignee: team.membershipId,
          priority: 'low',
          lock_version: 2,
        })
        .as(manager)
      edited.assertStatus(303)
      assert.equal((await tasks.freshTask(task)).title, 'Dredged')
    })

    test(`takes no dependency of another project: ${status}`, async ({ assert, client }) => {
      const { tasks } = await ending(status)
      const other = await tasks.world.project()
      const refused = await client
        .post(`/projects/${other.id}/raid`)
        .accept('json')
        .form({
          type: 'dependency',
          title: 'The basin',
          direction: 'inbound',
          counterpart_project_id: tasks.project.id,
        })
        .as(tasks.people.pmo)
      refused.assertStatus(422)
      assert.include(refused.text(), `${tasks.project.code} is ${status}`)
    })
  }

  test('does not include one on hold, or taken up again', async ({ assert, client }) => {
    const { tasks } = await ending('on_hold')
    const home = `/projects/${tasks.project.id}`
    const resting = await client.get(home).as(tasks.people.viewer)
    assert.notInclude(resting.text(), '/help/concepts#over')
    const { tasks: closed } = await ending('closed')
    await closed.world.inside(async () => {
      const project = await Project.findOrFail(closed.project.id)
      await project.merge({ status: 'active' }).save()
    }, closed.people.pmo)
    const page = await client.get(`/projects/${closed.project.id}`).as(closed.people.viewer)
    assert.notInclude(page.text(), '/help/concepts#over')
  })
})
