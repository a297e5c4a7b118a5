import { test } from '@japa/runner'
import { countsOf, planCsv, planRows, planSheets, recordsOf } from '#tests/support/plans'
import type { Value } from '#tests/support/xlsx_writer'

const day = (v: number) => ({ v, style: 'date' as const })

test.group('Imports | where tables stand', () => {
  test('under title and metadata rows, from B2, above a footer and a key', ({ assert }) => {
    const plan = planRows([
      [],
      ['', 'Project risk register'],
      ['', 'Project', 'Atlas', 'Manager', 'PM'],
      [],
      ['', 'ID', 'Description', 'Likelihood', 'Impact', 'Owner'],
      ['', 'R1', 'Vendor fails', 'High', 'Low', 'AB'],
      ['', 'Total', '', 1, 1],
      [],
      ['', 'Key'],
      ['', 'High', '> 60 %'],
      ['', 'Generated at 10:00 by the PMO'],
    ])
    assert.deepEqual(countsOf(plan), { risk: 1 })
    assert.deepEqual(
      plan.rows.filter((row) => row.kind === 'skipped').map(({ code }) => code),
      ['title', 'title', 'total', 'key', 'key', 'key']
    )
  })

  test('under merged headers of two rows, with and without the merges', ({ assert }) => {
    const rows: Value[][] = [
      ['ID', 'Risk', 'Inherent', '', 'Residual', '', 'Owner'],
      ['', '', 'L', 'I', 'L', 'I', ''],
      ['R1', 'Fire', 5, 4, 2, 3, 'FM'],
    ]
    for (const merges of [['C1:D1', 'E1:F1', 'A1:A2', 'B1:B2', 'G1:G2'], []]) {
      const [record] = recordsOf(planRows(rows, 'Risks', { merges }))
      const { inherentLikelihood, inherentImpact, currentLikelihood, currentImpact, ownerLabel } =
        record.attributes
      assert.deepEqual(
        [inherentLikelihood, inherentImpact, currentLikelihood, currentImpact, ownerLabel],
        [5, 4, 2, 3, 'FM']
      )
    }
  })

  test('stacked in one sheet and side by side', ({ assert }) => {
    const stacked = planRows([
      ['RISKS'],
      ['ID', 'Description', 'L', 'I'],
      [1, 'Scope unclear', 4, 5],
      [],
      ['ISSUES'],
      ['ID', 'Description', 'Severity', 'Resolution'],
      [1, 'Door broken', 'High', 'Fix'],
      [],
      ['DEPENDENCIES'],
      ['ID', 'Description', 'Depends on', 'Needed by'],
      [1, 'Test lab', 'Infra', day(45250)],
    ])
    assert.deepEqual(countsOf(stacked), { risk: 1, issue: 1, dependency: 1 })
    const beside = planCsv(
      'Risks,,,,Issues,,\nID,Risk,Impact,,ID,Issue,Severity\nR1,Fire,High,,I1,Smoke,Low\nR2,Flood,Low,,,,\n'
    )
    assert.deepEqual(countsOf(beside), { risk: 2, issue: 1 })
  })

  test('with section rows that name the type', ({ assert }) => {
    const plan = planCsv(
      'ID,Description,Owner,Status\nRISKS,,,\n1,Late parts,A,Open\nASSUMPTIONS,,,\n2,Staff stay,B,Open\nTechnical,,,\n3,Power holds,B,Open\n'
    )
    assert.deepEqual(countsOf(plan), { risk: 1, assumption: 2 })
  })

  test('beside a Gantt chart', ({ assert }) => {
    const plan = planRows(
      [
        ['ID', 'Risk', 'P', 'I', 'Jan', 'Feb', 'Mar', 'Apr'],
        ['R1', 'Late', 'H', 'M', 'x', 'x', '', ''],
      ],
      'Risks'
    )
    assert.equal(plan.tables[0].leftOut[0].reason, 'a timeline chart')
    assert.lengthOf(recordsOf(plan)[0].ignored, 2)
  })

  test('a sheet per type among sheets that are no data', ({ assert }) => {
    const plan = planSheets([
      { name: 'Read me', rows: [['How to use this log']] },
      {
        name: 'Risks',
        rows: [
          ['ID', 'Risk', 'Probability'],
          ['R1', 'Fire', 'Low'],
        ],
      },
      {
        name: 'Assumptions',
        rows: [
          ['ID', 'Assumption', 'Validation'],
          ['A1', 'Staff stay', 'Ask'],
        ],
      },
      {
        name: 'Actions',
        rows: [
          ['ID', 'Action', 'Owner', 'Due'],
          ['1', 'Call', 'X', '2024-01-01'],
        ],
      },
      {
        name: 'Lessons',
        rows: [
          ['Lesson', 'Event', 'Effect'],
          ['Start early', 'x', 'y'],
        ],
      },
      {
        name: 'Heat map',
        rows: [
          ['', 'L', 'M', 'H'],
          ['H', 3, 6, 9],
          ['M', 2, 4, 6],
          ['L', 1, 2, 3],
        ],
      },
      {
        name: 'Pivot',
        rows: [
          ['Row Labels', 'Count of ID'],
          ['Open', 3],
          ['Grand Total', 3],
        ],
      },
      {
        name: 'Lists',
        rows: [
          ['Status', 'Owner'],
          ['Open', 'PM'],
        ],
      },
      { name: 'Empty', rows: [] },
    ])
    assert.deepEqual(countsOf(plan), { risk: 1, assumption: 1 })
    const verdicts = plan.sheets.map(({ verdict }) => verdict)
    assert.deepEqual(verdicts, [
      'instructions',
      'table',
      'table',
      'table',
      'table',
      'heat_map',
      'pivot',
      'lookup',
      'empty',
    ])
    assert.isTrue(plan.sheets.every(({ verdict, reason }) => verdict === 'table' || reason !== ''))
    assert.deepEqual(
      plan.tables.map(({ mapping }) => mapping.include),
      [true, true, false, false]
    )
  })

  test('in hidden rows and sheets, and says so', ({ assert }) => {
    const plan = planSheets([
      {
        name: 'Risks',
        hiddenRows: [3],
        rows: [
          ['ID', 'Risk'],
          ['R1', 'Fire'],
          ['R2', 'Flood'],
        ],
      },
      {
        name: 'Old issues',
        state: 'veryHidden',
        rows: [
          ['ID', 'Issue', 'Status'],
          ['I1', 'Smoke', 'Closed'],
        ],
      },
    ])
    assert.deepEqual(countsOf(plan), { risk: 2, issue: 1 })
    assert.deepEqual(
      recordsOf(plan).map(({ hidden }) => hidden),
      [false, true, true]
    )
    assert.lengthOf(plan.warnings, 2)
  })
})
