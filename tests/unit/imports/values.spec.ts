import { test } from '@japa/runner'
import { readDate, type DateOrder } from '#imports/conversion/read_date'
import { readSituation, stateOf } from '#imports/conversion/read_status'
import { isPlaceholder } from '#imports/vocabulary/placeholders'
import { planCsv, planSheets, recordsOf } from '#tests/support/plans'
import { planImport } from '#imports/index'
import { writeXlsx } from '#tests/support/xlsx_writer'

const day = (v: number) => ({ v, style: 'date' as const })

test.group('Imports | dates', () => {
  test('in every form', ({ assert }) => {
    const cases: [string, DateOrder, string | null][] = [
      ['2024-01-12', 'dmy', '2024-01-12'],
      ['2024-01-12T15:04:00Z', 'dmy', '2024-01-12'],
      ['2024-01-12 15:04', 'dmy', '2024-01-12'],
      ['12.01.2024', 'dmy', '2024-01-12'],
      ['1.2.24', 'dmy', '2024-02-01'],
      ['12/01/2024', 'dmy', '2024-01-12'],
      ['01/12/2024', 'mdy', '2024-01-12'],
      ['12/Jan/24 3:04 PM', 'dmy', '2024-01-12'],
      ['22/Mar/14 07:59', 'dmy', '2014-03-22'],
      ['Jan 12, 2024', 'dmy', '2024-01-12'],
      ['12. März 2024', 'dmy', '2024-03-12'],
      ['3/28/2024 12:00 AM', 'mdy', '2024-03-28'],
      ['20240112', 'dmy', '2024-01-12'],
      ['45303', 'dmy', '2024-01-12'],
      ['Friday, 12 January 2024', 'dmy', '2024-01-12'],
      ['31/02/2024', 'dmy', null],
      ['Q3 2024', 'dmy', null],
      ['end of May', 'dmy', null],
      ['asap', 'dmy', null],
    ]
    for (const [text, order, expected] of cases)
      assert.equal(readDate({ text }, order), expected, text)
  })

  test('the whole column decides what comes first', ({ assert }) => {
    const american = recordsOf(planCsv('ID,Risk,Due date\n1,Fire,02/03/2024\n2,Flood,02/28/2024\n'))
    assert.deepEqual(
      american.map(({ attributes }) => attributes.dueOn),
      ['2024-02-03', '2024-02-28']
    )
    const open = planCsv('ID,Risk,Due date\n1,Fire,02/03/2024\n')
    assert.equal(recordsOf(open)[0].attributes.dueOn, '2024-03-02')
    assert.lengthOf(open.warnings, 1)
  })

  test('Excel serials with and without format, in both epochs', ({ assert }) => {
    const sheet = [
      {
        name: 'Issues',
        rows: [
          ['ID', 'Issue', 'Raised', 'Due'],
          [1, 'Smoke', 45303, day(45303)],
        ],
      },
    ]
    const { attributes } = recordsOf(planSheets(sheet))[0]
    assert.deepEqual([attributes.raisedOn, attributes.dueOn], ['2024-01-12', '2024-01-12'])
    const mac = recordsOf(planImport(writeXlsx(sheet, { epoch1904: true }), 'log.xlsx'))[0]
    assert.deepEqual([mac.attributes.raisedOn, mac.attributes.dueOn], ['2028-01-13', '2028-01-13'])
  })

  test('prose is kept with a note', ({ assert }) => {
    const [record] = recordsOf(planCsv('ID,Risk,Due date\n1,Fire,Q3 2024\n'))
    assert.equal(record.attributes.description, 'Due date: Q3 2024')
    assert.match(record.notes[0], /is no date/)
  })
})

test.group('Imports | statuses and placeholders', () => {
  test('misspelt and in other words', ({ assert }) => {
    const state = (text: string, type: 'risk' | 'issue' | 'dependency' | 'assumption') => {
      const reading = readSituation(text)
      return reading && stateOf(reading.situation, type)
    }
    assert.equal(state('Opne', 'risk'), 'open')
    assert.equal(state('In progeress', 'issue'), 'in_progress')
    assert.equal(state('Clsoed', 'dependency'), 'met')
    assert.equal(state('Closed - merged into R1', 'risk'), 'closed')
    assert.equal(state('(2) Postponed', 'issue'), 'on_hold')
    assert.equal(state('eingetreten', 'risk'), 'realised')
    assert.equal(state('Confirmée', 'assumption'), 'validated')
    assert.isNull(state('purple', 'risk'))
  })

  test('an unknown status is kept and told', ({ assert }) => {
    const [record] = recordsOf(
      planCsv('ID,Risk,Status\n1,Fire,Purple\n2,Flood,Open\n3,Wind,Open\n')
    )
    assert.equal(record.attributes.status, 'open')
    assert.equal(record.attributes.description, 'Status: Purple')
  })

  test('placeholders are no owners', ({ assert }) => {
    for (const text of [
      'null',
      '?',
      'tbc',
      'TBD',
      'Unassigned',
      'n/a',
      '-',
      'N.N.',
      '#N/A',
      'nicht zugewiesen',
      'À définir',
      '???',
    ]) {
      assert.isTrue(isPlaceholder(text), text)
    }
    for (const text of ['AB', 'PMO', 'Ann, Bob', 'Finance team', 'No smoking'])
      assert.isFalse(isPlaceholder(text), text)
  })
})
