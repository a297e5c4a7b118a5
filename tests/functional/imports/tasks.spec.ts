import { test } from '@japa/runner'
import ChecklistItem from '#models/checklist_item'
import Comment from '#models/comment'
import ExternalResource from '#models/external_resource'
import RaidItem from '#models/raid_item'
import Notification, { notifyAll } from '#models/notification'
import Task from '#models/task'
import { sendLinks } from '#models/task_link/sending'
import TaskAttachment from '#models/task_attachment'
import TaskPredecessor from '#models/task_predecessor'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { fixture } from '#tests/support/import_fixtures'
import { eventsOf, Importing, upload } from '#tests/support/imports'

test.group('Importing tasks', (group) => {
  let here: Importing

  group.each.setup(async () => {
    here = await Importing.begin()
  })

  test('a plan is recognised, and what it says is kept', async ({ assert, client }) => {
    const { path, tasks } = await run(client, [
      'WBS,Task name,Start,Finish,% complete,Resource names,Predecessors,Priority,Cost',
      '1,Quay,2027-01-04,2027-03-01,50%,,,High,120',
      '1.1,Drive piles,2027-01-04,2027-02-01,100%,PERSON Manager,,,',
      '1.2,Pour deck,2027-02-02,2027-03-01,0%,,1.1SS+2d,,',
    ])
    const [quay, piles, deck] = tasks
    assert.deepEqual(
      tasks.map(({ title, status, parentId }) => [title, status, parentId]),
      [
        ['Quay', 'in_progress', null],
        ['Drive piles', 'done', quay.id],
        ['Pour deck', 'todo', quay.id],
      ]
    )
    assert.deepEqual(
      [quay.priority, quay.startOn, quay.dueOn],
      ['high', '2027-01-04', '2027-03-01']
    )
    assert.include(quay.description, 'Cost: 120')
    assert.include(quay.description, 'Imported from plan.csv, row 2, id 1')
    assert.isNotNull(piles.completedOn)
    const [link] = await here.world.inside(() => TaskPredecessor.query().exec())
    assert.deepEqual([link.taskId, link.predecessorId], [deck.id, piles.id])
    const page = await client.get(path).as(here.person)
    for (const words of ['3 tasks added', 'Open the tasks']) page.assertTextIncludes(words)
    const [event] = await eventsOf(here.world, 'import.completed')
    assert.deepEqual(event.facts, { format: 'csv', count: 3, skipped: 0 })
    assert.lengthOf(await eventsOf(here.world, 'task.predecessor_added'), 1)
  })

  test('a plan of Microsoft Project comes with its order and outline', async ({
    assert,
    client,
  }) => {
    const path = await here.upload(client, fixture('project.xml'), 'project.xml')
    const preview = await client.get(`${path}/edit`).as(here.person)
    for (const words of ['5 tasks will be added', 'own summary row “Harbour” is not a task']) {
      preview.assertTextIncludes(words)
    }
    await here.execute(client, path)
    const tasks = await here.world.inside(() => Task.query().orderBy('number').exec())
    const [quay, piles, deck, cure, handed] = tasks
    assert.deepEqual(
      tasks.map(({ parentId }) => parentId),
      [null, quay.id, quay.id, quay.id, null]
    )
    const links = await here.world.inside(() => TaskPredecessor.query().exec())
    assert.sameDeepMembers(
      links.map(({ taskId, predecessorId }) => [taskId, predecessorId]),
      [
        [deck.id, piles.id],
        [cure.id, deck.id],
        [cure.id, piles.id],
        [handed.id, quay.id],
      ]
    )
    const [event] = await eventsOf(here.world, 'import.completed')
    assert.deepEqual(event.facts, { format: 'xml', count: 5, skipped: 0 })
  })

  test('records a task as the task’s own page would', async ({ assert, client }) => {
    const { tasks } = await run(client, PLAIN)
    const [imported] = tasks
    const added = await here.world.inside(
      () =>
        Task.add(here.project, {
          title: imported.title,
          description: imported.description,
          assigneeId: imported.assigneeId,
          dueOn: imported.dueOn,
        }),
      here.person
    )
    const [theirs, ours] = [await toldOf(imported.id), await toldOf(added.id)]
    assert.deepEqual(theirs.paths, ours.paths)
    assert.deepEqual(
      { ...theirs.facts, ref: '', import: '' },
      { ...ours.facts, ref: '', import: '' }
    )
  })

  test('what a table becomes may be chosen', async ({ assert, client }) => {
    const lines = ['Action,Owner,Due date', 'Buy grease,Somebody,2027-01-01', 'Clean up,,']
    const path = await here.upload(client, lines.join('\n'), 'actions.csv')
    const before = await client.get(`${path}/edit`).as(here.person)
    assert.notInclude(before.text(), 'tasks will be added')
    await client
      .put(path)
      .as(here.person)
      .form({ 't0': 'actions!1', 't0-type': 'task', 't0-use': '1' })
    const after = await client.get(`${path}/edit`).as(here.person)
    assert.include(after.text(), '2 tasks will be added')
  })

  test('names mean members who see the project, or people outside; others stay readable', async ({
    assert,
    client,
  }) => {
    const hidden = await here.world.project({ visibility: 'members' })
    const outside = await here.world.inside(() =>
      ExternalResource.create({ name: 'Sue Surveyor', email: 'sue@example.test', lockVersion: 1 })
    )
    await here.world.person('stranger')
    const lines = [
      'Task,Assignee,Due date',
      'One,team person,2027-01-01',
      'Two,Sue Surveyor,2027-01-01',
      'Three,stranger person,2027-01-01',
      'Four,"Somebody, team person",2027-01-01',
    ]
    const { path, tasks } = await run(client, lines, hidden)
    const { membershipId: manager } = await here.world.person('manager')
    const team = await here.world.person('team')
    const page = await preview
    for (const words of [
      'Assignee “Sue Surveyor” is Sue Surveyor (external); they are not notified',
      '“stranger person” cannot see this project: assigned to manager person',
      '“Somebody, team person”: assigned to team person',
    ]) {
      assert.include(page, words)
    }
    assert.deepEqual(
      tasks.map((task) => [task.assigneeId ?? task.externalResourceId, task.assigneeLabel]),
      [
        [team.membershipId, null],
        [outside.id, null],
        [manager, 'stranger person'],
        [team.membershipId, 'Somebody, team person'],
      ]
    )
    const mails = await sql(admin(), 'select email from email_outbox where organisation_id = ?', [
      here.world.organisationId,
    ])
    assert.deepEqual(
      mails.map(({ email }) => email),
      [team.email]
    )
    assert.isString(path)
  })

  test('what cannot be imported as it is says so, row by row', async ({ assert, client }) => {
    const { tasks } = await run(client, [
      'ID,Task,Status,Start,Finish,Predecessors',
      '1,Quay,Done,2027-02-02,2027-01-01,"2, 99"',
      '1.1,Deck,On hold,,soon,"1, 1.1, 2"',
      '2,Shed,,,,1',
      'Total,,,,,',
    ])
    const page = await preview
    for (const words of [
      'Start kept in the description: it comes after the due date',
      'Set to in progress: it is settled in the file, but some of its subtasks are open',
      'Does not wait for 99, which does not become a task',
      'Does not wait for 1, of which one is part of the other',
      'Does not wait for 1.1, which is itself',
      'Does not wait for 1, which waits for it in turn',
      '“soon” is no date; kept in the description',
      'A total',
    ]) {
      assert.include(page, words)
    }
    const [quay, deck] = tasks
    assert.deepEqual(
      [quay.status, quay.startOn, deck.status, deck.blockedReason],
      ['in_progress', null, 'blocked', 'Status in the file: On hold']
    )
  })

  test('entries and tasks of one workbook go where they belong', async ({ assert, client }) => {
    const lines = ['Type,Title', 'Risk,Late crane', 'Task,Order the crane']
    const path = await here.upload(client, lines.join('\n'), 'log.csv')
    const page = await client.get(`${path}/edit`).as(here.person)
    assert.include(page.text(), 'A task, not part of a RAID log')
    await here.execute(client, path)
    assert.lengthOf(await here.world.inside(() => RaidItem.query().exec()), 1)
    assert.lengthOf(await here.world.inside(() => Task.query().exec()), 0)
  })

  test('undoing it keeps what somebody has worked on, and says why', async ({ assert, client }) => {
    const titles = ['Same', 'Changed', 'Said', 'Listed', 'Ordered', 'Whole', 'Other', 'Filed']
    const lines = ['ID,Task', ...titles.map((title, at) => `${at + 1},${title}`), '6.1,Part']
    const { path, tasks } = await run(client, lines)
    const [, changed, said, listed, ordered, , , filed] = tasks
    const part = tasks.at(-1)!
    await here.world.inside(async () => {
      await changed.revise({ title: 'Changed since' }, 1)
      await Comment.add(said, here.project, 'Seen on site')
      await ChecklistItem.add(listed, 'Hire a barge')
      await TaskAttachment.add(filed, 'barge.txt', Buffer.from('Hired'))
      const own = await Task.add(here.project, {
        title: 'Own',
        assigneeId: here.person.membershipId,
      })
      await TaskPredecessor.join(own, ordered)
      await part.move('in_progress', { lockVersion: 1 })
    }, here.person)
    await client.post(`${path}/reversal`).as(here.person)
    const page = await client.get(path).as(here.person)
    page.assertTextIncludes('2 of 9 tasks removed')
    for (const reason of [
      'It was changed',
      'It has comments',
      'It has a checklist',
      'It has files',
      'It was put in order',
      'It has a part that was kept',
    ]) {
      page.assertTextIncludes(reason)
    }
    assert.include(page.text(), `/tasks/${changed.id}`)
    const left = await here.world.inside(() => Task.query().orderBy('number').exec())
    assert.deepEqual(
      left.map(({ title }) => title),
      ['Changed since', 'Said', 'Listed', 'Ordered', 'Whole', 'Filed', 'Part', 'Own']
    )
  })

  test('undoing it removes its order and its tasks for people outside', async ({
    assert,
    client,
  }) => {
    const outside = { name: 'Sue Surveyor', email: 'sue@example.test' }
    const { id } = await here.world.inside(() =>
      ExternalResource.create({ ...outside, lockVersion: 1 })
    )
    const { path, tasks } = await run(client, [
      'ID,Task,Assignee,Start,Finish,Predecessors',
      '1,Quay,Sue Surveyor,2027-01-04,2027-01-04,',
      '2,Deck,Sue Surveyor,,,1',
    ])
    assert.deepEqual([tasks[0].startOn, tasks[0].dueOn], ['2027-01-04', '2027-01-04'])
    await here.world.inside(() => sendLinks([tasks[0]], { id, email: outside.email }), here.person)
    await client.post(`${path}/reversal`).as(here.person)
    const page = await client.get(path).as(here.person)
    page.assertTextIncludes('It has a link for its assignee')
    const left = await here.world.inside(() => Task.query().exec())
    assert.deepEqual(
      left.map(({ title }) => title),
      ['Quay']
    )
  })

  test('undoing it takes along the notices that lead to its tasks', async ({ assert, client }) => {
    const { membershipId } = await here.world.person('team')
    const { path, tasks } = await run(client, [
      'ID,Task,Start,Finish',
      '1,Quay,2027-01-04,2027-01-08',
    ])
    const about = { kind: 'assignment' as const, to: [membershipId], project: here.project }
    const page = `/projects/${here.project.id}/tasks`
    await here.world.inside(() =>
      notifyAll([
        { ...about, path: `${page}/${tasks[0].id}#comment-1`, title: 'One', key: 'one' },
        { ...about, path: page, title: 'Other', key: 'other' },
      ])
    )
    await client.post(`${path}/reversal`).as(here.person)
    assert.isEmpty(await here.world.inside(() => Task.query().exec()))
    const left = await here.world.inside(() => Notification.query().exec())
    assert.deepEqual(
      left.map(({ title }) => title),
      ['Other']
    )
  })

  let preview: Promise<string>

  async function run(client: any, lines: string[], into = here.project) {
    const given = { client, person: here.person, project: into }
    const path = await upload(given, lines.join('\n'), 'plan.csv')
    const page = await client.get(`${path}/edit`).as(here.person)
    preview = Promise.resolve(page.text())
    const done = await here.execute(client, path)
    done.assertHeader('location', path)
    const tasks = await here.world.inside(() => Task.query().orderBy('number').exec())
    return { path, tasks: tasks.map((task) => task.refersTo(into)) }
  }

  async function toldOf(id: string) {
    const [row] = await sql(
      admin(),
      `select e.facts, array_agg(v.path order by v.path) as paths from audit.events e
         join audit.event_values v on v.organisation_id = e.organisation_id and v.event_id = e.id
        where e.entity_id = ? and e.action = 'task.created' group by e.facts`,
      [id]
    )
    return row as { facts: Record<string, unknown>; paths: string[] }
  }
})

const PLAIN = ['Task,Finish,Predecessors', 'Pour the deck,2027-01-01,', 'Sweep it,,']
