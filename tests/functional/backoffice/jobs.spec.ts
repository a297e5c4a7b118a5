import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { ownedWorld, troubledJob } from '#tests/support/exercises/office'
import { registerStaff } from '#tests/support/world'

async function jobOf(id: string) {
  const [job] = await sql(
    admin(),
    'select attempts, run_at, last_error from graphile_worker._private_jobs where id = ?',
    [id]
  )
  return job
}

function told(action: string, id: string) {
  return sql(admin(), `select facts from audit.events where action = ? and facts->>'ref' = ?`, [
    action,
    id,
  ])
}

test.group('Jobs in the back office', () => {
  test('are listed by what became of them, without payload and without people in their errors', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const world = await ownedWorld('Jetty & Sons')
    const error = 'No mailbox for ada@example.test "Ada Lovelace"'
    const failed = await troubledJob(error, { world })
    const troubled = await troubledJob('Down', { attempts: 3 })
    const page = await client.get('/admin/jobs').as(staff)
    for (const text of [
      failed,
      'Jetty &amp; Sons',
      '25 of 25',
      'No mailbox for [email] [quoted]',
    ]) {
      assert.include(page.text(), text)
    }
    for (const secret of ['ada@', 'Lovelace', 'canary', `trouble_in_tests ${troubled}`]) {
      assert.notInclude(page.text(), secret)
    }
    const again = await client.get('/admin/jobs?state=troubled').as(staff)
    assert.include(again.text(), `trouble_in_tests ${troubled}`)
    assert.notInclude(again.text(), `trouble_in_tests ${failed}`)
    const mangled = await client.get('/admin/jobs?state=constructor&after=nonsense').as(staff)
    assert.include(mangled.text(), failed)
  })

  test('are tried again at once, and one that runs is left alone', async ({ client, assert }) => {
    const staff = await registerStaff()
    const id = await troubledJob()
    await client.post(`/admin/jobs/${id}/attempts`).as(staff)
    const job = await jobOf(id)
    assert.equal(job.attempts, 0)
    assert.isBelow(job.run_at.getTime(), Date.now() + 1000)
    assert.deepEqual(await told('job.retried', id), [
      { facts: { ref: id, kind: 'trouble_in_tests' } },
    ])
    const running = await troubledJob()
    await sql(
      admin(),
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where id = ?`,
      [running]
    )
    for (const other of [running, '99999999999', 'nonsense', '1e3']) {
      await client.post(`/admin/jobs/${other}/attempts`).as(staff)
      await client.delete(`/admin/jobs/${other}`).as(staff).form({ reason: 'Away' })
      assert.deepEqual(await told('job.retried', other), [])
      assert.deepEqual(await told('job.dropped', other), [])
    }
    assert.equal((await jobOf(running)).attempts, 25)
  })

  test('are dropped for a reason only', async ({ client, assert }) => {
    const staff = await registerStaff()
    const id = await troubledJob()
    const drop = (reason: string) => client.delete(`/admin/jobs/${id}`).as(staff).form({ reason })
    await drop('')
    assert.exists(await jobOf(id))
    await drop('Its provider is gone')
    assert.notExists(await jobOf(id))
    assert.lengthOf(await told('job.dropped', id), 1)
  })
})
