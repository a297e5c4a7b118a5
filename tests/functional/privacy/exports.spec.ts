import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import { DateTime } from 'luxon'
import PrivacyExport from '#models/privacy_export'
import PrivacyRequest from '#models/privacy_request'
import { askBack } from '#models/privacy_request/handling'
import { makeExport } from '#privacy/exports/make'
import { discardArchive } from '#privacy/exports/store'
import { recoverExports, sweepExports } from '#privacy/exports/upkeep'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { readyExport, working } from '#tests/support/exercises/privacy'
import { bytesOf } from '#tests/support/binary'
import { jobsNaming } from '#tests/support/erasure'
import { unzip } from '#tests/support/unzip'
import { register, registerStaff, World, type Account } from '#tests/support/world'

function rowsOf({ userId }: Pick<Account, 'userId'>) {
  return sql(admin(), 'select * from privacy_exports where user_id = ? order by id', [userId])
}

function begin({ userId }: Account) {
  return Tenancy.system(PLATFORM, () => PrivacyExport.begin(userId, 'access'))
}

function set(id: string, assignment: string) {
  return quietly(`update privacy_exports set ${assignment} where id = ?`, [id])
}

test.group('Exports of one’s own data: asking', () => {
  test('queue a job, and show how far it is', async ({ client, assert }) => {
    const person = await register('asker')
    const answer = await client
      .post('/profile/privacy/exports')
      .as(person)
      .form({ contents: 'portability' })
    answer.assertStatus(303)
    const [row] = await rowsOf(person)
    assert.containsSubset(row, { kind: 'portability', status: 'queued', organisation_id: PLATFORM })
    const [job] = await sql(
      admin(),
      `select 1 from graphile_worker._private_jobs where payload->>'exportId' = ?`,
      [row.id]
    )
    assert.exists(job)
    await set(row.id, `status = 'running', parts_done = 3, parts = 44, records = 1200`)
    const page = await client.get('/profile/privacy').as(person)
    assert.include(page.text(), '3 of 44 parts, 1200 records so far')
    assert.include(page.text(), 'Check progress')
  })

  test('needs a session that began within the hour', async ({ client, assert }) => {
    const person = await register('asker')
    const page = await client.get('/profile/privacy').as(person, 61)
    assert.include(page.text(), 'To ask for a copy, sign in again')
    const answer = await client
      .post('/profile/privacy/exports')
      .as(person, 61)
      .form({ contents: 'access' })
    answer.assertStatus(403)
    assert.lengthOf(await rowsOf(person), 0)
  })

  test('is refused while one is under way, and after five in a day', async ({ client, assert }) => {
    const person = await register('asker')
    const ask = () =>
      client.post('/profile/privacy/exports').as(person).form({ contents: 'access' })
    await Promise.all([ask(), ask(), ask()])
    assert.lengthOf(await rowsOf(person), 1)
    for (let count = 0; count < 5; count++) {
      for (const { id } of await rowsOf(person)) await set(id, `status = 'failed'`)
      await ask()
    }
    assert.lengthOf(await rowsOf(person), 5)
    const age = async (hours: number) => {
      for (const { id } of await rowsOf(person)) {
        await set(id, `status = 'failed', created_at = now() - interval '${hours} hours'`)
      }
    }
    await age(23)
    await ask()
    assert.lengthOf(await rowsOf(person), 5)
    await age(25)
    await ask()
    assert.lengthOf(await rowsOf(person), 6)
  })

  test('is for signed-in people, and for the two kinds that there are', async ({
    client,
    assert,
  }) => {
    const person = await register('asker')
    await client.post('/profile/privacy/exports').as(person).form({ contents: 'all' })
    assert.lengthOf(await rowsOf(person), 0)
    const answer = await client.get('/profile/privacy/exports/1')
    assert.include(answer.header('location') ?? '', '/sign-in')
  })
})

test.group('Exports of one’s own data: fetching', () => {
  test('hand out the archive once, to its owner, who is told by mail', async ({
    client,
    assert,
  }) => {
    const person = await (await World.create()).person('member')
    const id = await readyExport(person)
    const path = `/profile/privacy/exports/${id}`
    const [mail] = await sql(
      admin(),
      `select * from email_outbox where idempotency_key = 'privacy_export:' || ? || ':ready'`,
      [id]
    )
    assert.equal(mail.email, person.email)
    for (let look = 0; look < 3; look++) {
      const page = await client.get(path).as(person)
      page.assertStatus(200)
      assert.include(page.text(), 'Download my data')
    }
    const request = client.post(`${path}/download`).as(person)
    request.request.buffer(true).parse(bytesOf)
    const answer = await request
    answer.assertStatus(200)
    answer.assertHeader('cache-control', 'no-store')
    const archive: Buffer = answer.body()
    assert.include(unzip(archive).get('data/users.json')!.toString(), person.email)
    const [row] = await rowsOf(person)
    assert.equal(row.sha256, createHash('sha256').update(archive).digest('hex'))
    assert.equal(row.status, 'downloaded')
    ;(await client.post(`${path}/download`).as(person)).assertStatus(404)
    ;(await client.get(path).as(person)).assertStatus(404)
  })

  test('answer 404 to anybody else, once expired, and for what is no id', async ({
    client,
    assert,
  }) => {
    const [person, other] = [await register('mine'), await register('theirs')]
    const id = await readyExport(person)
    const path = `/profile/privacy/exports/${id}`
    ;(await client.get(path).as(other)).assertStatus(404)
    ;(await client.post(`${path}/download`).as(other)).assertStatus(404)
    ;(await client.get('/profile/privacy/exports/nothing').as(person)).assertStatus(404)
    await set(id, `expires_at = now() - interval '1 second'`)
    ;(await client.get(path).as(person)).assertStatus(404)
    ;(await client.post(`${path}/download`).as(person)).assertStatus(404)
    assert.equal((await rowsOf(person))[0].status, 'ready')
  })

  test('are offered no longer than they can be fetched', async ({ client, assert }) => {
    const person = await register('late')
    const id = await readyExport(person)
    const open = await client.get('/profile/privacy').as(person)
    assert.include(open.text(), 'Go to download')
    await set(id, `expires_at = now() - interval '1 second'`)
    const text = (await client.get('/profile/privacy').as(person)).text()
    assert.notInclude(text, 'Go to download')
    assert.include(text, 'Expired')
  })

  test('are refused to a session that is over an hour old', async ({ client, assert }) => {
    const person = await register('asker')
    const id = await readyExport(person)
    const page = await client.get(`/profile/privacy/exports/${id}`).as(person, 61)
    assert.notInclude(page.text(), 'Download my data')
    const answer = await client.post(`/profile/privacy/exports/${id}/download`).as(person, 61)
    answer.assertStatus(403)
    assert.equal((await rowsOf(person))[0].status, 'ready')
  })

  test('are kept encrypted, and no longer than they may be', async ({ assert }) => {
    const person = await register('asker')
    const id = await readyExport(person)
    const stored = Buffer.from(await drive.use().getBytes(`exports/${id}`))
    assert.isFalse(stored.includes('README.html'))
    assert.isFalse(stored.includes('PK'.concat('\u0003\u0004')))
    await sweepExports()
    assert.isTrue((await rowsOf(person))[0].is_stored)
    await set(id, `expires_at = now() - interval '1 second'`)
    await sweepExports()
    assert.containsSubset((await rowsOf(person))[0], { is_stored: false, status: 'expired' })
    assert.lengthOf(await jobsNaming('discard_privacy_export', id), 1)
    await discardArchive(id)
    assert.isFalse(await drive.use().exists(`exports/${id}`))
  })

  test('are ready for a day, and kept for an hour once they were fetched', async ({
    client,
    assert,
  }) => {
    const person = await register('asker')
    const id = await readyExport(person)
    const [{ expires_at: expiresAt }] = await rowsOf(person)
    assert.closeTo((expiresAt.getTime() - Date.now()) / 3_600_000, 24, 0.01)
    await client.post(`/profile/privacy/exports/${id}/download`).as(person)
    const isStored = async (minutesAgo: number) => {
      await set(id, `downloaded_at = now() - interval '${minutesAgo} minutes'`)
      await sweepExports()
      return (await rowsOf(person))[0].is_stored
    }
    assert.isTrue(await isStored(59))
    assert.isFalse(await isStored(60))
    assert.equal((await rowsOf(person))[0].status, 'downloaded')
    assert.lengthOf(await jobsNaming('discard_privacy_export', id), 1)
  })

  test('are not used up where the file is gone', async ({ client, assert }) => {
    const person = await register('asker')
    const id = await readyExport(person)
    await discardArchive(id)
    const answer = await client.post(`/profile/privacy/exports/${id}/download`).as(person)
    answer.assertStatus(404)
    assert.equal((await rowsOf(person))[0].status, 'ready')
  })

  test('end at once when their owner is forgotten', async ({ assert }) => {
    const person = await register('asker')
    await readyExport(person)
    await begin(person)
    await Tenancy.system(PLATFORM, () => PrivacyExport.forgetOf(person.userId))
    for (const row of await rowsOf(person)) {
      assert.containsSubset(row, { is_stored: false, status: 'expired' })
    }
  })
})

test.group('Exports of one’s own data: making', () => {
  test('begin anew when their worker fell silent, and fail visibly in the end', async ({
    client,
    assert,
  }) => {
    const person = await register('asker')
    const { id } = await begin(person)
    const later = DateTime.utc().plus({ minutes: 6 })
    for (let attempt = 1; attempt <= 3; attempt++) {
      await Tenancy.system(PLATFORM, () => PrivacyExport.claim(id))
      await recoverExports(DateTime.utc())
      assert.equal((await rowsOf(person))[0].status, 'running')
      await recoverExports(later)
    }
    assert.equal((await rowsOf(person))[0].status, 'failed')
    assert.lengthOf(await jobsNaming('discard_privacy_export', id), 1)
    const page = await client.get('/profile/privacy').as(person)
    assert.include(
      page.text(),
      'We could not make this copy. Your data is unaffected. Ask for a copy again.'
    )
    const again = await readyExport(person)
    assert.equal((await rowsOf(person)).find((row) => row.id === again)!.status, 'ready')
  })

  test('are tried three times, and leave nothing in the store that nobody waits for', async ({
    assert,
    cleanup,
  }) => {
    const person = await register('asker')
    const { id } = await begin(person)
    const disk: any = drive.use()
    const usual = disk.putStream
    cleanup(() => void (disk.putStream = usual))
    disk.putStream = async () => {
      throw new Error('away')
    }
    for (const status of ['running', 'running', 'failed']) {
      await assert.rejects(() => makeExport(id), 'away')
      assert.equal((await rowsOf(person))[0].status, status)
    }
    const { id: next } = await begin(person)
    disk.putStream = async (...file: unknown[]) => {
      await usual.apply(disk, file)
      await Tenancy.system(PLATFORM, () => PrivacyExport.forgetOf(person.userId))
    }
    await makeExport(next)
    assert.containsSubset((await rowsOf(person))[1], { status: 'expired', is_stored: false })
    assert.isFalse(await disk.exists(`exports/${next}`))
  })

  test('fail at once where there is no account any more', async ({ assert }) => {
    const person = await register('asker')
    const { id } = await begin(person)
    await quietly('update privacy_exports set user_id = gen_random_uuid() where id = ?', [id])
    await makeExport(id)
    const [row] = await sql(admin(), 'select status from privacy_exports where id = ?', [id])
    assert.equal(row.status, 'failed')
  })

  test('do not finish in place of the attempt that took over', async ({ assert }) => {
    const person = await register('asker')
    const { id } = await begin(person)
    const first = await Tenancy.system(PLATFORM, () => PrivacyExport.claim(id))
    await Tenancy.system(PLATFORM, () => PrivacyExport.claim(id))
    const file = { size: 1, sha256: '0'.repeat(64) }
    assert.isNull(await Tenancy.system(PLATFORM, () => first!.finish(file)))
    await makeExport(id)
    assert.containsSubset((await rowsOf(person))[0], { status: 'ready', attempts: 3 })
  })

  test('fulfil the request that they answer, with their hash as its evidence', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const requestId = await working()
    const answer = await client
      .post(`/admin/privacy/${requestId}/export`)
      .as(staff)
      .form({ lock_version: 2 })
    answer.assertStatus(303)
    const made = await Tenancy.system(PLATFORM, () => PrivacyExport.forRequest(requestId))
    await makeExport(made!.id)
    const [row] = await rowsOf({ userId: made!.userId })
    const request = await Tenancy.system(PLATFORM, () => PrivacyRequest.findOrFail(requestId))
    assert.equal(request.status, 'fulfilled')
    assert.equal(request.evidenceSha256, row.sha256)
  })

  test('are handed out even if the desk asked something back, and the request goes on', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const requestId = await working()
    await client.post(`/admin/privacy/${requestId}/export`).as(staff).form({ lock_version: 2 })
    const made = await Tenancy.system(PLATFORM, () => PrivacyExport.forRequest(requestId))
    await Tenancy.system(PLATFORM, async () =>
      askBack(await PrivacyRequest.findById(requestId), 'Of which account?')
    )
    await makeExport(made!.id)
    const [row] = await rowsOf({ userId: made!.userId })
    assert.equal(row.status, 'ready')
    const request = await Tenancy.system(PLATFORM, () => PrivacyRequest.findOrFail(requestId))
    assert.equal(request.status, 'clarification')
  })

  test('are begun from the desk by staff alone, for requests of these kinds', async ({
    client,
    assert,
  }) => {
    const requestId = await working()
    const person = await register('asker')
    const refused = await client
      .post(`/admin/privacy/${requestId}/export`)
      .as(person)
      .form({ lock_version: 2 })
    refused.assertStatus(404)
    await quietly(`update privacy_requests set kind = 'rectification' where id = ?`, [requestId])
    const other = await client
      .post(`/admin/privacy/${requestId}/export`)
      .as(await registerStaff())
      .form({ lock_version: 2 })
    assert.include([302, 303], other.status(), 'with a reason beside the button')
    assert.isNull(await Tenancy.system(PLATFORM, () => PrivacyExport.forRequest(requestId)))
  })
})
