import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { limiting } from '#config/limiter'
import { collectorAddress } from '#config/setting_rules'
import { tasksOf } from '#jobs/tasks'
import { countFor } from '#middleware/limit_middleware'
import {
  countRequest,
  flushMetrics,
  observeQueues,
  startMetrics,
  stopMetrics,
} from '#monitoring/metrics'
import { guardEgress } from '#privacy/egress_guard'
import { limits } from '#registries/limits'
import { declaredRoutes } from '#start/router'
import { OtlpReceiver } from '#tests/support/otlp_receiver'
import { World } from '#tests/support/world'

const REQUESTS = 'http.server.request.duration'
const LABELS = [
  'http.request.method',
  'http.route',
  'http.response.status_class',
  'limit',
  'job',
  'db.client.connection.pool.name',
  'state',
]

test.group('Metrics', (group) => {
  let receiver: OtlpReceiver

  group.each.setup(async () => {
    receiver = await OtlpReceiver.start()
    const headers = { authorization: 'Bearer collector' }
    const settings = { endpoint: receiver.address, headers, release: '1.2.3', everyMs: 3_600_000 }
    await startMetrics(settings, 'web')
    return async () => {
      await stopMetrics()
      receiver.stop()
    }
  })

  test('time requests by route and class of answer', async ({ assert, client }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    for (let count = 0; count < 3; count++) await client.get('/projects').as(owner)
    await client.get(`/projects/${randomUUID()}`).as(owner)
    await flushMetrics()
    const points = receiver.points(REQUESTS)
    const of = (route: string, status: string) =>
      points.find(
        ({ labels }) =>
          labels['http.route'] === route && labels['http.response.status_class'] === status
      )
    assert.equal(of('/projects', '2xx')?.count, 3)
    assert.isAbove(of('/projects', '2xx')!.value, 0)
    assert.equal(of('/projects/:project_id', '4xx')?.count, 1)
    assert.equal(receiver.headers.authorization, 'Bearer collector')
  })

  test('include refusals, failed jobs, queues, pools and the process', async ({ assert }) => {
    observeQueues()
    limiting.isOn = true
    const subject = randomUUID()
    try {
      for (let count = 0; count < limits.founding.requests; count++) {
        await countFor('founding', subject)
      }
      await assert.rejects(() => countFor('founding', subject))
    } finally {
      limiting.isOn = false
    }
    const broken = { scope: 'platform', run: () => Promise.reject(new Error('No')) } as any
    const { broken: task } = tasksOf({ broken } as any)
    await assert.rejects(async () => task!({}, { job: { id: '1' } } as any))
    await flushMetrics()
    const [refusal] = receiver.points('orchestrate.limits.refusals')
    assert.deepInclude(refusal, { labels: { limit: 'founding' }, value: 1 })
    const [failure] = receiver.points('orchestrate.jobs.failures')
    assert.deepInclude(failure, { labels: { job: 'broken' }, value: 1 })
    for (const name of [
      'jobs.waiting',
      'jobs.running',
      'jobs.failed',
      'jobs.wait',
      'mails.waiting',
      'mails.wait',
      'assistant.spend',
      'audit.seal_lag',
    ]) {
      const [{ value }] = receiver.points(`orchestrate.${name}`)
      assert.isAtLeast(value, 0, name)
    }
    assert.isAbove(receiver.points('process.memory.usage')[0].value, 50e6)
    assert.isAtLeast(receiver.points('nodejs.eventloop.delay.p99')[0].value, 0)
    const pools = receiver.points('db.client.connection.count').map(({ labels }) => labels)
    assert.deepInclude(pools, { 'db.client.connection.pool.name': 'app', 'state': 'idle' })
  })

  test('name nobody, and have labels from closed lists only', async ({ assert, client }) => {
    const world = await World.create('Quay & Sons')
    const project = await world.project()
    const owner = await world.person('owner')
    const canary = randomUUID()
    await client.get(`/projects/${project.id}?q=${canary}`).as(owner).header('x-note', canary)
    for (let count = 0; count < 30; count++) await client.get(`/nowhere/${canary}/${count}`)
    for (const method of ['BREW', canary]) {
      countRequest({ method, route: undefined, status: 404, seconds: 0.1 })
    }
    observeQueues()
    await flushMetrics()
    const text = receiver.raw.join()
    for (const secret of [canary, owner.email, owner.name, owner.userId, owner.membershipId]) {
      assert.notInclude(text, secret)
    }
    for (const secret of [world.organisationId, project.id, project.code, 'Quay', '127.0.0.1']) {
      assert.notInclude(text, secret)
    }
    const routes = [...declaredRoutes().map(({ pattern }) => pattern), '[unknown]']
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '_OTHER']
    for (const { labels } of receiver.points()) {
      assert.includeMembers(LABELS, Object.keys(labels))
      if (!('http.route' in labels)) continue
      assert.include(routes, labels['http.route'])
      assert.include(methods, labels['http.request.method'])
      assert.match(labels['http.response.status_class'], /^[1-5]xx$/)
    }
  })
})

test.group('Metrics, the way out', () => {
  test('are sent nowhere unless a collector is set', async ({ assert, client }) => {
    const receiver = await OtlpReceiver.start()
    await startMetrics({ endpoint: undefined, headers: {}, release: '1', everyMs: 1 }, 'web')
    await client.get('/health/live')
    await flushMetrics()
    assert.lengthOf(receiver.raw, 0)
    receiver.stop()
  })

  test('pass the closed way out to the collector and to nothing beside it', async ({ assert }) => {
    const receiver = await OtlpReceiver.start()
    const beside = await OtlpReceiver.start()
    const open = guardEgress({ ours: [], loopback: false, collector: receiver.address })
    try {
      await fetch(`${receiver.address}/v1/metrics`, { method: 'POST', body: '{}' })
      assert.lengthOf(receiver.raw, 1)
      await assert.rejects(() => fetch(`${beside.address}/v1/metrics`), /No registered processor/)
    } finally {
      open()
      receiver.stop()
      beside.stop()
    }
  })

  test('leave production over TLS, or within the private network', ({ assert, cleanup }) => {
    const before = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    cleanup(() => void (process.env.NODE_ENV = before))
    const rule = collectorAddress()
    assert.throws(() => rule('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector.example:4318'))
    assert.isUndefined(rule('OTEL_EXPORTER_OTLP_ENDPOINT', undefined))
    for (const url of ['https://collector.example:4318', 'http://collector.internal:4318']) {
      assert.equal(rule('OTEL_EXPORTER_OTLP_ENDPOINT', url), url)
    }
  })
})
