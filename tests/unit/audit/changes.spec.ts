import { test } from '@japa/runner'
import { changes } from '#audit/changes'

const of = (value: unknown, subject: string | null = null) => ({ value, subject })

test.group('Audit changes', () => {
  test('lists only what differs', ({ assert }) => {
    const before = { title: of('Pump'), status: of('open') }
    const after = { title: of('Late pump'), status: of('open') }
    assert.deepEqual(changes(before, after), {
      title: { before: 'Pump', after: 'Late pump', subject: null },
    })
  })

  test('shows an added or removed value by one side', ({ assert }) => {
    assert.deepEqual(changes({}, { due_on: of('2026-02-03') }), {
      due_on: { after: '2026-02-03', subject: null },
    })
    assert.deepEqual(changes({ label: of('Sam', 'a') }, {}), {
      label: { before: 'Sam', subject: 'a' },
    })
  })

  test('keeps two people apart, so that one can be erased without the other', ({ assert }) => {
    assert.deepEqual(changes({ label: of('Sam', 'a') }, { label: of('Kim', 'b') }), {
      'label@before': { before: 'Sam', subject: 'a' },
      'label': { after: 'Kim', subject: 'b' },
    })
  })
})
