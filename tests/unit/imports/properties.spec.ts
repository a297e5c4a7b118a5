import { test } from '@japa/runner'
import {
  fieldsFor,
  ImportError,
  planImport,
  RECORD_TYPES,
  type ImportPlan,
  type RecordRow,
} from '#imports/index'
import { CHOICES } from '#imports/vocabulary/choices'
import { STATES } from '#imports/vocabulary/statuses'
import { processorTime } from '#tests/support/processor_time'
import { pick, randomFrom } from '#tests/support/random'
import { planSheets } from '#tests/support/plans'
import { writeXlsx, type Value } from '#tests/support/xlsx_writer'

const HEADERS = [
  'ID',
  'Ref',
  'Type',
  'Risk',
  'Issue',
  'Title',
  'Description',
  'Risk Description',
  'Likelihood',
  'Impact',
  'Probability (1-4)',
  'Residual Impact',
  'Score',
  'Owner',
  'Status',
  'Due date',
  'Date raised',
  'Mitigation',
  'Response',
  'Category',
  'Priority',
  'Severity',
  'Resolution',
  'Comments',
  'Confidence',
  'Depends on',
  'Decision',
  'Rationale',
  'Frist',
  'Maßnahme',
  'Proximity',
  'Whatever',
  '',
  'RAG',
  'Parent ID',
  'Action owner',
  'Cause',
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'P x I',
]
const CELLS: Value[] = [
  'R1',
  'A-2',
  '1.1',
  'Risk',
  'Issue',
  'Assumption',
  'Action',
  'High',
  'Low',
  'M',
  '4',
  3,
  7,
  0.5,
  '70 %',
  '0,5',
  'Open',
  'Clsoed',
  'In progress',
  'tbc',
  '?',
  'null',
  '-',
  'n/a',
  '2024-01-12',
  '13/02/2024',
  '02/13/2024',
  '12/Jan/24 3:04 PM',
  { v: 45000, style: 'date' },
  45001,
  'Q3 2024',
  'Ann, Bob',
  'The supplier may fail to deliver the parts. Then we wait.',
  'Avoid',
  'Mitigate',
  'x',
  'X',
  '3 x 4',
  'Total',
  'Generated at 10:00',
  'Technical',
  { v: 0, f: 'A1*B1' },
  { v: '', f: 'A1' },
  true,
  '#N/A',
  '<Describe>',
  'Example',
  'multi\nline text',
  '',
  '',
  '',
  '',
  '',
  null,
]

test.group('Imports | any bytes', () => {
  test('throw only the typed error, quickly', ({ assert }) => {
    const random = randomFrom(7)
    const spent = processorTime()
    const whole = writeXlsx([
      {
        name: 'Risks',
        rows: [
          ['ID', 'Risk'],
          ['1', 'Fire'],
        ],
      },
    ])
    for (let round = 0; round < 300; round++) planOrRefuse(noise(random, whole, round))
    assert.isBelow(spent(), 25)
  })
})

test.group('Imports | any grid', () => {
  test('keeps every row, every cell and every rule', ({ assert }) => {
    const random = randomFrom(11)
    const spent = processorTime()
    for (let round = 0; round < 250; round++) {
      const rows = grid(random)
      const plan = planSheets([
        { name: pick(random, ['Sheet1', 'Risks', 'Issues', 'RAID Log']), rows },
      ])
      assertRows(assert, plan, rows)
      for (const record of records(plan)) {
        assertValid(assert, record)
        assertKept(assert, record, rows[record.row - 1])
      }
    }
    assert.isBelow(spent(), 25)
  })

  test('plans the same twice, in JSON', ({ assert }) => {
    const random = randomFrom(3)
    for (let round = 0; round < 20; round++) {
      const bytes = writeXlsx([{ name: 'Log', rows: grid(random) }])
      const overrides = { tables: { 'Log!1': { include: true, type: 'risk' as const } } }
      const first = planImport(bytes, 'log.xlsx', overrides)
      assert.deepEqual(planImport(bytes, 'log.xlsx', overrides), first)
      const { rows, ...stored } = first
      assert.deepEqual(JSON.parse(JSON.stringify(stored)), stored)
    }
  })
})

function noise(random: () => number, whole: Buffer, round: number): Buffer {
  if (round % 3 === 0)
    return Buffer.from(
      Array.from({ length: Math.floor(random() * 3_000) }, () => Math.floor(random() * 256))
    )
  if (round % 3 === 1)
    return Buffer.from(
      Array.from({ length: 400 }, () => pick(random, [...'";,|\n\r\t abcRisk0123'])).join('')
    )
  const damaged = Buffer.from(whole)
  for (let hit = 0; hit < 5; hit++)
    damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256)
  return damaged
}

function planOrRefuse(bytes: Buffer): void {
  try {
    planImport(bytes, 'log.xlsx')
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
  }
}

function grid(random: () => number): Value[][] {
  const width = 2 + Math.floor(random() * 9)
  const title: Value[][] = random() < 0.3 ? [['Project log'], []] : []
  const header = Array.from({ length: width }, () => pick(random, HEADERS))
  const rows = Array.from({ length: Math.floor(random() * 12) }, () =>
    Array.from({ length: width }, () => pick(random, CELLS))
  )
  return [...title, header, ...rows]
}

function records(plan: ImportPlan): RecordRow[] {
  return plan.rows.filter((row) => row.kind === 'record')
}

type Assert = {
  isTrue(value: boolean, message?: string): void
  include(list: readonly unknown[], value: unknown): void
  equal(a: unknown, b: unknown, message?: string): void
}

function assertRows(assert: Assert, plan: ImportPlan, rows: Value[][]) {
  const included = plan.tables.filter(({ mapping }) => mapping.include)
  if (included.length === 0 || included.length < plan.tables.length) return
  const expected = rows.flatMap((row, index) =>
    row.some((value) => shown(value) !== '') ? [index + 1] : []
  )
  const seen = [
    ...plan.rows.map(({ row }) => row),
    ...plan.tables.flatMap(({ headerRows }) => headerRows),
  ]
  assert.equal(
    JSON.stringify([...new Set(seen)].sort((a, b) => a - b)),
    JSON.stringify(expected),
    JSON.stringify(rows)
  )
}

function assertValid(assert: Assert, { type, attributes }: RecordRow) {
  const allowed = new Set<string>([
    ...fieldsFor(type).map(({ key }) => key),
    'priorityOverride',
    'priorityReason',
    'blockedReason',
  ])
  assert.include(RECORD_TYPES, type)
  assert.include(STATES[type].states, attributes.status)
  assert.isTrue(
    String(attributes.title).length > 0 && String(attributes.title).length <= 200,
    'title'
  )
  for (const [key, value] of Object.entries(attributes)) {
    assert.isTrue(allowed.has(key), `${type} has no ${key}`)
    const kind = fieldsFor(type).find((field) => field.key === key)?.kind
    if (kind === 'score') assert.include([1, 2, 3, 4, 5], value)
    if (kind === 'date') assert.isTrue(/^\d{4}-\d{2}-\d{2}$/.test(String(value)), `${key} ${value}`)
    if (kind === 'choice' && key in CHOICES) assert.include(Object.keys(CHOICES[key]), value)
  }
}

/** Each cell shows up in a field, a note or the list of what was left out. */
function assertKept(assert: Assert, record: RecordRow, row: Value[]) {
  const { attributes, notes, ignored, sourceId, parentSourceId } = record
  const dates = Object.values(attributes).filter((value) => /^\d{4}-\d\d-\d\d$/.test(String(value)))
  const everything = normal(
    [
      record.type,
      ...Object.values(attributes),
      ...notes,
      ...ignored.map(({ value }) => value),
      sourceId,
      parentSourceId,
    ].join(' ')
  )
  for (const value of row) {
    const text = shown(value)
    const isSilent = /^[-–x\s]*$/i.test(text)
    const isDate = /\d{2,4}[-/]\w+[-/]\d{2,4}|^4500\d$/.test(text) && dates.length > 0
    if (!isSilent && !isDate)
      assert.isTrue(
        everything.includes(normal(text)),
        `lost “${text}” of ${JSON.stringify(row)} in ${JSON.stringify(record)}`
      )
  }
}

function normal(text: string): string {
  return text.toLowerCase().replaceAll('_', ' ').replace(/\s+/g, ' ').trim()
}

function shown(value: Value): string {
  if (value !== null && typeof value === 'object' && value.style === 'date') return '2023-03-15'
  const plain = value !== null && typeof value === 'object' ? (value.v ?? '') : (value ?? '')
  return typeof plain === 'boolean' ? String(plain).toUpperCase() : String(plain)
}
