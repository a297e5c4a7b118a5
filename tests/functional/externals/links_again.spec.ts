import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import OutboxMail from '#models/outbox_mail'
import TaskLink from '#models/task_link'
import { linkedTask, tokenSentTo } from '#tests/support/exercises/externals'
import { register, World } from '#tests/support/world'
import { give, linksOf, statusOf, told } from '#tests/support/task_links'

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
