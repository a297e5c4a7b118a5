import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import type Project from '#models/project'
import { review } from '#models/raid/reviewing'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import TaskPredecessor from '#models/task_predecessor'
import WebhookDelivery from '#models/webhook_delivery'
import WebhookEndpoint, { PATIENCE_DAYS } from '#models/webhook_endpoint'
import { sql } from '#tenancy/sql'
import { deliverWebhook } from '#webhooks/delivering'
import { admin, quietly } from '#tests/support/admin'
import { send } from '#tests/support/sending'
import { Walk } from '#tests/support/walk'
import { addWebhook, Receiver, toThisMachine } from '#tests/support/webhooks'
import { World } from '#tests/support/world'

const PDF = Buffer.from('%PDF-1.7\n%%EOF\n')

test.group('Webhooks: deliveries', (group) => {
  let world: World
  let project: Project
  let receiver: Receiver
  let endpoint: WebhookEndpoint
  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    receiver = await Receiver.start()
    const events = ['raid_item.created' as const]
    endpoint = (await addWebhook(world, { url: receiver.url, events })).endpoint
    return () => receiver.stop()
  })

  const raise = async () =>
    world.inside(
      () => RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'A canary title' }),
      await world.person('manager')
    )
  const queued = () => world.inside(async () => [...(await WebhookDelivery.query().orderBy('id'))])
  const deliver = ({ id }: WebhookDelivery) =>
    deliverWebhook(world.organisationId, id, toThisMachine)
  const fresh = ({ id }: WebhookDelivery) => world.inside(() => WebhookDelivery.findOrFail(id))
  const jobs = (id: string) =>
    sql(
      admin(),
      `select run_at from graphile_worker._private_jobs where payload->>'deliveryId' = ?`,
      [id]
    )

  /** The endpoint once it answers so, and has failed before for longer than is waited. */
  async function afterDaysOfFailure(answer: number) {
    receiver.status = 500
    await raise()
    const delivery = (await queued()).at(-1)!
    await deliver(delivery)
    await sql(
      admin(),
      'update webhook_endpoints set failing_since = now() - make_interval(days => ?, hours => 1)',
      [PATIENCE_DAYS]
    )
    await sql(admin(), 'update webhook_deliveries set due_at = now() where id = ?', [delivery.id])
    receiver.status = answer
    await deliver(delivery)
    return world.inside(() => WebhookEndpoint.findById(endpoint.id))
  }

  test('are queued once by their event, with a job', async ({ assert }) => {
    await raise()
    const [delivery, ...others] = await queued()
    assert.isEmpty(others)
    assert.equal(delivery.action, 'raid_item.created')
    assert.lengthOf(await jobs(delivery.id), 1)
  })

  test('are not queued by what was undone, was not asked for, or is paused', async ({ assert }) => {
    const undone = world.inside(async () => {
      await RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Undone' })
      throw new Error('Undone')
    })
    await undone.catch(() => null)
    const manager = await world.person('manager')
    await world.inside(async () => {
      const fields = { type: 'risk', nature: 'threat', title: 'Changed' } as const
      const item = await RaidItem.draft(project, fields).merge({ number: 900 } as any)
      assert.isUndefined(item.id)
    }, manager)
    await world.inside(async () => (await WebhookEndpoint.findById(endpoint.id)).pause())
    await raise()
    assert.isEmpty(await queued())
  })

  test('of one organisation are not told to another', async ({ assert }) => {
    const other = await World.create('Elsewhere')
    await addWebhook(other, { events: ['raid_item.created'] })
    await raise()
    const theirs = await other.inside(async () => [...(await WebhookDelivery.query())])
    assert.isEmpty(theirs)
  })

  test('name no confidential entry, nor what answers it', async ({ assert, client }) => {
    await world.inside(
      async () => {
        const present = await WebhookEndpoint.findById(endpoint.id)
        await present.merge({ events: ['raid_item.created', 'task.created'] }).save()
        const kept = { sensitivity: 'named_people', title: 'A canary title' } as const
        const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', ...kept })
        const whose = { raidItemId: item.id, assigneeId: project.managerId! }
        await Task.add(project, { title: 'Answers it', ...whose })
      },
      await world.person('manager')
    )
    for (const delivery of await queued()) await deliver(delivery)
    const told = receiver.received.map(({ body }) => JSON.parse(body).data)
    assert.deepEqual(
      told.map(({ entity_type: type, ref }) => [type, ref]),
      [
        ['raid_item', null],
        ['task', null],
      ]
    )
    const walk = await Walk.begin(client, await world.person('admin'))
    const page = await walk.open(`/settings/webhooks/${endpoint.id}`)
    await quietly('delete from raid_items where project_id = ?', [project.id])
    const gone = await walk.open(`/settings/webhooks/${endpoint.id}`)
    assert.notInclude(gone.text(), `${project.code}-R1`, 'nor once the entry is gone')
    for (const ref of ['R1', 'T1']) assert.notInclude(page.text(), `${project.code}-${ref}`)
  })

  test('carry a signature by which the receiver knows them, and no names or texts', async ({
    assert,
  }) => {
    const item = await raise()
    const [delivery] = await queued()
    await deliver(delivery)
    const [{ headers, body }] = receiver.received
    const told = new Webhook(endpoint.secret).verify(body, headers as Record<string, string>) as any
    assert.equal(headers['webhook-id'], delivery.id)
    assert.deepInclude(told.data, {
      entity_id: item.id,
      project_id: project.id,
      ref: item.ref,
    })
    assert.include(told.data.url, `/projects/${project.id}/raid/${item.id}?organisation=`)
    for (const secret of ['canary', 'person', '@example.test']) assert.notInclude(body, secret)
    const settled = await fresh(delivery)
    assert.deepInclude(settled.$attributes, { state: 'delivered', responseCode: 204, attempts: 1 })
  })

  test('can be tested, whatever the endpoint listens to', async ({ assert, client }) => {
    const walk = await Walk.begin(client, await world.person('admin'))
    await walk.open(`/settings/webhooks/${endpoint.id}`)
    await walk.submitAndFollow(`/settings/webhooks/${endpoint.id}/test`, {})
    const [delivery] = await queued()
    await deliver(delivery)
    const [{ headers, body }] = receiver.received
    const told = new Webhook(endpoint.secret).verify(body, headers as Record<string, string>) as any
    assert.equal(told.type, 'webhook_endpoint.tested')
    assert.deepInclude(told.data, { entity_id: endpoint.id, project_id: null, api_url: null })
    const page = await walk.open(`/settings/webhooks/${endpoint.id}`)
    assert.include(page.text(), 'A test')
  })

  test('are not sent while the endpoint is paused', async ({ assert, client }) => {
    await world.inside(async () => (await WebhookEndpoint.findById(endpoint.id)).pause())
    const walk = await Walk.begin(client, await world.person('admin'))
    const page = await walk.open(`/settings/webhooks/${endpoint.id}`)
    assert.notInclude(page.text(), `${endpoint.id}/test"`)
    for (const act of ['test', 'redelivery']) {
      await walk.submit(`/settings/webhooks/${endpoint.id}/${act}`, {})
    }
    assert.isEmpty(await queued())
  })

  test('that failed are sent again together, with the ids that they had', async ({
    assert,
    client,
  }) => {
    for (let count = 0; count < 3; count++) await raise()
    const [first, second, third] = await queued()
    await deliver(third)
    await world.inside(async () => {
      const query = WebhookDelivery.query().whereIn('id', [first.id, second.id])
      await query.update({ state: 'failed', attempts: 8, failure: 'unreachable' })
    })
    const walk = await Walk.begin(client, await world.person('admin'))
    const page = await walk.open(`/settings/webhooks/${endpoint.id}`)
    assert.include(page.text(), 'Send undelivered messages again')
    await walk.submitAndFollow(`/settings/webhooks/${endpoint.id}/redelivery`, {})
    for (const delivery of [first, second]) await deliver(delivery)
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    assert.deepEqual(ids, [third.id, first.id, second.id])
    assert.equal((await fresh(first)).state, 'delivered')
  })

  test('that wait for hours are sent as soon as their receiver is mended, one or all', async ({
    assert,
    client,
  }) => {
    for (let count = 0; count < 4; count++) await raise()
    const [one, other, third, untried] = await queued()
    receiver.status = 500
    for (const delivery of [one, other, third]) await deliver(delivery)
    receiver.status = 204
    await deliver(one)
    assert.lengthOf(receiver.received, 3, 'its next attempt is not due')
    const home = `/settings/webhooks/${endpoint.id}`
    const walk = await Walk.begin(client, await world.person('admin'))
    assert.include((await walk.open('/settings/webhooks')).text(), 'Nothing delivered since')
    const page = (await walk.open(home)).text()
    assert.lengthOf(page.match(/Send now\s*</g)!, 3)
    assert.notInclude(page, `${home}/deliveries/${untried.id}`)
    await walk.submitAndFollow(`${home}/deliveries/${one.id}`, {}, 'PUT')
    await deliver(one)
    const { state, attempts } = await fresh(one)
    assert.deepEqual([state, attempts], ['delivered', 2])
    await walk.submitAndFollow(`${home}/redelivery`, {})
    for (const delivery of [other, third]) {
      await deliver(delivery)
      assert.equal((await fresh(delivery)).state, 'delivered')
    }
    const ids = receiver.received.slice(3).map(({ headers }) => headers['webhook-id'])
    assert.deepEqual(ids, [one.id, other.id, third.id])
  })

  test('sent again while their endpoint is removed go with it', async ({ assert, client }) => {
    const admins = await world.person('admin')
    for (let time = 0; time < 5; time++) {
      const events = ['raid_item.created' as const]
      const { id } = (await addWebhook(world, { url: receiver.url, events })).endpoint
      await raise()
      const delivery = (await queued()).find(({ endpointId }) => endpointId === id)!
      await deliver(delivery)
      const home = `/settings/webhooks/${id}`
      const answers = await Promise.all([
        send(client, 'PUT', `${home}/deliveries/${delivery.id}`, admins),
        send(client, 'POST', `${home}/redelivery`, admins),
        send(client, 'DELETE', home, admins),
        deliver(delivery),
      ])
      for (const answer of answers) if (answer) assert.include([303, 404], answer.status())
    }
  })

  test('tell of an escalation where its entry says more', async ({ assert }) => {
    const item = await raise()
    await world.inside(
      async () => {
        const present = await WebhookEndpoint.findById(endpoint.id)
        await present.merge({ events: ['raid_escalation.created'] }).save()
        const ask = { level: 'organisation', reason: 'canary', ask: 'canary' } as const
        await RaidEscalation.raise(item, project, { ...ask, askedOfId: null })
      },
      await world.person('manager')
    )
    const delivery = (await queued()).at(-1)!
    await deliver(delivery)
    const { body } = receiver.received.at(-1)!
    const { data } = JSON.parse(body)
    assert.equal(data.ref, item.ref)
    assert.match(data.api_url, new RegExp(`/raid/${item.id}/escalations$`))
    assert.notInclude(body, 'canary')
  })

  test('tell of entries that were reviewed together, each with its ref', async ({ assert }) => {
    const manager = await world.person('manager')
    const viewer = await world.viewer(manager)
    const items = [await raise(), await raise()]
    for (const delivery of await queued()) await deliver(delivery)
    const before = receiver.received.length
    await world.inside(async () => {
      const present = await WebhookEndpoint.findById(endpoint.id)
      await present.merge({ events: ['raid_item.reviewed'] }).save()
    }, manager)
    await world.inside(async () => {
      const rows = items.map(({ number, lockVersion }) => ({ number, lockVersion }))
      const looked = { project, viewer, type: 'risk', rows, may: () => true } as const
      assert.isEmpty(await review(looked, { nextReviewOn: null, remark: 'canary' }))
    }, manager)
    for (const delivery of await queued()) await deliver(delivery)
    const told = receiver.received.slice(before).map(({ body }) => JSON.parse(body))
    assert.sameDeepMembers(
      told.map(({ type, data }) => [type, data.ref]),
      items.map(({ ref }) => ['raid_item.reviewed', ref])
    )
    for (const { body } of receiver.received) assert.notInclude(body, 'canary')
  })

  test('of files tell the task or the gate that they belong to, and no names', async ({
    assert,
  }) => {
    const manager = await world.person('manager')
    const task = await world.inside(async () => {
      const present = await WebhookEndpoint.findById(endpoint.id)
      const events = ['task_attachment', 'gate_evidence'] as const
      await present
        .merge({
          events: [
            ...events.map((type) => `${type}.created` as const),
            'task_attachment.deleted',
            'gate_evidence.removed',
          ],
        })
        .save()
      return Task.add(project, { title: 'Sign it', assigneeId: project.managerId! })
    }, manager)
    const [gate, attachment, evidence] = await world.inside(async () => {
      const [first] = await Gate.of(project)
      const [criterion] = await GateCriterion.of(first.refersTo(project))
      const shown = await GateEvidence.addFile(criterion.refersTo(first), 'canary.pdf', PDF)
      const file = await TaskAttachment.add(task, 'canary.pdf', PDF)
      await file.remove()
      await shown.remove()
      return [first, file, shown] as const
    }, manager)
    for (const delivery of await queued()) await deliver(delivery)
    const told = receiver.received.map(({ body }) => JSON.parse(body))
    assert.deepEqual(
      told.map(({ type, data }) => [type, data.entity_id, data.ref]),
      [
        ['gate_evidence.created', evidence.id, gate.$extras.ref],
        ['task_attachment.created', attachment.id, task.ref],
        ['task_attachment.deleted', attachment.id, task.ref],
        ['gate_evidence.removed', evidence.id, gate.$extras.ref],
      ]
    )
    const [, { data: ofTask }] = told
    const [{ data: ofGate }] = told
    const home = `/projects/${project.id}`
    assert.include(ofTask.url, `${home}/tasks/${task.id}?organisation=`)
    assert.include(ofTask.api_url, `/api/v1${home}/tasks/${task.id}`)
    assert.include(ofGate.url, `${home}/gates/${gate.id}?organisation=`)
    assert.include(ofGate.api_url, `/api/v1${home}/gates/${gate.id}/evidence`)
    for (const { body } of receiver.received) assert.notInclude(body, 'canary')
  })

  test('tell what a task waits for by the ref of the task, and of what answers a confidential entry none', async ({
    assert,
  }) => {
    const events = ['task.predecessor_added', 'task.predecessor_removed'] as const
    const [open, guarded] = await world.inside(
      async () => {
        const present = await WebhookEndpoint.findById(endpoint.id)
        await present.merge({ events: [...events] }).save()
        const assigneeId = project.managerId!
        const kept = { sensitivity: 'named_people', title: 'Kept' } as const
        const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', ...kept })
        const before = await Task.add(project, { title: 'A canary title', assigneeId })
        const waiting = [
          await Task.add(project, { title: 'Waits', assigneeId }),
          await Task.add(project, { title: 'Answers it', assigneeId, raidItemId: item.id }),
        ] as const
        for (const task of waiting) {
          await TaskPredecessor.join(task, before)
          const link = await TaskPredecessor.query().where('task_id', task.id).firstOrFail()
          await link.sever(task)
        }
        return waiting
      },
      await world.person('manager')
    )
    for (const delivery of await queued()) await deliver(delivery)
    const told = receiver.received.map(({ body }) => JSON.parse(body))
    assert.deepEqual(
      told.map(({ type, data }) => [type, data.entity_id, data.ref]),
      [open, guarded].flatMap((task) =>
        events.map((event) => [event, task.id, task === open ? open.ref : null])
      )
    )
    assert.include(told[0].data.api_url, `/api/v1/projects/${project.id}/tasks/${open.id}`)
    for (const { body } of receiver.received) assert.notInclude(body, 'canary')
  })

  test('of a file of what answers a confidential entry name no ref', async ({ assert }) => {
    await world.inside(
      async () => {
        const present = await WebhookEndpoint.findById(endpoint.id)
        await present.merge({ events: ['task_attachment.created'] }).save()
        const kept = { sensitivity: 'named_people', title: 'Kept' } as const
        const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', ...kept })
        const whose = { raidItemId: item.id, assigneeId: project.managerId! }
        const task = await Task.add(project, { title: 'Answers it', ...whose })
        await TaskAttachment.add(task, 'canary.pdf', PDF)
      },
      await world.person('manager')
    )
    const [delivery] = await queued()
    await deliver(delivery)
    assert.isNull(JSON.parse(receiver.received[0].body).data.ref)
  })

  test('that fail for days leave an endpoint paused that was paused meanwhile', async ({
    assert,
  }) => {
    receiver.status = 500
    await raise()
    const [delivery] = await queued()
    receiver.meanwhile = async () => {
      await world.inside(async () => (await WebhookEndpoint.findById(endpoint.id)).pause())
      await quietly(
        'update webhook_endpoints set failing_since = now() - make_interval(days => ?, hours => 1)',
        [PATIENCE_DAYS]
      )
    }
    await deliver(delivery)
    const { status } = await world.inside(() => WebhookEndpoint.findById(endpoint.id))
    assert.equal(status, 'paused')
  })

  test('are signed by the former secret too, for a day after a new one', async ({ assert }) => {
    const former = endpoint.secret
    const secret = await world.inside(async () =>
      (await WebhookEndpoint.findById(endpoint.id)).renewSecret()
    )
    await raise()
    await deliver((await queued())[0])
    const [{ headers, body }] = receiver.received
    for (const known of [former, secret]) {
      assert.isObject(new Webhook(known).verify(body, headers as Record<string, string>))
    }
    await quietly(`update webhook_endpoints set former_until = former_until - interval '24 hours'`)
    await raise()
    await deliver((await queued())[1])
    const [, later] = receiver.received
    const verify = () =>
      new Webhook(former).verify(later.body, later.headers as Record<string, string>)
    assert.throws(verify)
  })

  test('are tried again later and later, then given up: {status}')
    .with([{ status: 500 }, { status: 404 }, { status: 302 }])
    .run(async ({ assert }, { status }) => {
      receiver.status = status
      receiver.headers = { location: receiver.url }
      await raise()
      const [delivery] = await queued()
      const pauses: number[] = []
      for (let attempt = 1; attempt <= 8; attempt++) {
        const before = Date.now()
        await deliver(delivery)
        const now = await fresh(delivery)
        assert.equal(now.attempts, attempt)
        if (now.state === 'queued') pauses.push((now.dueAt.toMillis() - before) / 1000)
        await sql(admin(), 'update webhook_deliveries set due_at = now() where id = ?', [
          delivery.id,
        ])
      }
      assert.lengthOf(receiver.received, 8)
      assert.deepInclude((await fresh(delivery)).$attributes, {
        state: 'failed',
        responseCode: status,
      })
      assert.deepEqual(
        pauses,
        pauses.toSorted((one, other) => one - other)
      )
      assert.isAbove(pauses.at(-1)!, 11 * 3600)
    })

  test('are sent once even if the job runs twice', async ({ assert }) => {
    await raise()
    const [delivery] = await queued()
    await Promise.all([deliver(delivery), deliver(delivery)])
    await deliver(delivery)
    assert.lengthOf(receiver.received, 1)
    receiver.status = 500
    await raise()
    const [, failing] = await queued()
    await deliver(failing)
    await deliver(failing)
    assert.lengthOf(receiver.received, 2, 'not before its pause is over')
  })

  test('keep the outcome of the later attempt where an earlier one ends after it', async ({
    assert,
  }) => {
    await raise()
    const [delivery] = await queued()
    receiver.meanwhile = async () => {
      await sql(admin(), 'update webhook_deliveries set due_at = now() where id = ?', [delivery.id])
      receiver.status = 500
      await deliver(delivery)
      receiver.status = 204
    }
    await deliver(delivery)
    const kept = { state: 'queued', attempts: 2, responseCode: 500 }
    assert.deepInclude((await fresh(delivery)).$attributes, kept)
  })

  test('rest while the organisation is suspended', async ({ assert }) => {
    await raise()
    const [delivery] = await queued()
    await sql(
      admin(),
      `update organisations set suspended_at = now(), suspension_reason = 'Unpaid' where id = ?`,
      [world.organisationId]
    )
    await deliver(delivery)
    assert.isEmpty(receiver.received)
    const kept = 'select state, attempts from webhook_deliveries where id = ?'
    assert.deepEqual(await sql(admin(), kept, [delivery.id]), [{ state: 'queued', attempts: 0 }])
  })

  test('are sent again on request, under the same id', async ({ assert, client }) => {
    await raise()
    const [delivery] = await queued()
    await deliver(delivery)
    const owner = await world.person('owner')
    const asked = await client
      .put(`/settings/webhooks/${endpoint.id}/deliveries/${delivery.id}`)
      .as(owner)
    asked.assertStatus(303)
    await deliver(delivery)
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    assert.deepEqual(ids, [delivery.id, delivery.id])
  })

  test('switch their endpoint off after days of failure, and its admins are told', async ({
    assert,
    client,
  }) => {
    const recovered = await afterDaysOfFailure(200)
    assert.deepInclude(recovered.$attributes, { status: 'active', failingSince: null })
    const present = await afterDaysOfFailure(500)
    assert.equal(present.status, 'failing')
    const walk = await Walk.begin(client, await world.person('owner'))
    assert.include((await walk.open('/notifications')).text(), 'was switched off')
    await raise()
    assert.lengthOf(await queued(), 2)
  })

  test('are listed with what was answered', async ({ assert, client }) => {
    receiver.status = 500
    const item = await raise()
    await deliver((await queued())[0])
    const walk = await Walk.begin(client, await world.person('owner'))
    const page = (await walk.open(`/settings/webhooks/${endpoint.id}`)).text()
    for (const text of [item.ref, 'HTTP 500', 'It did not answer with success']) {
      assert.include(page, text)
    }
  })
})
