import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { PlatformExercise } from '#tests/support/exercises/platform'
import { openSession } from '#tests/support/world'

/** The routes of a person's own account. */
export const accountExercises: Record<string, PlatformExercise> = {
  'profile.update': async (client, person) => {
    const form = { name: 'Another name', time_zone: 'Europe/Paris', theme: 'dark', lock_version: 1 }
    await client.put('/profile').as(person).form(form)
  },
  'feedback.store': async (client, person) => {
    await client.post('/feedback').as(person).form({ message: 'The log is slow', page: '/raid' })
  },
  'profile.sessions.destroy': async (client, person) => {
    await openSession(person)
    const [{ id }] = await sql(admin(), 'select audit_id as id from sessions where user_id = ?', [
      person.userId,
    ])
    await client.delete(`/profile/sessions/${id}`).as(person)
  },
  'profile.other_sessions.destroy': async (client, person) => {
    await openSession(person)
    await client.delete('/profile/sessions').as(person)
  },
}
