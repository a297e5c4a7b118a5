import { test } from '@japa/runner'
import Comment from '#models/comment'
import RaidItem from '#models/raid_item'
import { useAccountRemover } from '#identity/account_removal'
import { runErasure } from '#privacy/erasure/run'
import { recipientNames } from '#registries/agreements'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openPage, violations } from '#tests/support/browser'
import { canary, dumpHits, removing } from '#tests/support/erasure'
import { registerStaff, World } from '#tests/support/world'

/** A member whom a colleague's comment names. */
async function named() {
  const world = await World.create('Canary Works')
  const account = await canary()
  const member = await world.join(account)
  const project = await world.project()
  const writer = await world.person('manager')
  await world.inside(async () => {
    const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Dry' })
    const body = `Please ask ${member.name} for the key.`
    await Comment.create({ raidItemId: item.id, authorId: writer.membershipId, body })
  }, writer)
  return { ...member, subject: account.subject }
}

test.group('Being erased', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  for (const javaScript of [true, false]) {
    test(`from asking under the profile to the proof, ${javaScript ? 'with' : 'without'} JavaScript`, async ({
      browser,
      assert,
    }) => {
      const options = { javaScript, consent: 'rejected' as const }
      const person = await named()
      const { page, complaints } = await openPage(browser, { ...options, person })
      await page.goto('/profile/privacy')
      await page.getByRole('link', { name: 'See what is deleted, and delete your account' }).click()
      await page.getByRole('heading', { name: 'Delete my account' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.getByLabel('Confirm').fill('somebody@example.test')
      await page.getByRole('button', { name: 'Delete my account' }).click()
      await page.getByText(`Enter ${person.email} to confirm`).first().waitFor()
      await page.getByLabel('Confirm').fill(person.email)
      await page.getByRole('button', { name: 'Delete my account' }).click()
      await page.getByText('We have received your request').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])

      const [{ ref }] = await sql(admin(), 'select ref from privacy_requests where user_id = ?', [
        person.userId,
      ])
      const { page: desk, complaints: others } = await openPage(browser, {
        ...options,
        person: await registerStaff(),
      })
      await desk.goto('/admin/privacy')
      await desk.getByRole('link', { name: ref }).click()
      await desk.getByRole('textbox', { name: 'Confirm' }).fill(ref)
      if (javaScript) assert.deepEqual(await violations(desk), [])
      await desk.getByRole('button', { name: 'Erase this person' }).click()
      await desk.getByText('The erasure has started.').waitFor()
      const id = desk.url().split('/').at(-1)!
      await runErasure(id)
      await page.reload()
      assert.match(page.url(), /sign-in/)

      await desk.reload()
      await desk.getByText(`Please ask ${person.name} for the key.`).first().waitFor()
      if (javaScript) assert.deepEqual(await violations(desk), [])
      const takeOut = desk.getByRole('button', { name: 'Remove the name from the chosen texts' })
      await takeOut.click()
      await desk.getByText('Choose the texts you have read').first().waitFor()
      const places = await desk.getByRole('checkbox').all()
      assert.lengthOf(places, 2)
      for (const place of places) await place.check()
      await takeOut.click()
      await desk.getByText('Removed from 2 places.').waitFor()
      await runErasure(id)
      await desk.reload()
      await desk.getByText('Waiting for recipients to be recorded on the request').waitFor()
      await desk.getByRole('link', { name: 'Record the recipients' }).click()
      for (const name of recipientNames())
        await desk.getByLabel(`${name} (not recorded yet)`).check()
      await desk.getByRole('button', { name: 'Record recipients' }).click()
      await desk.getByText('The recipients were recorded.').waitFor()
      if (javaScript) assert.deepEqual(await violations(desk), [])
      await runErasure(id)
      await sql(admin(), `update email_outbox set status = 'kept' where email = ?`, [person.email])
      await runErasure(id)
      await desk.goto('/admin/privacy/erasures')
      await desk.goto(`/admin/privacy/erasures/${id}`)
      await desk.getByText('Finished and proved').waitFor()
      if (javaScript) assert.deepEqual(await violations(desk), [])
      assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
      assert.deepEqual([...complaints, ...others], [])
    })
  }
})
