import { test } from '@japa/runner'
import type { ChainRow, EventRow, SealRow } from '#audit/rows'
import { AuditChain } from '#tests/support/audit_chain'

const FORGED = '11111111-1111-4111-8111-111111111111'

/** Signed by the true key, so that nothing but the rule in question can find the fault. */
test.group('Audit verifier', (group) => {
  let chain: AuditChain
  group.each.setup(() => {
    chain = new AuditChain()
    chain.event(10)
    chain.event(11)
    chain.seal()
  })

  test('finds a correct chain clean', ({ assert }) => {
    chain.event(12)
    chain.seal()
    chain.event(13)
    assert.deepEqual(chain.problems(), [])
  })

  test('refuses a seal that does not continue the last: {$self}')
    .with<Partial<SealRow>[]>([
      { previous: 'ab'.repeat(32) },
      { previous: null },
      { number: '3' },
      { from: '9' },
      { organisation: '11111111-1111-4111-8111-111111111111' },
    ])
    .run(({ assert }, claims) => {
      chain.event(12)
      chain.seal(claims)
      assert.deepEqual(chain.problems(), ['seal_link'])
    })

  test('refuses a total that forgets events', ({ assert }) => {
    chain.event(12)
    chain.seal({ total: '2' })
    assert.deepEqual(chain.problems(), ['seal_count'])
  })

  test('finds an event below its seal, and does not count it as waiting', ({ assert }) => {
    const [seal, first, second] = chain.rows
    const late = chain.event(12)
    const next = chain.seal()
    assert.deepEqual(chain.problems([seal, first, second, late, next]), [
      'event_outside_seal',
      'seal_count',
      'seal_root',
    ])
    const foundling = new AuditChain()
    foundling.event(0)
    foundling.event(5)
    foundling.seal({ count: '1' })
    assert.include(foundling.problems(), 'event_outside_seal')
  })

  test('accepts a redaction told before the event that it redacts', ({ assert }) => {
    const redacted = chain.event(21, { redacted: true })
    const waiting = chain.event(20, redaction(redacted.id, 'title'))
    const ordered = { ...redacted, seq: '9' }
    assert.deepEqual(chain.problems([...chain.rows, waiting, ordered]), [])
  })

  test('finds a redaction whose value is still there', ({ assert }) => {
    const event = chain.event(12)
    chain.event(13, redaction(event.id, 'title'))
    assert.deepEqual(chain.problems(), ['redaction_undone'])
  })

  test('accepts events of which it has only the hash', ({ assert }) => {
    const hidden = chain.event(12, { redacted: true })
    chain.event(13, redaction(hidden.id, 'title'))
    chain.seal()
    const rows = chain.rows.map((row) =>
      row === hidden ? { kind: 'leaf' as const, seq: row.seq, txid: row.txid, hash: row.hash } : row
    )
    assert.deepEqual(chain.problems(rows), [])
  })

  test('believes no redaction of a file that no seal covers', ({ assert }) => {
    const event = chain.event(12, { redacted: true })
    chain.seal()
    const told = chain.event(13, redaction(event.id, 'title'))
    assert.deepEqual(chain.problems(), [])
    const inFile = { believesOnlySeals: true }
    assert.deepEqual(chain.problems(undefined, inFile), ['redaction_unsealed'])
    assert.deepEqual(chain.problems([...chain.rows], inFile), ['unlawful_redaction'])
    chain.seal()
    assert.include(chain.rows, told)
    assert.deepEqual(chain.problems(undefined, inFile), [])
  })

  test('believes no tombstone of a file that no seal covers', ({ assert }) => {
    const rows = removal(chain)
    assert.deepEqual(chain.problems(rows), [])
    assert.deepEqual(chain.problems(rows, { believesOnlySeals: true }), ['removal_unsealed'])
  })

  test('refuses a tombstone that tells of other events than were taken out: {$self}')
    .with([{ root: 'ab'.repeat(32) }, { events: 2 }])
    .run(({ assert }, told) => {
      assert.deepEqual(chain.problems(removal(chain, told)), ['unlawful_removal'])
    })

  test('finds what is shown otherwise than it was hashed: {$self}')
    .with<Partial<EventRow>[]>([
      { at: '2026-11-23T11:59:59.000000Z' },
      { project: FORGED },
      { actorKind: 'member' },
      { actor: FORGED },
      { action: 'raid_item.accepted' },
      { entityType: 'task' },
      { entity: FORGED },
      { request: FORGED },
      { facts: '{"ref":"ATLAS-R2"}' },
    ])
    .run(({ assert }, shown) => {
      Object.assign(chain.event(12), shown)
      assert.deepEqual(chain.problems(), ['header_mismatch'])
    })

  test('checks values where there should be none', ({ assert }) => {
    const event = chain.event(12)
    chain.seal()
    event.values[0].value = '{"after": "Forged"}'
    assert.deepEqual(chain.problems(undefined, { valuesWithheld: true }), ['value_mismatch'])
    event.values = []
    assert.deepEqual(chain.problems(undefined, { valuesWithheld: true }), [])
  })

  test('refuses a clock that was set back, and lets it be put right', ({ assert }) => {
    chain.event(12)
    chain.seal({ sealedAt: '2026-11-23T12:10:00.000000Z' })
    chain.event(13)
    chain.seal({ sealedAt: '2026-11-23T12:09:30.000000Z' })
    assert.deepEqual(chain.problems(), [])
    chain.event(14)
    chain.seal({ sealedAt: '2026-11-23T12:00:00.000000Z' })
    assert.deepEqual(chain.problems(), ['seal_backdated'])
  })
})

function redaction(event: string, path: string) {
  return { action: 'audit.redacted', facts: { redacted: { [event]: [path] } } }
}

/** The rows of the chain once its next event was taken out; `told` is what the tombstone says instead of the truth. */
function removal(chain: AuditChain, told: { root?: string; events?: number } = {}): ChainRow[] {
  const event = chain.event(12)
  chain.seal()
  const facts = { project: event.entity, events: 1, root: event.hash, ...told }
  const tombstone = chain.event(13, { action: 'audit.removed', facts })
  const removed = { event: event.id, removal: tombstone.id }
  return [...chain.rows, tombstone].map((row) =>
    row === event
      ? { kind: 'leaf' as const, seq: row.seq, txid: row.txid, hash: row.hash, ...removed }
      : row
  )
}
