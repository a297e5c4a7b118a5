import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { approveOnCondition, letLapse } from '#tests/support/approving'
import { openPage, violations } from '#tests/support/browser'
import { Table } from '#tests/support/table'

const PHONE = 375

test.group('Deciding a gate on a phone', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`from submission to a condition that lapses and recovers, ${how}`, async ({
      assert,
      browser,
    }) => {
      const table = await Table.create()
      await table.raise('risk', { nature: 'threat', title: 'The quay sinks' })
      await table.seat({ chair: 'chair', one: 'decider' })
      await table.ready()
      const options = { javaScript, consent: 'rejected' as const, width: PHONE }
      const pages = []
      for (const person of [table.people.manager, table.sitting.one, table.sitting.chair]) {
        pages.push(await openPage(browser, { ...options, person }))
      }
      const [manager, one, chair] = pages.map(({ page }) => page)
      const sound = async (page: Page) => {
        assert.isAtMost(await page.evaluate(() => document.documentElement.scrollWidth), PHONE)
        if (javaScript) assert.deepEqual(await violations(page), [])
      }

      await manager.goto(`${table.urlAt()}/reviews/create`)
      await sound(manager)
      await manager.getByRole('button', { name: 'Submit gate' }).click()
      await manager.getByText('was submitted to its deciders').waitFor()
      const [review] = await table.rows('gate_reviews')
      const url = `${table.urlAt()}/reviews/${review.id}`

      await one.goto(url)
      await sound(one)
      await one.getByRole('radio', { name: 'Approved', exact: true }).check()
      await one.getByRole('button', { name: 'Vote', exact: true }).click()
      await one.getByText('Your vote was saved').waitFor()

      await chair.goto(url)
      await approveOnCondition(chair, table.people.manager.name, sound)
      const condition = await letLapse(table)
      await manager.goto(table.base)
      await manager.getByText('Approval lapsed').waitFor()
      await sound(manager)
      await manager.goto(`${table.base}/conditions/${condition.id}`)
      await sound(manager)
      await manager.getByLabel('How it was met').fill('Permit no. 7')
      await manager.getByRole('button', { name: 'Claim as met' }).click()
      await manager.getByText('is waiting to be verified').waitFor()
      await chair.goto(`${table.base}/conditions/${condition.id}`)
      await chair.getByRole('button', { name: 'Verify condition' }).click()
      await chair.getByText('was verified').waitFor()
      await manager.goto(table.base)
      assert.equal(await manager.getByText('Approval lapsed').count(), 0)
      assert.deepEqual(
        pages.flatMap(({ complaints }) => complaints),
        []
      )
    })
  }
})
