import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { register } from '#tests/support/world'

/** From here on the database refuses every message of feedback, but not before the commit. */
async function refuseAtCommit() {
  await sql(
    admin(),
    `create function public.refuse_late() returns trigger language plpgsql as
       $$ begin raise exception 'too late'; end $$`
  )
  await sql(
    admin(),
    `create constraint trigger refuse_late after insert on feedback deferrable initially deferred
       for each row execute function public.refuse_late()`
  )
  return async () => {
    await sql(admin(), 'drop function public.refuse_late() cascade')
  }
}

test.group('A commit that the database refuses', (group) => {
  group.each.setup(() => refuseAtCommit())

  test('is told to whoever sent the form', async ({ client, assert }) => {
    const person = await register('person')
    const answer = await client.post('/feedback').as(person).form({ message: 'Kept or not?' })
    answer.assertStatus(500)
    const rows = await sql(admin(), 'select from feedback where user_id = ?', [person.userId])
    assert.lengthOf(rows, 0)
  })

  test('is told to the work of a job', async ({ assert }) => {
    const person = await register('person')
    const { default: Feedback } = await import('#models/feedback')
    await assert.rejects(
      () =>
        Tenancy.system(PLATFORM, async () => {
          await Feedback.submit(person.userId, { message: 'Kept or not?', page: null })
        }),
      /too late/
    )
  })
})
