import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { jobs } from '#jobs/index'
import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { pagesOf } from '#tests/support/board_packs'
import { canary, erase, removing } from '#tests/support/erasure'
import { readyPack } from '#tests/support/exercises/portfolio'
import { registerStaff, World } from '#tests/support/world'

test.group('A colleague’s board pack that names an erased person', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  async function packNaming() {
    const world = await World.create('Canary Packs')
    const person = await canary()
    await world.join(person)
    const project = await world.project({ name: `What ${person.name} left` })
    const reader = await world.person('pmo')
    const packId = await readyPack(world, reader, [project.id])
    return { world, person, reader, packId }
  }

  const stored = (packId: string) =>
    sql(admin(), 'select status, is_stored from board_packs where id = ?', [packId])

  test('is deleted with its files once the texts it was made from have been read, and no sooner', async ({
    client,
    assert,
  }) => {
    const { world, person, reader, packId } = await packNaming()
    const named = { organisationId: world.organisationId, packId }
    assert.include((await pagesOf(named)).join(' '), person.name)
    const other = await World.create()
    const elsewhere = await readyPack(other, await other.person('pmo'), [
      (await other.project()).id,
    ])

    const { id, outcome } = await erase(person)
    assert.containsSubset(outcome, { failure: 'open_finds' })
    const finds = await sql(admin(), 'select id from erasure_finds where erasure_id = ?', [id])
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(await registerStaff())
      .form({ 'ids[]': finds.map((find) => find.id) })
    assert.deepEqual(await stored(packId), [{ status: 'ready', is_stored: true }])
    assert.deepEqual(await runErasure(id), { status: 'finished' })

    assert.deepEqual(await stored(packId), [{ status: 'expired', is_stored: false }])
    const answer = await client
      .post(`/portfolio/packs/${packId}/download`)
      .as(reader)
      .form({ format: 'pdf' })
    answer.assertStatus(404)
    await jobs.discard_board_pack.run(named)
    await assert.rejects(() => pagesOf(named))
    assert.deepEqual(await stored(elsewhere), [{ status: 'ready', is_stored: true }])
  })

  test('is deleted even if the name was in no text, such as a project manager’s', async ({
    assert,
  }) => {
    const world = await World.create('Canary Works')
    const person = await canary()
    const { membershipId } = await world.join(person)
    const project = await world.project({ managerId: membershipId })
    const reader = await world.person('pmo')
    const packId = await readyPack(world, reader, [project.id])
    const shown = await pagesOf({ organisationId: world.organisationId, packId })
    assert.include(shown.join(' '), person.name)
    const { outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    assert.deepEqual(await stored(packId), [{ status: 'expired', is_stored: false }])
  })
})
