import { test } from '@japa/runner'
import { erasedOtherwise, erasureRules, lastErasureRules } from '#registries/erasure'
import { personalData } from '#registries/personal_data'

const rules = [...erasureRules, ...lastErasureRules]

/** Whether some rule deletes the row of a column, or changes the column. */
function isCovered(name: string) {
  const [schema, table, column] = name.split('.')
  if (name in erasedOtherwise || `${schema}.${table}` in erasedOtherwise) return true
  return rules.some(
    (rule) =>
      `public.${rule.table}` === `${schema}.${table}` && ('remove' in rule || column in rule.set)
  )
}

test.group('Privacy: the rules of erasure', () => {
  test('cover every column that the inventory marks to be tombstoned, deleted or redacted', ({
    assert,
  }) => {
    const marked = [...personalData].filter(([, { erase }]) =>
      ['tombstone', 'delete', 'redact'].includes(erase)
    )
    assert.isAbove(marked.length, 40)
    const missing = marked.map(([name]) => name).filter((name) => !isCovered(name))
    assert.deepEqual(missing, [], 'add a rule to app/registries/erasure.ts')
  })

  test('name only columns that are there, and exceptions that are needed', ({ assert }) => {
    for (const rule of rules) {
      const names = 'set' in rule ? Object.keys(rule.set) : []
      const read = rule.rows.map(({ column, through }) =>
        through ? `${through.table}.${column}` : `${rule.table}.${column}`
      )
      assert.isTrue(personalData.has(`public.${rule.table}.id`), `${rule.table} is told by its id`)
      for (const name of [...names.map((one) => `${rule.table}.${one}`), ...read]) {
        assert.isTrue(personalData.has(`public.${name}`), name)
      }
    }
    for (const name of Object.keys(erasedOtherwise)) {
      const known = [...personalData.keys()].some(
        (one) => one === name || one.startsWith(`${name}.`)
      )
      assert.isTrue(known, name)
    }
  })

  test('remove what depends on a row before the row', ({ assert }) => {
    const order = erasureRules.map(({ table }) => table)
    assert.isBelow(order.indexOf('task_links'), order.indexOf('external_resources'))
    assert.isBelow(order.indexOf('feedback_replies'), order.indexOf('feedback'))
  })
})
