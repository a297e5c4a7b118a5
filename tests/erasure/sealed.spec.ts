import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { queueMail } from '#mails/outbox'
import AiInteraction from '#models/ai_interaction'
import { searchFor } from '#privacy/erasure/proving'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { canary, erase, removing } from '#tests/support/erasure'
import { addAssistantRows } from '#tests/support/populated/assistant'
import { World, type Account } from '#tests/support/world'

/** Somebody else’s mail and question, which name the person, and the same about nobody. */
async function toldOf(person: Account) {
  const world = await World.create()
  const project = await world.project()
  await world.join(person)
  const reader = await world.person('team')
  await addAssistantRows(world, project)
  const tell = (text: string) =>
    queueMail({
      template: 'notice',
      to: { email: reader.email, membershipId: reader.membershipId },
      data: { subject: text, paragraphs: [text] },
      key: randomUUID(),
    })
  return world.inside(
    async () => {
      const mails = [
        await tell(`${person.name} asked you for the key`),
        await tell('A gate is near'),
      ]
      const asked = await AiInteraction.firstOrFail()
      const about = `Why does ${person.name.toUpperCase()} ask?`
      await asked.merge({ question: about, prompt: `{"q":"${about}"}` }).save()
      return { mails, named: asked.id }
    },
    await world.person('manager')
  )
}

const subjects = (ids: string[]) =>
  sql<{ kept: boolean }>(
    admin(),
    'select subject is not null as kept from email_outbox where id = any(?) order by subject is null desc',
    [ids]
  )

test.group('What others keep of an erased person behind our encryption', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('is found although no dump shows it, and goes as a whole', async ({ assert }) => {
    const person = await canary()
    const { mails, named } = await toldOf(person)
    const before = await searchFor([person.name], [])
    assert.includeMembers(
      before.places.map(({ place }) => place),
      ['public.email_outbox', 'public.ai_interactions']
    )
    const { outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    assert.deepEqual(await subjects(mails), [{ kept: false }, { kept: true }])
    const [row] = await sql(
      admin(),
      'select question, prompt, answer, status from ai_interactions where id = ?',
      [named]
    )
    assert.deepEqual([row.question, row.prompt, row.answer], [null, null, null])
    assert.isEmpty((await searchFor([person.name], [])).places)
  })
})
