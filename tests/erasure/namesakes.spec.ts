import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { queueMail } from '#mails/outbox'
import ExternalResource from '#models/external_resource'
import RaidItem from '#models/raid_item'
import { keepErasuresInTime } from '#privacy/erasure/keeping_time'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { canary, erase, removing } from '#tests/support/erasure'
import { World } from '#tests/support/world'

const TITLE = 'Wait for'

/** An organisation whose log, labels and mails hold the name, whoever is meant. */
async function naming(name: string) {
  const world = await World.create()
  const project = await world.project()
  const reader = await world.person('team')
  return world.inside(
    async () => {
      const fields = { type: 'risk', nature: 'threat', title: `${TITLE} ${name}` } as const
      const item = await RaidItem.raise(project, { ...fields, ownerLabel: name })
      const mail = await queueMail({
        template: 'notice',
        to: { email: reader.email, membershipId: reader.membershipId },
        data: { subject: name, paragraphs: [name] },
        key: randomUUID(),
      })
      return { world, item, mail }
    },
    await world.person('manager')
  )
}

async function standing({ item, mail }: Awaited<ReturnType<typeof naming>>) {
  const [row] = await sql(
    admin(),
    `select i.title, i.owner_label as owner, m.subject is not null as mailed
       from raid_items i, email_outbox m where i.id = ? and m.id = ?`,
    [item.id, mail]
  )
  return row
}

function rowOf(id: string) {
  return sql(admin(), 'select name, email, archived_at from external_resources where id = ?', [id])
}

test.group('The name of an erased account', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('removes nothing unread in organisations that the person was never in', async ({
    assert,
  }) => {
    const person = await canary()
    const known = await naming(person.name)
    await known.world.join(person)
    const strange = await naming(person.name)
    const { id, label } = await erase(person)

    assert.deepEqual(await standing(known), {
      title: `${TITLE} ${person.name}`,
      owner: label,
      mailed: false,
    })
    const untouched = { title: `${TITLE} ${person.name}`, owner: person.name, mailed: true }
    assert.deepEqual(await standing(strange), untouched)
    const finds = await sql(
      admin(),
      `select place from erasure_finds where erasure_id = ? and place_organisation_id = ? and state = 'open' order by place`,
      [id, strange.world.organisationId]
    )
    assert.includeMembers(
      finds.map(({ place }) => place),
      ['public.email_outbox', 'public.raid_items']
    )

    await quietly(`update erasures set created_at = now() - interval '29 days' where id = ?`, [id])
    await keepErasuresInTime()
    assert.deepEqual(await standing(strange), untouched)
    assert.equal((await standing(known)).title, `${TITLE} ${label}`)
  })

  test('does not reach the owner of an address that a record had by mistake', async ({
    assert,
  }) => {
    const person = await canary()
    const { name, email } = await canary()
    const [mistaken, other] = [await World.create(), await World.create()]
    const by = { name: 'An owner' }
    await mistaken.inside(
      async () => {
        const record = await ExternalResource.add({ name, email }, by)
        await record.revise({ name: person.name, email: person.email }, 1, by)
      },
      await mistaken.person('owner')
    )
    const kept = await other.inside(
      () => ExternalResource.add({ name, email }, by),
      await other.person('owner')
    )
    const before = await rowOf(kept.id)
    await erase(person)
    assert.deepEqual(await rowOf(kept.id), before)
  })
})
