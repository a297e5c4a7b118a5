import { test } from '@japa/runner'
import { statementOf } from '#tenancy/statements'

/** More than are known at once. */
const MANY = 1500

test.group('The statement of a text', () => {
  const fresh = (what: string) => `select ? as ${what}_${Math.random().toString(36).slice(2)}`

  test('is kept under a name once it is asked for again, the same each time', ({ assert }) => {
    const text = fresh('again')
    const [first, second, third] = [statementOf(text), statementOf(text), statementOf(text)]
    assert.equal(first.text, text.replace('?', '$1'))
    assert.isUndefined(first.name)
    assert.match(second.name!, /^read_[0-9a-f]{24}$/)
    assert.equal(third, second)
    const other = fresh('again')
    statementOf(other)
    assert.notEqual(statementOf(other).name, second.name)
  })

  test('is kept while it is used, however many others come and go', ({ assert }) => {
    const [hot, left] = [fresh('hot'), fresh('left')]
    for (const text of [hot, hot, left, left]) statementOf(text)
    const { name } = statementOf(hot)
    for (let count = 0; count < MANY; count++) {
      assert.isUndefined(statementOf(fresh('once')).name)
      if (count % 400 === 0) assert.equal(statementOf(hot).name, name)
    }
    assert.equal(statementOf(hot).name, name)
    assert.isUndefined(statementOf(left).name)
  })
})
