import { test } from '@japa/runner'
import { planCsv, planRows, planSheets, recordsOf } from '#tests/support/plans'

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

  test('keep what people wrote in a comment with replies, without Excel’s notice', ({ assert }) => {
    const notice =
      '[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment. Learn more: https://go.microsoft.com/fwlink/?linkid=870924'
    const comment = `${notice}\n\nComment:\n    Ask Ann: who pays?\nReply:\n    The owner.`
    const [record] = recordsOf(
      planRows([
        ['ID', 'Risk', 'Owner'],
        ['R1', { v: 'Supplier fails', comment }, 'Bo'],
      ])
    )
    assert.equal(
      record.attributes.description,
      'Comment on Risk: Ask Ann: who pays?\nReply:\nThe owner.'
    )
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
