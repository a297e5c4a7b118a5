import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { test } from '@japa/runner'
import { watchConditions } from '#models/condition/watch'
import Gate from '#models/gate'
import Project from '#models/project'
import { approveOnCondition, letLapse } from '#tests/support/approving'
import { openPage, violations } from '#tests/support/browser'
import { openOffline } from '#tests/support/offline'
import { inFolder, publicKey, sealTrail, verifyPack } from '#tests/support/pack_folder'
import { Table } from '#tests/support/table'
import { unzip } from '#tests/support/unzip'
import { register, World, type Person } from '#tests/support/world'

const MINUTES = {
  name: 'cores.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7\nthe cores are dry'),
}

test.group('A gate that decides', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`from a template to an approval that lapses and recovers, ${how}`, async ({
      assert,
      browser,
    }) => {
      const world = await World.create()
      const decider = await world.join(await register('decider'))
      const complaints: string[][] = []
      const enter = async (person: Person) => {
        const opened = await openPage(browser, { person, javaScript, consent: 'rejected' })
        complaints.push(opened.complaints)
        return opened.page
      }
      const pmo = await enter(await world.person('pmo'))
      const manager = await enter(await world.person('manager'))
      const chair = await enter(await world.person('sponsor'))
      const one = await enter(decider)
      const sound = async (page: Page) => {
        if (javaScript) assert.deepEqual(await violations(page), [], page.url())
      }

      await pmo.goto('/settings/lifecycles/create')
      await pmo.getByLabel('Name', { exact: true }).fill('Harbour works')
      await pmo.getByRole('button', { name: 'Create lifecycle' }).click()
      await pmo.getByText('No stages yet').waitFor()
      for (const name of ['Survey', 'Build']) {
        await pmo.getByLabel('Name', { exact: true }).fill(name)
        await pmo.getByRole('button', { name: 'Add stage' }).click()
        await pmo.getByText(`The stage ${name} was added`).waitFor()
      }
      await pmo.getByRole('link', { name: 'Add a gate to Survey' }).click()
      await pmo.getByRole('heading', { name: 'Add a gate' }).waitFor()
      await pmo.getByLabel('Name', { exact: true }).fill('Ground is sound')
      await pmo.getByRole('button', { name: 'Add gate' }).click()
      await pmo.getByRole('link', { name: 'Add a criterion to Ground is sound' }).click()
      await pmo.getByRole('heading', { name: 'Add a criterion' }).waitFor()
      await pmo.getByLabel('Criterion', { exact: true }).fill('The cores are dry')
      await pmo.getByLabel('Needs evidence').check()
      await pmo.getByRole('button', { name: 'Add criterion' }).click()
      await pmo.getByText('The cores are dry').first().waitFor()
      await sound(pmo)
      await pmo.getByRole('button', { name: 'Publish lifecycle' }).click()
      await pmo.getByText('Harbour works, version 1 is published').waitFor()

      await pmo.goto('/projects/create')
      await pmo.getByLabel('Name', { exact: true }).fill('A new quay')
      await pmo.getByLabel('Code').fill('QUAY')
      await pmo.getByLabel('Project manager').selectOption({ label: 'manager person' })
      await pmo.getByLabel('Sponsor').selectOption({ label: 'sponsor person' })
      await pmo.getByRole('radio', { name: 'Harbour works' }).check()
      await pmo.getByLabel('Status').selectOption('active')
      await sound(pmo)
      await pmo.getByRole('button', { name: 'Create project' }).click()
      await pmo.getByRole('heading', { name: 'A new quay', exact: true }).waitFor()
      const table = await tableOf(world)
      await manager.goto(`${table.base}/members`)
      await manager.getByLabel('Person').selectOption({ label: decider.name })
      await manager.getByLabel('Role', { exact: true }).selectOption('gate_decider')
      await manager.getByRole('button', { name: 'Give role' }).click()
      await manager.getByText(/ is now a gate decider\./).waitFor()
      await pmo.goto(`${table.urlAt()}/board`)
      await pmo.getByRole('radio', { name: /^A majority decides/ }).check()
      await pmo.getByLabel('Quorum').fill('2')
      await pmo.getByLabel('Ask for confidence first').check()
      await pmo.getByLabel('sponsor person at this gate').selectOption('chair')
      await pmo.getByLabel(`${decider.name} at this gate`).selectOption('decider')
      await sound(pmo)
      await pmo.getByRole('button', { name: 'Save deciders' }).click()
      await pmo.getByText('were saved').waitFor()

      await manager.goto(`${table.urlAt()}/readiness`)
      await sound(manager)
      await manager.getByRole('link', { name: 'Assess: The cores are dry' }).click()
      await manager.getByRole('radio', { name: 'Met', exact: true }).check()
      await manager.getByRole('button', { name: 'Save assessment' }).click()
      await manager.getByText('The criterion was saved').waitFor()
      await manager.goto(`${table.urlAt()}/readiness`)
      await manager.getByRole('link', { name: 'Add evidence: The cores are dry' }).click()
      await manager.getByLabel('File', { exact: true }).setInputFiles(MINUTES)
      await manager.getByRole('button', { name: 'Attach file' }).click()
      await manager.getByText('cores.pdf was added').waitFor()
      await sound(manager)
      await manager.goto(`${table.urlAt()}/readiness`)
      await manager.getByText('Nothing blocks the submission').first().waitFor()
      await manager.goto(table.urlAt())
      await manager.getByRole('button', { name: 'Start preparing' }).click()
      await manager.getByText('is in preparation').waitFor()
      await sound(manager)
      await manager.goto(`${table.urlAt()}/reviews/create`)
      await sound(manager)
      await manager.getByLabel('Request to the deciders').fill('May we build?')
      await manager.getByRole('button', { name: 'Submit gate' }).click()
      await manager.getByText('was submitted to its deciders').waitFor()

      const [review] = await table.rows('gate_reviews')
      const url = `${table.urlAt()}/reviews/${review.id}`
      await chair.goto('/notifications')
      await chair.getByText('How sure are you of QUAY-G1').click()
      await chair.getByText('How sure are you that this will be delivered?').waitFor()
      await sound(chair)
      await one.goto(url)
      for (const [page, score] of [
        [chair, '9'],
        [one, '4'],
      ] as const) {
        await page.getByRole('radio', { name: score, exact: true }).check()
        await page.getByRole('button', { name: 'Send answer' }).click()
        await page.getByText('Your confidence was saved').waitFor()
      }
      await one.getByText('4 to 9').waitFor()
      await sound(one)
      for (const [page, vote] of [
        [one, 'Approved with conditions'],
        [chair, 'Approved'],
      ] as const) {
        await page.goto(url)
        const own = page.locator('#your-part')
        await own.getByRole('radio', { name: vote, exact: true }).check()
        await own.getByLabel('Comment').fill('Not before the permit')
        await own.getByRole('button', { name: 'Vote', exact: true }).click()
        await page.getByText('Your vote was saved').waitFor()
      }
      await approveOnCondition(chair, 'manager person', sound)
      const condition = await letLapse(table)
      await world.inside(watchConditions)
      const lapse = /Approval lapsed|approval (of .*)?has lapsed/
      for (const path of [table.base, '/projects', '/notifications']) {
        await manager.goto(path)
        await manager.getByText(lapse).first().waitFor()
        await sound(manager)
      }
      await manager.goto('/notifications')
      await manager.getByText('has lapsed').first().click()
      await manager.getByLabel('How it was met').fill('Permit no. 7')
      await sound(manager)
      await manager.getByRole('button', { name: 'Claim as met' }).click()
      await manager.getByText('is waiting to be verified').waitFor()
      await pmo.goto(`${table.base}/conditions/${condition.id}`)
      await sound(pmo)
      await pmo.getByRole('button', { name: 'Verify condition' }).click()
      await pmo.getByText('was verified').waitFor()
      for (const path of [table.base, '/projects', table.urlAt(), `${table.base}/conditions`]) {
        await manager.goto(path)
        await manager.locator('main').waitFor()
        assert.equal(await manager.getByText('Approval lapsed').count(), 0, path)
      }
      await manager.goto('/notifications')
      await manager.getByText('was restored').first().waitFor()

      await sealTrail(world.organisationId)
      await pmo.goto(url)
      const coming = pmo.waitForEvent('download')
      await pmo.getByRole('link', { name: 'Download pack (ZIP)' }).click()
      const zip = await readFile(await (await coming).path())
      const files = unzip(zip)
      const told = await inFolder(files, (folder) => verifyPack(folder))
      assert.include(told.output, 'The pack is what was sealed.')
      const offline = await openOffline(browser, files)
      await offline.check(zip, publicKey)
      await offline.page
        .getByRole('heading', { name: /This is the pack that was sealed$/ })
        .waitFor()
      await offline.close()
      assert.deepEqual(complaints.flat(), [])
    })
  }
})

/** The project as it stands after it was created in the browser. */
async function tableOf(world: World) {
  const project = await world.inside(() => Project.findByOrFail('code', 'QUAY'))
  const gates = await world.inside(async () => Gate.of(project))
  return new Table(world, project, gates)
}
