import { test } from '@japa/runner'
import { checkedFacts } from '#audit/facts'

test.group('Audit facts', () => {
  test('keeps codes, references, ids and counts, and drops what is absent', ({ assert }) => {
    const facts = { ref: 'ATLAS-R12', from: 'open', to: 'closed', count: 12, role: null }
    assert.deepEqual(checkedFacts(facts), {
      ref: 'ATLAS-R12',
      from: 'open',
      to: 'closed',
      count: 12,
    })
    assert.deepEqual(checkedFacts(), {})
  })

  test('refuses what could name a person: {$self}')
    .with([
      { name: 'Sam' },
      { reason: 'Sam asked for it' },
      { from: 'sam@example.org' },
      { ref: 'sam@example.org' },
      { count: '12 by Sam' },
      { target: 'Sam' },
      { source: 'sam' },
      { import: 'sam' },
      { token: 'sam' },
      { seal: 'sam' },
      { former: 'sam' },
      { redacted: {} },
    ])
    .run(({ assert }, facts) => {
      assert.throws(() => checkedFacts(facts as any), /audit fact/)
    })
})
