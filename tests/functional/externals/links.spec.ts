import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import type Project from '#models/project'
import OutboxMail from '#models/outbox_mail'
import Task from '#models/task'
import TaskLink from '#models/task_link'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { linkedTask, tokenSentTo } from '#tests/support/exercises/externals'
import { register, World, type Person } from '#tests/support/world'

async function linksOf({ organisationId }: World) {
  return sql(admin(), 'select * from task_links where organisation_id = ? order by created_at', [
    organisationId,
  ])
}

async function told({ organisationId }: World) {
  const rows = await sql(
    admin(),
    `select action, actor_kind as kind, facts->>'ref' as ref from audit.events
      where organisation_id = ? and entity_type = 'task_link' order by seq`,
    [organisationId]
  )
  return rows.map(({ action, kind, ref }) => `${kind} ${action} ${ref}`)
}

function statusOf(client: any, token: string): Promise<number> {
  return client.get(`/task/${token}`).then((response: any) => response.status())
}

function give(world: World, project: Project, by: Person, attributes: Partial<Task>) {
  return world.inside(() => Task.add(project, { title: 'Survey the quay', ...attributes }), by)
}

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
Quay <& Sons> gives you work through Orchestrate, and keeps your name and address to do so. To see, correct or erase what is kept, or to object: ${process.env.APP_URL}/privacy
`
    )
    assert.include(mail.htmlBody!, `href="${process.env.APP_URL}/task/${token}"`)
    assert.include(mail.htmlBody!, 'Survey &lt;the&gt; quay</h1>')
    assert.notInclude(mail.htmlBody!, '<the>')
    assert.closeTo((link.expires_at.getTime() - Date.now()) / 86_400_000, 30, 0.01)
    assert.equal(link.sent_by, manager.membershipId)
    assert.deepEqual(await told(world), [`member task_link.sent ${project.code}-T1`])
  })

  test('is kept nowhere that it could be read', async ({ assert }) => {
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

  test('is sent to nobody without an address, by no software, and for nothing that ended', async ({
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

  test('dies when the task goes to someone else, and is not revived when it comes back', async ({
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

  test('goes to the other when one external person follows another', async ({ assert, client }) => {
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

  test('dies with the person’s address, and with the person’s record', async ({
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
  test('brings one mail with links to what is open, and no other', async ({ assert, client }) => {
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

test.group('Sending the link again', () => {
  test('is told in the history of the task', async ({ assert, client }) => {
    const { world, project, task, token } = await linkedTask()
    const manager = await world.person('manager')
    const path = `/projects/${project.id}/tasks/${task.id}`
    await client
      .put(`/task/${token}/status`)
      .form({ status: 'in_progress', lock_version: task.lockVersion })
    await client.delete(`${path}/link`).as(manager)
    const page = await client.get(path).as(manager)
    const history = page.text().slice(page.text().indexOf('>History'))
    assert.match(history, /revoked the link to[\s\S]+changed the status of[\s\S]+sent a link to/)
  })

  test('replaces it; taking it back ends it', async ({ assert, client }) => {
    const { world, project, person, task, token } = await linkedTask()
    const manager = await world.person('manager')
    const path = `/projects/${project.id}/tasks/${task.id}`
    const sent = await client.post(`${path}/link`).as(manager)
    sent.assertStatus(303)
    sent.assertHeader('location', path)
    assert.equal(await statusOf(client, token), 410)
    const fresh = await tokenSentTo(person.email!)
    assert.equal(await statusOf(client, fresh), 200)
    const page = await client.get(path).as(manager)
    assert.include(
      page.text(),
      'can see and answer this task using a link that manager person sent'
    )
    assert.notInclude(page.text(), person.email!)
    for (let times = 0; times < 2; times++) {
      const revoked = await client.delete(`${path}/link`).as(manager)
      revoked.assertStatus(303)
    }
    assert.equal(await statusOf(client, fresh), 410)
    assert.deepEqual(
      (await told(world)).map((event) => event.split(' ')[1]),
      ['task_link.sent', 'task_link.sent', 'task_link.revoked']
    )
  })

  test('twenty times at once leaves one link, of the last mail', async ({ assert, client }) => {
    const { world, project, task } = await linkedTask()
    const manager = await world.person('manager')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        client.post(`/projects/${project.id}/tasks/${task.id}/link`).as(manager)
      )
    )
    for (const answer of answers) answer.assertStatus(303)
    const links = await linksOf(world)
    assert.lengthOf(links, 1)
    assert.equal(links[0].deliveries, 21)
    const mails = await world.inside(() => OutboxMail.query().where('template', 'task_link').exec())
    assert.lengthOf(mails, 21)
    const open = await Promise.all(
      mails.map((mail) => statusOf(client, mail.textBody!.match(/\/task\/([\w-]{43})/)![1]))
    )
    assert.lengthOf(
      open.filter((status) => status === 200),
      1
    )
  })

  test('is for those who may change the task', async ({ assert, client }) => {
    const { world, project, task } = await linkedTask()
    const other = await World.create('Other')
    const path = `/projects/${project.id}/tasks/${task.id}/link`
    for (const method of ['post', 'delete'] as const) {
      for (const role of ['team', 'viewer', 'sponsor', 'auditor'] as const) {
        const refused = await client[method](path).as(await world.person(role))
        refused.assertStatus(403)
      }
      for (const person of [await world.join(await register('x')), await other.person('owner')]) {
        const foreign = await client[method](path).as(person)
        foreign.assertStatus(404)
      }
    }
    assert.lengthOf(await told(world), 1)
    const page = await client
      .get(`/projects/${project.id}/tasks/${task.id}`)
      .as(await world.person('viewer'))
    assert.notInclude(page.text(), 'Link for the external person')
  })

  test('says why there is nobody to send it to', async ({ assert, client }) => {
    const { world, project, person, task } = await linkedTask()
    const manager = await world.person('manager')
    const path = `/projects/${project.id}/tasks/${task.id}`
    const refusal = async () => {
      const response = await client.post(`${path}/link`).as(manager).accept('json')
      response.assertStatus(422)
      return response.body().errors[0].message
    }
    await world.inside(async () =>
      (await ExternalResource.findById(person.id)).revise({ name: 'Sue', email: null }, 1, manager)
    )
    assert.match(await refusal(), /^This person has no email address/)
    await world.inside(async () => (await ExternalResource.findById(person.id)).archive())
    assert.match(await refusal(), /not assigned to an external person/)
    const page = await client.get(path).as(manager)
    assert.include(page.text(), 'This person is archived, so you cannot send a link.')
    const [link] = await linksOf(world)
    assert.equal(link.deliveries, 1)
    assert.isNotNull(link.revoked_at)
  })
})

test.group('Links of many tasks', () => {
  test('close with their person, each with its event', async ({ assert }) => {
    const { world, project, person } = await linkedTask()
    const manager = await world.person('manager')
    for (let n = 0; n < 3; n++) {
      await give(world, project, manager, { externalResourceId: person.id })
    }
    await world.inside(() => TaskLink.closeAllOf(person.id), manager)
    const links = await linksOf(world)
    assert.lengthOf(links, 4)
    assert.isTrue(links.every(({ revoked_at: at }) => at !== null))
    const revoked = (await told(world)).filter((event) => event.includes('revoked'))
    assert.sameMembers(
      revoked,
      [1, 2, 3, 4].map((n) => `member task_link.revoked ${project.code}-T${n}`)
    )
  })
})
