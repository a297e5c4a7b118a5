import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { recoverMails } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { ResendReceiver } from '#tests/support/resend_receiver'
import { World } from '#tests/support/world'

const MAILS = 100
const KILLS = 8

/**
 * How long the receiver holds mails that it took, in turns: so long that a kill falls on all that a worker sends at
 * once, and so short that it may fall just before a call or just after its answer.
 */
const ANSWERS_AFTER = [400, 40]

test.group('Mails: a burst under a dying worker', () => {
  test(`${MAILS} mails and ${KILLS} kills: each mail arrives once`, async ({ assert }) => {
    const receiver = await ResendReceiver.start()
    const world = await World.create()
    await dropOtherJobs()
    const ids = new Set(await world.inside(() => queueBurst()))
    const asked = () => receiver.requests.filter(({ key }) => ids.has(key!)).length
    const workers = new Workers(receiver.url)

    for (let number = 0; number < KILLS; number++) {
      receiver.delay = ANSWERS_AFTER[number % 2]
      const reached = asked() + 2 + (number % 5)
      await workers.until(() => asked() >= reached || allSent(world))
      await workers.killOldest()
    }
    receiver.delay = 0
    for (let round = 0; round < 20 && !(await allSent(world)); round++) {
      await passTime(world)
      await recoverMails()
      await workers.until(() => allSent(world), 5000)
    }
    await workers.end()
    await receiver.stop()

    const rows = await sql(
      admin(),
      'select id, status, attempts, provider_id from email_outbox where organisation_id = ?',
      [world.organisationId]
    )
    assert.deepEqual([...new Set(rows.map(({ status }) => status))], ['sent'])
    const mine = receiver.mails.filter(({ key }) => ids.has(key))
    assert.lengthOf(mine, MAILS)
    assert.lengthOf(new Set(mine.map(({ body }) => body.to)), MAILS)
    const acknowledged = new Map(rows.map((row) => [row.id, row.provider_id]))
    for (const { key, id } of mine) assert.equal(acknowledged.get(key), id)
    const again = rows.filter(({ attempts }) => attempts > 1)
    assert.isAtLeast(again.length, KILLS / 2, 'kills fell between call and record')
  })
})

/** Two workers side by side: one works while the next one starts, which takes most of the time. */
class Workers {
  #running: ChildProcess[]

  constructor(private url: string) {
    this.#running = [this.#start(), this.#start()]
  }

  async until(done: () => boolean | Promise<boolean>, most = 60_000) {
    for (const end = Date.now() + most; Date.now() < end && !(await done());) await wait(10)
  }

  /** As a machine that loses its power would. */
  async killOldest() {
    this.#running.push(this.#start())
    await kill(this.#running.shift()!)
  }

  async end() {
    for (const child of this.#running.splice(0)) await kill(child)
  }

  #start() {
    return spawn(process.execPath, ['ace.js', 'worker'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, RESEND_API_KEY: 're_test', RESEND_BASE_URL: this.url },
    })
  }
}

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** What earlier tests left waiting would come first, and take the kills that are meant for ours. */
async function dropOtherJobs() {
  await sql(admin(), 'delete from graphile_worker._private_jobs where locked_at is null')
}

async function queueBurst() {
  const ids: string[] = []
  for (let number = 0; number < MAILS; number++) {
    ids.push(
      await queueMail({
        template: 'notice',
        to: { email: `reader-${number}@example.test` },
        data: { subject: `Notice ${number}`, paragraphs: ['One of many.'] },
        key: `burst:${number}`,
      })
    )
  }
  return ids
}

async function allSent(world: World) {
  const [{ left }] = await sql(
    admin(),
    `select count(*)::int as left from email_outbox where organisation_id = ? and status <> 'sent'`,
    [world.organisationId]
  )
  return left === 0
}

/** Long enough for what the dead held to be taken for lost. */
async function passTime(world: World) {
  await sql(
    admin(),
    `update email_outbox set due_at = due_at - interval '10 minutes'
      where organisation_id = ? and status <> 'sent'`,
    [world.organisationId]
  )
}
