import { test } from '@japa/runner'
import { flawOf } from '#models/import/flaws'
import { Members } from '#models/import/members'
import { settle } from '#models/import/settling'
import RaidItem from '#models/raid_item'

test.group('Settling an imported record', () => {
  test('keeps what no field can take, and says so', ({ assert }) => {
    const { values, kept, notes } = settle('risk', {
      title: 'A\0b',
      status: 'open',
      inherentImpact: 3,
      currentLikelihood: 4,
      currentImpact: 3,
      response: 'accept',
      closedOn: '2026-01-02',
    })
    assert.deepEqual(values, {
      title: 'Ab',
      status: 'open',
      currentLikelihood: 4,
      currentImpact: 3,
    })
    assert.deepEqual(kept, [
      'Inherent impact: 3 of 5',
      'Response in the file: Accept',
      'Closed on: 2026-01-02',
    ])
    assert.lengthOf(notes, 3)
  })

  test('accepts a risk up to the appetite', ({ assert }) => {
    const accepted = { status: 'open', response: 'accept' }
    const at = (currentLikelihood: number, currentImpact: number) =>
      settle('risk', { ...accepted, currentLikelihood, currentImpact }).values.response
    assert.deepEqual([at(3, 3), at(2, 5)], ['accept', undefined])
  })

  test('cuts what is longer than the log takes', ({ assert }) => {
    const { values, notes } = settle('risk', { status: 'open', cause: 'x'.repeat(40_000) })
    assert.isBelow(String(values.cause).length, 20_000)
    assert.include(notes[0], 'was cut')
  })

  test('finds a flaw in {0}')
    .with([
      ['status', 'treated', /status/],
      ['title', '', /Title/],
      ['title', 'x'.repeat(201), /Title/],
      ['currentImpact', 6, /impact/],
      ['currentImpact', 2.5, /impact/],
      ['category', 'toString', /Category/],
      ['dueOn', '2026-02-30', /due/],
      ['dueOn', '0026-02-20', /due/],
      ['closedOn', 'yesterday', /closing date/],
      ['currentLikelihood', null, /Choose the current likelihood/],
      ['ownerLabel', 'x'.repeat(201), /name/],
    ] as [keyof RaidItem, unknown, RegExp][])
    .run(({ assert }, [attribute, value, says]) => {
      const sound = { type: 'risk', title: 'A crane', status: 'open', nature: 'threat' } as const
      const scored = { currentLikelihood: 3, currentImpact: 3 }
      const item = new RaidItem().merge({ ...sound, ...scored } as any)
      assert.isNull(flawOf(item))
      item.merge({ [attribute]: value } as any)
      assert.match(flawOf(item)!, says)
    })
})

test.group('Members named in a file', () => {
  const members = new Members([
    { id: '1', name: 'Jane Ann Doe', email: 'jane@example.test' },
    { id: '2', name: 'Kim Lee', email: 'kim@example.test' },
    { id: '3', name: 'Lee Kim', email: 'lee@example.test' },
  ])

  test('{0} names {1}')
    .with([
      ['Doe,  JANE ann', '1'],
      ['Jane@Example.test', '1'],
      ['Jane', undefined],
      ['Kim Lee', undefined],
      ['kim@example.test', '2'],
      ['', undefined],
    ] as const)
    .run(({ assert }, [label, id]) => assert.equal(members.find(label)?.id, id))
})
