import { test } from '@japa/runner'
import { readDate, type DateOrder } from '#imports/conversion/read_date'
import { readPair, readScore, type Scale } from '#imports/conversion/read_score'
import { readSituation, stateOf } from '#imports/conversion/read_status'
import { isPlaceholder } from '#imports/vocabulary/placeholders'
import { planCsv, planRows, planSheets, recordsOf } from '#tests/support/plans'
import { planImport } from '#imports/index'
import { writeXlsx } from '#tests/support/xlsx_writer'

const day = (v: number) => ({ v, style: 'date' as const })

test.group('Imports | scores', () => {
  test('on every scale', ({ assert }) => {
    const cases: [string, Scale, number | null][] = [
      ['1', '1-4', 1],
      ['2', '1-4', 2],
      ['3', '1-4', 4],
      ['4', '1-4', 5],
      ['5', '1-4', null],
      ['3', '1-3', 4],
      ['0', '1-10', 1],
      ['7', '1-10', 4],
      ['10', '1-10', 5],
      ['0', '0-4', 1],
      ['70', 'percent', 4],
      ['70 %', 'words', 4],
      ['0,7', 'fraction', 4],
      ['5%', 'words', 1],
      ['20-40%', 'words', 2],
      ['H', 'words', 4],
      ['VL', 'words', 1],
      ['med', 'words', 3],
      ['HIgh', 'words', 4],
      ['Hgih', 'words', 4],
      ['3 - Medium', '1-5', 3],
      ['4 - Very high', 'words', 5],
      ['High (4)', '1-5', 4],
      ['4/5', '1-5', 4],
      ['C - Possible', 'words', 3],
      ['Low/Medium', 'words', 3],
      ['almost certain', 'words', 5],
      ['banana', 'words', null],
      ['99', '1-5', null],
    ]
    for (const [text, scale, expected] of cases)
      assert.equal(readScore({ text }, scale), expected, `${text} on ${scale}`)
    assert.equal(readScore({ text: '70%', number: 0.7, percent: true }, 'words'), 4)
  })

  test('likelihood and impact in one cell', ({ assert }) => {
    assert.deepEqual(readPair('3 x 4', '1-5'), { likelihood: 3, impact: 4 })
    assert.deepEqual(readPair('5*5=25', '1-5'), { likelihood: 5, impact: 5 })
    assert.deepEqual(readPair('H/M', '1-5'), { likelihood: 4, impact: 3 })
    assert.isNull(readPair('12', '1-5'))
  })

  test('as crosses under columns', ({ assert }) => {
    const plan = planRows(
      [
        ['No', 'Risk', 'Likelihood', '', '', 'Impact', '', ''],
        ['', '', 'L', 'M', 'H', 1, 2, 3],
        [1, 'Flood', '', 'x', '', '', '', 'X'],
        [2, 'Fire', 'x', '', '', 'X', '', ''],
      ],
      'Risks',
      { merges: ['C1:E1', 'F1:H1'] }
    )
    const [first, second] = recordsOf(plan)
    assert.deepEqual([first.attributes.currentLikelihood, first.attributes.currentImpact], [3, 4])
    assert.deepEqual([second.attributes.currentLikelihood, second.attributes.currentImpact], [2, 2])
  })

  test('the scale comes from the header, a list validation or the values', ({ assert }) => {
    const scales = (header: string, values: (string | number)[], more = {}) =>
      planRows(
        [['ID', 'Risk', header], ...values.map((value, index) => [index + 1, 'Fire', value])],
        'Risks',
        more
      ).tables[0].mapping.columns[2].scale
    assert.equal(scales('Likelihood (1-4)', [1, 2]), '1-4')
    assert.equal(
      scales('Likelihood', [1, 2], { lists: [{ area: 'C2:C99', source: '"1,2,3,4"' }] }),
      '1-4'
    )
    assert.equal(scales('Likelihood', [3, 8]), '1-10')
    assert.equal(scales('Likelihood', [20, 80]), 'percent')
    assert.equal(scales('Likelihood', ['0,2', '0,9']), 'fraction')
    assert.equal(scales('Likelihood', ['H', 'L']), 'words')
  })

  test('a total alone is kept, a calculated one is left out', ({ assert }) => {
    const alone = recordsOf(planCsv('ID,Risk,Risk score\n1,Fire,12\n'))[0]
    assert.equal(alone.attributes.description, 'Risk score: 12')
    assert.isUndefined(alone.attributes.currentLikelihood)
    const both = recordsOf(planCsv('ID,Risk,L,I,Score\n1,Fire,3,4,12\n'))[0]
    assert.deepEqual(
      both.ignored.map(({ value }) => value),
      ['12']
    )
  })
})

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

test.group('Imports | rows', () => {
  test('pre-filled formula rows are no records', ({ assert }) => {
    const blank = Array.from({ length: 20 }, (_, index) => [
      { v: `R${index + 2}`, f: 'ROW()' },
      '',
      '',
      '',
      { v: 0, f: 'C*D' },
      'Open',
    ])
    const plan = planRows(
      [
        ['ID', 'Risk', 'L', 'I', 'Score', 'Status'],
        ['R1', 'Fire', 2, 3, { v: 6, f: 'C2*D2' }, 'Open'],
        ...blank,
      ],
      'Risks'
    )
    assert.equal(plan.counts.risk, 1)
    assert.equal(plan.tables[0].skipped, 20)
  })

  test('hints and examples under the header are no records', ({ assert }) => {
    const plan = planRows([
      ['ID', 'Assumption', 'Validate by', 'Owner'],
      ['Unique ID', 'Describe the assumption', 'dd/mm/yyyy', 'Name of owner'],
      ['e.g. A0', 'Example: all is well', '01/01/2024', 'PM'],
      ['A1', '<Describe>', '', ''],
      ['A2', 'Staff stay', '', 'HR'],
    ])
    assert.deepEqual(
      recordsOf(plan).map(({ sourceId }) => sourceId),
      ['A2']
    )
  })

  test('rows merged under a record add to it', ({ assert }) => {
    const plan = planRows(
      [
        ['ID', 'Risk', 'Mitigation'],
        ['R1', 'Supplier fails', 'Second source'],
        ['', '', 'Sign contract'],
      ],
      'Risks',
      { merges: ['A2:A3', 'B2:B3'] }
    )
    assert.equal(recordsOf(plan)[0].attributes.responsePlan, 'Second source\n\nSign contract')
    assert.equal(plan.counts.risk, 1)
  })

  test('references are repaired, duplicates told', ({ assert }) => {
    const plan = planSheets([
      {
        name: 'Risks',
        rows: [
          ['ID', 'Risk'],
          [1.1000000000000001, 'Fire'],
          ['R2', 'Flood'],
          ['R2', 'Wind'],
          ['', 'Ice'],
        ],
      },
      {
        name: 'More risks',
        rows: [
          ['ID', 'Risk'],
          ['R2', 'Snow'],
          [{ v: 7, style: 'reference' }, 'Hail'],
        ],
      },
    ])
    assert.deepEqual(
      recordsOf(plan).map(({ sourceId }) => sourceId),
      ['1.1', 'R2', 'R2', null, 'R2', 'R-007']
    )
    assert.match(recordsOf(plan)[4].notes.join(), /sheet “Risks”/)
  })

  test('parents by code, column and indent', ({ assert }) => {
    const parents = (rows: string) =>
      recordsOf(planCsv(rows)).map(({ parentSourceId }) => parentSourceId)
    assert.deepEqual(
      parents('WBS,Risk,Impact\n1,Tech,H\n1.1,Server,L\n1.1.1,Disk,L\n2,People,L\n'),
      [null, '1', '1.1', null]
    )
    assert.deepEqual(parents('ID,Parent ID,Risk,Impact\n7,,Tech,H\n8,7,Server,L\n'), [null, '7'])
    assert.deepEqual(parents('ID,Risk,Impact\nR1,Tech,H\nR2,   Server,L\nR3,People,L\n'), [
      null,
      'R1',
      null,
    ])
  })

  test('long titles are cut at a word, long texts give one', ({ assert }) => {
    const long = 'The supplier may fail to deliver. '.repeat(12).trim()
    const [record] = recordsOf(planCsv(`ID,Risk\n1,${long}\n`))
    assert.isAtMost(String(record.attributes.title).length, 200)
    assert.equal(record.attributes.description, long)
    const [described] = recordsOf(planCsv(`ID,Risk description\n1,${long}\n`))
    assert.equal(described.attributes.title, 'The supplier may fail to deliver')
    assert.equal(described.attributes.description, long)
  })

  test('a response has to fit threat or opportunity', ({ assert }) => {
    const [accept, exploit] = recordsOf(
      planCsv(
        'ID,Threat/Opportunity,Description,Strategy\n1,Opportunity,Early bird,Avoid\n2,Opportunity,New market,Exploit\n'
      )
    )
    assert.isUndefined(accept.attributes.response)
    assert.include(String(accept.attributes.description), 'avoid')
    assert.equal(exploit.attributes.response, 'exploit')
  })
})

test.group('Imports | overrides', () => {
  const text = 'ID,Thing,Chance,When,State\n1,Fire may break out,3,02/03/2024,Parked\n'

  test('type, fields, scale, date order and values', ({ assert }) => {
    const plan = planCsv(text, 'list.csv', {
      tables: {
        'list!1': {
          type: 'risk',
          columns: {
            B: { field: 'title' },
            C: { field: 'currentImpact', scale: '1-3' },
            D: { field: 'dueOn', dateOrder: 'mdy' },
            E: { field: 'status', values: { Parked: 'monitoring' } },
          },
        },
      },
    })
    const { attributes } = recordsOf(plan)[0]
    assert.deepEqual(
      [attributes.title, attributes.currentImpact, attributes.dueOn, attributes.status],
      ['Fire may break out', 4, '2024-02-03', 'monitoring']
    )
  })

  test('leave a table out, choose another header row', ({ assert }) => {
    assert.equal(
      planCsv('ID,Risk\n1,Fire\n', 'a.csv', { tables: { 'a!1': { include: false } } }).counts.risk,
      0
    )
    const plan = planCsv('Some,words,here\nID,Risk\n1,Fire\n', 'a.csv', { headerRows: { a: 2 } })
    assert.equal(plan.tables[0].id, 'a!2')
    assert.equal(plan.counts.risk, 1)
  })

  test('nonsense is passed over', ({ assert }) => {
    const columns = { B: { field: 'nope' as never, scale: 'x' as never }, ZZ: {} }
    assert.equal(
      planCsv('ID,Risk\n1,Fire\n', 'a.csv', { tables: { 'a!1': { columns }, 'other': {} } }).counts
        .risk,
      1
    )
  })
})
