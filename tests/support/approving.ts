import type { Page } from 'playwright'
import { inDays, type Table } from '#tests/support/table'

/** The chair approves on a condition that `owner` has to meet; `look` checks each page on the way. */
export async function approveOnCondition(
  chair: Page,
  owner: string,
  look: (page: Page) => Promise<void>
) {
  await chair.locator('summary', { hasText: 'Propose a condition' }).click()
  await chair.getByLabel('Condition', { exact: true }).fill('The permit is granted')
  await chair.getByLabel('Owner').selectOption({ label: owner })
  await chair.getByLabel('Due', { exact: true }).fill(inDays(9))
  await chair.getByRole('button', { name: 'Propose condition' }).click()
  await chair.getByText('The condition was proposed').waitFor()
  const decision = chair.locator('#decision')
  await decision.getByLabel('Approved with conditions').check()
  await decision.getByLabel('Minutes').fill('The case is made')
  await look(chair)
  await decision.getByRole('button', { name: 'Record decision' }).click()
  await chair.getByText('was decided: approved with conditions').waitFor()
  await look(chair)
}

/** The date of the only condition comes, and passes. */
export async function letLapse(table: Table) {
  const [condition] = await table.rows('gate_conditions')
  await table.quietly('update gate_conditions set due_on = ? where id = ?', [
    inDays(-1),
    condition.id,
  ])
  return condition
}
