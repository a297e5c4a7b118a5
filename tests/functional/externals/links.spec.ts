import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import OutboxMail from '#models/outbox_mail'
import Task from '#models/task'
import TaskLink from '#models/task_link'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { linkedTask, tokenSentTo } from '#tests/support/exercises/externals'
import { World, type Person } from '#tests/support/world'
import { give, linksOf, statusOf, told } from '#tests/support/task_links'

function change(world: World, by: Person, { id, ref }: Task, changes: Partial<Task>) {
  return world.inside(async () => {
    const task = await Task.findOrFail(id)
    task.$extras.ref = ref
    return task.revise(changes, task.lockVersion)
  }, by)
}

test.group('The link to a task', () => {
  test('is mailed when the task is given to someone with an address', async ({ assert }) => {
    const world = await World.create('Quay <& Sons>')
    const project = await world.project({ name: 'New\nquay' })
    const manager = await world.person('manager')
    await world.inside(async () => {
      const { id } = await ExternalResource.add(
        { name: 'Sue Surveyor', email: 'sue@example.test' },
        manager
      )
      await Task.add(project, {
        title: 'Survey <the> quay',
        externalResourceId: id,
        dueOn: '2026-12-24',
      })
    }, manager)
    const token = await tokenSentTo('sue@example.test')
    const mail = await world.inside(() =>
      OutboxMail.query().where('template', 'task_link').firstOrFail()
    )
    const [link] = await linksOf(world)
    const until = mail.textBody!.match(/It works until ([^,]+, \d\d:\d\d [^,]+),/)![1]
    assert.equal(mail.subject, 'A task from Quay <& Sons>: Survey <the> quay')
    assert.equal(
      mail.textBody,
      `manager person has asked you to do this for Quay <& Sons>, in the project New quay:

Survey <the> quay
Due on 24 Dec 2026

See the task:
${process.env.APP_URL}/task/${token}

Use the link to see the task and say how far you are. You do not need an account, and opening it changes nothing. It works until ${until}, and for 7 days after the task has ended. Anyone who has it can answer for you, so do not forward this email.

--
Quay <& Sons> gives you work through Orchestrate, and keeps your name and address to do so. To see, correct or erase what is kept, or to object: ${process.env.APP_URL}/privacy/requests/create
`
    )
    assert.include(mail.htmlBody!, `href="${process.env.APP_URL}/task/${token}"`)
    assert.include(mail.htmlBody!, 'Survey &lt;the&gt; quay</h1>')
    assert.notInclude(mail.htmlBody!, '<the>')
    assert.closeTo((link.expires_at.getTime() - Date.now()) / 86_400_000, 30, 0.01)
    assert.equal(link.sent_by, manager.membershipId)
    assert.deepEqual(await told(world), [`member task_link.sent ${project.code}-T1`])
  })

  test('is stored nowhere in readable form', async ({ assert }) => {
    const { world, token } = await linkedTask()
    const [{ count }] = await sql(
      admin(),
      `select (select count(*) from audit.event_values where strpos(value::text, ?) > 0)
            + (select count(*) from audit.events where strpos(header, ?) > 0)
            + (select count(*) from task_links where strpos(task_links::text, ?) > 0) as count`,
      [token, token, token]
    )
    assert.equal(Number(count), 0)
    assert.lengthOf(await linksOf(world), 1)
  })

  test('is not sent without an address, for a task that has ended, or for one from a file', async ({
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const add = (email: string | null) =>
      world.inside(() => ExternalResource.add({ name: 'A surveyor', email }, manager))
    const [silent, other] = [await add(null), await add('other@example.test')]
    await give(world, project, manager, { externalResourceId: silent.id })
    await give(world, project, manager, { externalResourceId: other.id, status: 'done' })
    await world.inside(() =>
      Task.add(project, { title: 'From a file', externalResourceId: other.id })
    )
    assert.deepEqual(await linksOf(world), [])
  })

  test('ends when the task goes to someone else, and stays ended when it comes back', async ({
    assert,
    client,
  }) => {
    const { world, project, person, task, token } = await linkedTask()
    const manager = await world.person('manager')
    assert.equal(await statusOf(client, token), 200)
    const mine = { assigneeId: manager.membershipId, externalResourceId: null }
    await change(world, manager, task, mine)
    assert.equal(await statusOf(client, token), 410)
    await change(world, manager, task, { assigneeId: null, externalResourceId: person.id })
    assert.equal(await statusOf(client, token), 410)
    const fresh = await tokenSentTo(person.email!)
    assert.notEqual(fresh, token)
    assert.equal(await statusOf(client, fresh), 200)
    assert.lengthOf(await linksOf(world), 1)
    const ref = `${project.code}-T1`
    assert.deepEqual(await told(world), [
      `member task_link.sent ${ref}`,
      `member task_link.revoked ${ref}`,
      `member task_link.sent ${ref}`,
    ])
  })

  test('is sent to the new person when one external person follows another', async ({
    assert,
    client,
  }) => {
    const { world, task, token } = await linkedTask()
    const manager = await world.person('manager')
    const diver = await world.inside(() =>
      ExternalResource.add({ name: 'A diver', email: 'diver@example.test' }, manager)
    )
    await change(world, manager, task, { externalResourceId: diver.id })
    assert.equal(await statusOf(client, token), 410)
    assert.equal(await statusOf(client, await tokenSentTo('diver@example.test')), 200)
  })

  test('stays as it is when something else about the task changes', async ({ assert, client }) => {
    const { world, task, token } = await linkedTask()
    await change(world, await world.person('manager'), task, { title: 'Survey both quays' })
    assert.equal(await statusOf(client, token), 200)
    assert.equal((await linksOf(world))[0].deliveries, 1)
  })

  test('ends after 30 days, or 7 days after the task', async ({ assert, client }) => {
    const { world, task, token } = await linkedTask()
    const manager = await world.person('manager')
    const age = (column: 'endedAt' | 'expiresAt', days: number) =>
      world.inside(async () => {
        const link = await TaskLink.firstOrFail()
        link[column] = link[column]!.minus({ days })
        await link.save()
      })
    const move = (status: 'done' | 'in_progress') =>
      world.inside(async () => {
        const present = await Task.findOrFail(task.id)
        await present.move(status, { lockVersion: present.lockVersion })
      }, manager)
    await move('done')
    assert.equal(await statusOf(client, token), 200)
    await age('endedAt', 6)
    assert.equal(await statusOf(client, token), 200)
    await age('endedAt', 1)
    assert.equal(await statusOf(client, token), 410)
    await move('in_progress')
    await age('expiresAt', 29)
    assert.equal(await statusOf(client, token), 200)
    await age('expiresAt', 1)
    assert.equal(await statusOf(client, token), 410)
  })

  test('ends with the person’s address, and with the person’s record', async ({
    assert,
    client,
  }) => {
    const ways: Record<string, (person: ExternalResource) => Promise<unknown>> = {
      'another address': (person) =>
        person.revise({ name: person.name, email: 'new@example.test' }, 1, { name: 'Ada' }),
      'no address': (person) =>
        person.revise({ name: person.name, email: null }, 1, { name: 'Ada' }),
      'archived': (person) => person.archive(),
    }
    for (const [way, end] of Object.entries(ways)) {
      const { world, project, person, token } = await linkedTask()
      await world.inside(async () => end(await ExternalResource.findById(person.id)))
      assert.equal(await statusOf(client, token), 410, way)
      assert.equal((await told(world)).at(-1), `system task_link.revoked ${project.code}-T1`)
    }
    const { world, person, token } = await linkedTask()
    await world.inside(async () => {
      const present = await ExternalResource.findById(person.id)
      await present.revise({ name: 'Renamed', email: person.email!.toUpperCase() }, 1, {
        name: 'Ada',
      })
    })
    assert.equal(await statusOf(client, token), 200, 'the same address, written otherwise')
  })
})

test.group('An address that is given later', () => {
  test('sends one mail with links to open tasks', async ({ assert, client }) => {
    const world = await World.create()
    const [project, other] = [await world.project(), await world.project({ name: 'Tide gate' })]
    const [manager, administrator] = [await world.person('manager'), await world.person('admin')]
    const { id } = await world.inside(() =>
      ExternalResource.add({ name: 'Sue', email: null }, manager)
    )
    const email = `sue-${project.code.toLowerCase()}@example.test`
    const theirs = { externalResourceId: id }
    await give(world, project, manager, { ...theirs, title: 'Survey the quay' })
    await give(world, other, manager, { ...theirs, title: 'Sound the basin' })
    await give(world, project, manager, { ...theirs, status: 'cancelled' })
    assert.lengthOf(await linksOf(world), 0)

    const fields = { name: 'Sue', email, lock_version: 1 }
    const saved = await client.put(`/externals/${id}`).as(administrator).form(fields)
    saved.assertStatus(303)
    const mails = await world.inside(() =>
      OutboxMail.query().where('email', email).orderBy('id').exec()
    )
    assert.deepEqual(
      mails.map(({ template }) => template),
      ['external_notice', 'task_links']
    )
    const { textBody } = mails[1]
    for (const words of ['Survey the quay', 'Sound the basin', 'Tide gate', administrator.name]) {
      assert.include(textBody!, words)
    }
    const tokens = [...textBody!.matchAll(/\/task\/([\w-]{43})/g)].map(([, token]) => token)
    assert.lengthOf(tokens, 2)
    for (const token of tokens) assert.equal(await statusOf(client, token), 200)
    assert.lengthOf(await linksOf(world), 2)

    await client
      .put(`/externals/${id}`)
      .as(administrator)
      .form({ ...fields, name: 'Susan', lock_version: 2 })
    assert.lengthOf(await linksOf(world), 2)
    assert.equal(await statusOf(client, tokens[0]), 200)
  })
})
