import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import { notify } from '#models/notification'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries, countTurns } from '#tests/support/query_count'
import { World, type Person } from '#tests/support/world'
import { inDays } from '#tests/support/table'

async function setUp() {
  const world = await World.create()
  const project = await world.project({ name: 'Harbour wall' })
  const team = await world.person('team')
  return { world, project, team }
}

function addTask(
  world: World,
  project: Project,
  { membershipId }: Person,
  attributes: Partial<Task>
) {
  return world.inside(() => Task.add(project, { assigneeId: membershipId, ...attributes }))
}

function raise(world: World, project: Project, attributes: Partial<RaidItem>) {
  return world.inside(() =>
    RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Pump fails', ...attributes })
  )
}

test.group('My work', () => {
  test('gathers tasks, entries, reviews and mentions of every project by their day', async ({
    assert,
    client,
  }) => {
    const { world, project, team } = await setUp()
    const other = await world.project({ name: 'Second quay' })
    const ownerId = team.membershipId
    await addTask(world, other, team, { title: 'Undated task' })
    await addTask(world, project, team, { title: 'Far task', dueOn: inDays(40) })
    await addTask(world, other, team, { title: 'Late task', dueOn: inDays(-2) })
    await addTask(world, project, team, { title: 'Task of today', dueOn: inDays(0) })
    await raise(world, project, { ownerId, title: 'Late risk', dueOn: inDays(-3) })
    await raise(world, project, { ownerId, title: 'Risk to review', nextReviewOn: inDays(-1) })
    await raise(world, project, { ownerId, title: 'Review far off', nextReviewOn: inDays(40) })
    await world.inside(() =>
      notify({
        kind: 'mention',
        to: [ownerId],
        project,
        path: '/projects',
        title: 'Somebody mentioned you',
        key: 'mention:1',
      })
    )
    const page = (await client.get('/work').as(team)).text()
    const shown = [
      'Overdue',
      'Late risk',
      '3 days overdue',
      'Late task',
      '2 days overdue',
      'Risk to review',
      '1 day overdue',
      'This week',
      'Task of today',
      'Later',
      'Far task',
      'Undated task',
      'Somebody mentioned you',
    ]
    const places = shown.map((text) => page.indexOf(text))
    assert.notInclude(places, -1)
    assert.deepEqual(
      places,
      places.toSorted((one, two) => one - two)
    )
    assert.include(page, 'Harbour wall')
    assert.include(page, 'Second quay')
    assert.notInclude(page, 'Review far off')
  })

  test('leaves out what is done, what is others’, and what one may no longer see', async ({
    assert,
    client,
  }) => {
    const { world, project, team } = await setUp()
    const away = await world.project({ name: 'Left behind' })
    const manager = await world.person('manager')
    const ownerId = team.membershipId
    const done = await addTask(world, project, team, { title: 'A done task' })
    await world.inside(() => done.move('done', { lockVersion: 1 }))
    await addTask(world, project, manager, { title: 'A manager’s task' })
    await raise(world, project, {
      title: 'A closed risk',
      ownerId,
      dueOn: inDays(-3),
      status: 'closed',
    })
    await addTask(world, away, team, { title: 'A hidden task' })
    await raise(world, away, { title: 'A hidden risk', ownerId, dueOn: inDays(-3) })
    await sql(admin(), 'delete from project_members where project_id = ? and membership_id = ?', [
      away.id,
      team.membershipId,
    ])
    const page = (await client.get('/work').as(team)).text()
    for (const text of ['A done task', 'A manager', 'A closed risk', 'A hidden']) {
      assert.notInclude(page, text)
    }
    assert.include(page, 'You are up to date')
  })

  test('says how many of one’s entries are due for review, and leads to where each project reviews them', async ({
    assert,
    client,
  }) => {
    const { world, project, team } = await setUp()
    const away = await world.project()
    const manager = await world.person('manager')
    const due = { ownerId: team.membershipId, nextReviewOn: inDays(-1) }
    const none = (await client.get('/work').as(team)).text()
    assert.notInclude(none, 'due for review')
    await raise(world, project, { ...due, title: 'Silt comes back' })
    await raise(world, project, due)
    await raise(world, project, { ...due, type: 'issue', title: 'Crane leaks' })
    await raise(world, project, { ...due, nextReviewOn: inDays(2) })
    await raise(world, project, { ...due, status: 'closed' })
    await raise(world, project, { ...due, ownerId: manager.membershipId, title: 'Another’s' })
    await raise(world, away, due)
    await sql(admin(), 'delete from project_members where project_id = ? and membership_id = ?', [
      away.id,
      team.membershipId,
    ])
    const page = (await client.get('/work').as(team)).text()
    assert.include(page, 'You have 3 entries due for review')
    const queue = `/projects/${project.id}/raid?type=risk&review=overdue&owner=me`
    assert.include(page, `href="${queue.replaceAll('&', '&amp;')}"`)
    assert.notInclude(page, `/projects/${away.id}/`)
    const opened = (await client.get(queue).as(team)).text()
    assert.include(opened, 'Silt comes back')
    assert.include(opened, 'Review selected…')
    assert.notInclude(opened, 'Another’s')
    assert.match(opened, /review=overdue&amp;owner=me"[^]*?Issues\s*<span class="count">1</)
  })

  test('holds the gate criteria that one answers for until they are met', async ({
    assert,
    client,
  }) => {
    const { world, project, team } = await setUp()
    const write = (changes: Partial<GateCriterion>) =>
      world.inside(async () => {
        const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
        const [criterion] = await GateCriterion.of(gate)
        await criterion
          .refersTo(gate)
          .merge(changes as any)
          .save()
        return criterion
      })
    const { title } = await write({ ownerId: team.membershipId, assessment: 'partly_met' })
    const shown = await client.get('/work').as(team)
    assert.include(shown.text(), title)
    await write({ assessment: 'met' })
    const done = await client.get('/work').as(team)
    assert.notInclude(done.text(), title)
  })

  test('of the PMO holds the projects whose manager is gone, and of owners where there is no PMO', async ({
    assert,
    client,
  }) => {
    const { world, project } = await setUp()
    const [manager, pmo, owner, sponsor] = await world.members([
      'manager',
      'pmo',
      'owner',
      'sponsor',
    ])
    const shows = async (person: Person) =>
      (await client.get('/work').as(person)).text().includes('Project without a manager')
    const become = ({ membershipId }: Person, status: string) =>
      sql(admin(), 'update memberships set status = ? where id = ?', [status, membershipId])
    assert.isFalse(await shows(pmo))
    await become(manager, 'left')
    const page = (await client.get('/work').as(pmo)).text()
    assert.include(page, 'Project without a manager')
    for (const path of ['', '/members']) {
      const home = (await client.get(`/projects/${project.id}${path}`).as(pmo)).text()
      assert.lengthOf(home.match(/\(no longer a member\)/g) ?? [], 1, path)
    }
    assert.include(page, `href="/projects/${project.id}/edit"`)
    assert.deepEqual([await shows(owner), await shows(sponsor)], [false, false])
    await become(pmo, 'deactivated')
    assert.isTrue(await shows(owner))
    await become(pmo, 'active')
    await sql(admin(), `update projects set status = 'closed' where id = ?`, [project.id])
    assert.isFalse(await shows(pmo))
    await sql(admin(), `update projects set status = 'active', manager_id = ? where id = ?`, [
      sponsor.membershipId,
      project.id,
    ])
    assert.isFalse(await shows(pmo))
  })

  test('a task is moved on from it, and its page comes back', async ({ assert, client }) => {
    const { world, project, team } = await setUp()
    const task = await addTask(world, project, team, { title: 'Survey the quay' })
    const page = (await client.get('/work').as(team)).text()
    const [, action] = page.match(/action="(\/projects\/[^"]+\/status\?_method=PUT)"/)!
    assert.equal(action, `/projects/${project.id}/tasks/${task.id}/status?_method=PUT`)
    const response = await client
      .post(action)
      .as(team)
      .header('referer', `${process.env.APP_URL}/work`)
      .form({ lock_version: '1', status: 'in_progress' })
    response.assertStatus(303)
    assert.match(response.header('location')!, /\/work$/)
    const after = (await client.get('/work').as(team)).text()
    assert.include(after, `aria-label="Done: ${task.ref}"`)
    assert.notInclude(after, `aria-label="Start: ${task.ref}"`)
  })

  test('the days are those of the reader’s zone', async ({ assert, client }) => {
    const { world, project, team } = await setUp()
    const zone = 'Pacific/Kiritimati'
    await sql(admin(), 'update users set time_zone = ? where id = ?', [zone, team.userId])
    const yesterdays = ['Etc/GMT+12', world.organisationId]
    await sql(admin(), 'update organisations set time_zone = ? where id = ?', yesterdays)
    const today = DateTime.now().setZone(zone)
    await addTask(world, project, team, { dueOn: today.toISODate(), title: 'Due today' })
    await addTask(world, project, team, {
      dueOn: today.minus({ days: 1 }).toISODate(),
      title: 'Due yesterday',
    })
    const page = (await client.get('/work').as(team)).text()
    assert.isBelow(page.indexOf('Due yesterday'), page.indexOf('This week'))
    assert.isAbove(page.indexOf('Due today'), page.indexOf('This week'))
    assert.include(page, '1 day overdue', 'as the group says, wherever the organisation is')
  })

  test('lists the first of each kind, leads to more, and stays light', async ({
    assert,
    client,
  }) => {
    const { world, project, team } = await setUp()
    const ownerId = team.membershipId
    for (let count = 0; count < 60; count++) {
      const dueOn = inDays(count)
      await addTask(world, project, team, { title: `Piece ${count} of the long quay`, dueOn })
      await raise(world, project, { ownerId, title: `Risk ${count}`, dueOn })
    }
    const page = (await client.get('/work').as(team)).text()
    assert.lengthOf(page.match(/Piece \d+ of/g)!, 15)
    assert.include(page, 'Show 45 more tasks')
    assert.isBelow(page.indexOf('Piece 14 of'), page.indexOf('Show 45 more tasks'))
    assert.isBelow(Buffer.byteLength(page), 60_000)
    const more = (await client.get('/work?more=tasks').as(team)).text()
    assert.lengthOf(more.match(/Piece \d+ of/g)!, 60)
    assert.lengthOf(more.match(/Risk \d+</g)!, 15)
    const odd = await client.get('/work?more[]=x').as(team)
    odd.assertStatus(200)
  })

  test('says with what is overdue that more of it is, and what waits for an answer before what is later', async ({
    assert,
    client,
  }) => {
    const { world, project, team } = await setUp()
    for (let count = 0; count < 16; count++) {
      await addTask(world, project, team, { title: `Piece ${count}`, dueOn: inDays(-count - 1) })
    }
    await addTask(world, project, team, { title: 'Undated task' })
    const deciderId = team.membershipId
    await raise(world, project, { type: 'decision', nature: null, title: 'Which crane', deciderId })
    const page = (await client.get('/work').as(team)).text()
    const at = (words: string) => page.indexOf(words)
    assert.notEqual(at('15 shown'), -1)
    assert.isBelow(at('Show 2 more tasks'), at('Waiting for your answer'))
    assert.isBelow(at('Waiting for your answer'), at('Which crane'))
    const all = (await client.get('/work?more=tasks').as(team)).text()
    assert.isBelow(all.indexOf('Which crane'), all.indexOf('Undated task'))
    assert.notInclude(all, ' shown')
  })

  test('asks the decider, or the manager once the decider is gone, until it is decided', async ({
    assert,
    client,
  }) => {
    const { world, project, team } = await setUp()
    const manager = await world.person('manager')
    const sponsor = await world.person('sponsor')
    const asked = {
      type: 'decision',
      title: 'Which quay?',
      deciderId: sponsor.membershipId,
    } as const
    const decision = await raise(world, project, asked)
    await raise(world, await world.project({ status: 'closed' }), { ...asked, title: 'Too late' })
    await raise(world, project, { ...asked, title: 'Taken', status: 'decided' })
    const shown = async (person: Person) => (await client.get('/work').as(person)).text()
    const become = (status: string) =>
      sql(admin(), 'update memberships set status = ? where id = ?', [status, sponsor.membershipId])
    assert.match(
      await shown(sponsor),
      /Decision to make.*?Which quay\?|Which quay\?.*?Decision to make/s
    )
    for (const text of ['Too late', 'Taken']) assert.notInclude(await shown(sponsor), text)
    for (const person of [team, manager]) assert.notInclude(await shown(person), 'Which quay?')
    await become('left')
    assert.include(await shown(manager), 'Decision without a decider')
    assert.notInclude(await shown(team), 'Which quay?')
    await become('active')
    assert.notInclude(await shown(manager), 'Which quay?')
    await world.inside(() => decision.revise({ status: 'decided' }, 1))
    assert.notInclude(await shown(sponsor), 'Which quay?')
  })

  test('costs as many queries for much work as for little', async ({ assert, client }) => {
    const { world, project, team } = await setUp()
    const visit = () => client.get('/work').as(team)
    const more = async (count: number, where: Project) => {
      for (let done = 0; done < count; done++) {
        await addTask(world, where, team, { title: 'One', dueOn: inDays(done) })
        await raise(world, where, {
          ownerId: team.membershipId,
          dueOn: inDays(1),
          nextReviewOn: inDays(-1),
        })
      }
    }
    await more(1, project)
    await visit()
    const few = await countQueries(visit)
    await more(6, project)
    await more(6, await world.project())
    assert.equal(await countQueries(visit), few)
    assert.isAtMost(few - 1, 21)
    assert.isAtMost((await countTurns(visit)) - 1, 5)
  })

  test('is the first page after signing in', async ({ client }) => {
    const { team } = await setUp()
    const home = await client.get('/').as(team)
    home.assertHeader('location', '/work')
  })
})
