import { test } from '@japa/runner'
import type { Section } from '#models/pack/content'
import { diffSections } from '#models/pack/diff'

const section = (lists: Section['lists'], facts: Section['facts'] = {}): Section => ({
  facts,
  lists,
})

test.group('Difference between two states of a pack', () => {
  test('is nothing between equal ones', ({ assert }) => {
    const state = section({ raid: [{ id: '1', title: 'Late', score: 4 }] }, { open: 1 })
    const diff = diffSections(state, structuredClone(state))
    assert.deepEqual(diff, { facts: [], lists: {} })
  })

  test('lists what came, went and changed, field by field', ({ assert }) => {
    const before = section({
      raid: [
        { id: '1', title: 'Late', score: 4 },
        { id: '2', title: 'Gone' },
      ],
    })
    const after = section({
      raid: [
        { id: '3', title: 'New' },
        { id: '1', title: 'Late', score: 20 },
      ],
    })
    const diff = diffSections(before, after)
    assert.deepEqual(diff.lists.raid, [
      { kind: 'added', record: { id: '3', title: 'New' } },
      {
        kind: 'changed',
        record: { id: '1', title: 'Late', score: 20 },
        changes: [{ field: 'score', before: 4, after: 20 }],
      },
      { kind: 'removed', record: { id: '2', title: 'Gone' } },
    ])
  })

  test('does not mind the order of records, nor null for absent', ({ assert }) => {
    const before = section({ raid: [{ id: '1' }, { id: '2', note: null }] })
    const after = section({ raid: [{ id: '2' }, { id: '1' }] })
    assert.deepEqual(diffSections(before, after), { facts: [], lists: {} })
  })

  test('does not call a field new that was not recorded before', ({ assert }) => {
    const before = section({
      raid: [
        { id: '1', title: 'Late' },
        { id: '2', title: 'Short', proximity: null },
      ],
    })
    const after = section({
      raid: [
        { id: '1', title: 'Late', proximity: 'imminent', target: 4 },
        { id: '2', title: 'Short', proximity: null, target: 6 },
      ],
    })
    assert.deepEqual(diffSections(before, after).lists.raid, [
      {
        kind: 'changed',
        record: after.lists.raid[0],
        changes: [{ field: 'proximity', before: null, after: 'imminent' }],
      },
    ])
  })

  test('reaches facts and lists that only one of the two has', ({ assert }) => {
    const diff = diffSections(
      section({ old: [{ id: '1' }] }, { kept: 1 }),
      section({ fresh: [{ id: '2' }] }, { kept: 1, rag: 'green' })
    )
    assert.deepEqual(diff.facts, [{ field: 'rag', before: null, after: 'green' }])
    assert.deepEqual(Object.keys(diff.lists).sort(), ['fresh', 'old'])
  })
})
