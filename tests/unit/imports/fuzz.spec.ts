import fc from 'fast-check'
import { test } from '@japa/runner'
import { ImportError, planImport } from '#imports/index'
import { showNumber } from '#imports/workbook/number_formats'
import { fixture } from '#tests/support/import_fixtures'
import { recordsOf } from '#tests/support/plans'
import { processorTime } from '#tests/support/processor_time'
import { writeXlsx, writeZip } from '#tests/support/xlsx_writer'

/** The same cases every time. */
const FIXED = { seed: 20260302, numRuns: 60, endOnFailure: true }

/** What a single file may cost here, far above what it takes, far below what a hang would. */
const SECONDS = 5

const FILES: Record<string, Buffer> = {
  ...Object.fromEntries(
    ['jira.csv', 'openproject.csv', 'redmine.csv', 'jira.xml', 'project.xml'].map((name) => [
      name,
      fixture(name),
    ])
  ),
  'log.xlsx': writeXlsx([
    {
      name: 'Risks',
      rows: [
        ['ID', 'Risk', 'Likelihood', 'Impact', 'Due date'],
        ['R1', 'Fire', 4, 5, { v: 45_000, style: 'date' }],
        ['R2', 'Flood', 2, 3, ''],
      ],
    },
  ]),
}

const anyFile = fc.constantFrom(...Object.keys(FILES))

/** Reads a file or is refused with a message for people; anything else fails the test. */
function readOrRefuse(bytes: Buffer, name: string) {
  const spent = processorTime()
  const plan = planOrNull(bytes, name)
  if (spent() > SECONDS) throw new Error(`${name} took too long`)
  return plan
}

function planOrNull(bytes: Buffer, name: string) {
  try {
    return planImport(bytes, name)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    if (!/^[A-Z].*[.)]$/s.test(error.message)) throw new Error(`Unclear: ${error.message}`)
    return null
  }
}

test.group('Imports | hostile bytes', () => {
  test('a file cut off anywhere is read or refused', () => {
    const cut = fc.tuple(anyFile, fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(cut, ([name, share]) => {
        readOrRefuse(FILES[name].subarray(0, Math.floor(FILES[name].length * share)), name)
      }),
      FIXED
    )
  })

  test('a file with flipped bits is read or refused', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(anyFile, flips, (name, hits) => {
        const bytes = Buffer.from(FILES[name])
        for (const [at, bit] of hits) bytes[at % bytes.length] ^= 1 << bit
        readOrRefuse(bytes, name)
      }),
      { ...FIXED, numRuns: 120 }
    )
  })

  test('parts of files in any order are read or refused', () => {
    const part = fc.tuple(anyFile, fc.nat(), fc.nat(4_000))
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        const pieces = parts.map(([name, from, length]) => {
          const at = from % FILES[name].length
          return FILES[name].subarray(at, at + length)
        })
        readOrRefuse(Buffer.concat(pieces), 'pieces.csv')
      }),
      FIXED
    )
  })

  test('any bytes and any text are read or refused', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3_000 }).map((one) => Buffer.from(one))
    const bytes = fc.uint8Array({ maxLength: 3_000 }).map((one) => Buffer.from(one))
    fc.assert(
      fc.property(fc.oneof(text, bytes), (content) => void readOrRefuse(content, 'any.csv')),
      FIXED
    )
  })

  test('a ZIP of any names and contents is read or refused', () => {
    const path = fc.oneof(
      fc.constantFrom(
        'xl/workbook.xml',
        '_rels/.rels',
        '../../etc/passwd',
        'xl/worksheets/sheet1.xml'
      ),
      fc.string({ maxLength: 30 })
    )
    const content = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.constantFrom('<sst/>', '<a>'.repeat(3_000), '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    )
    fc.assert(
      fc.property(fc.dictionary(path, content, { minKeys: 1, maxKeys: 5 }), (files) => {
        readOrRefuse(writeZip(files), 'any.xlsx')
      }),
      FIXED
    )
  })

  test('what unpacks to far more than it weighs is refused', ({ assert }) => {
    const big = Buffer.alloc(60 * 1024 * 1024, '<c><v>1</v></c>')
    const bomb = writeZip({ '[Content_Types].xml': '<Types/>', 'xl/worksheets/sheet1.xml': big })
    assert.isBelow(bomb.length, 1024 * 1024)
    assert.isNull(readOrRefuse(bomb, 'bomb.xlsx'))
  })
})

test.group('Imports | long runs in cells', () => {
  const HEADER =
    'ID,Type,Title,Description,Probability (1-5),Impact,Score,Status,Priority,Owner,Due date'
  const PLAIN = 'R1,Risk,Fire,It burns,4,3 - Medium,12,Open,High,Ann,2026-01-02'

  test('a cell that repeats "{0}" is read in linear time')
    .with([' ', 'a ', 'a - ', '1', '1 ', '( ', '-', '. ', 'a', 'aA', '[', '/', 'example '])
    .run(({ assert }, run) => {
      for (const [first, last] of [
        ['x', 'x'],
        ['1', '!'],
        ['High', ' x'],
        ['example', 'x'],
      ]) {
        const cell = `"${first}${run.repeat(4_000)}${last}"`
        const hostile = HEADER.split(',').map(() => cell)
        const rows = [HEADER, PLAIN, PLAIN, PLAIN, hostile.join(',')]
        assert.isNotNull(readOrRefuse(Buffer.from(rows.join('\n')), 'runs.csv'))
      }
    })

  test('a number with more decimals than can be written is shown with those that can', ({
    assert,
  }) => {
    assert.equal(showNumber(1.5, `0.${'0'.repeat(200)}`).length, 102)
  })
})

test.group('Imports | any table as CSV', () => {
  // As in words: what is nothing but accents would be another alphabet.
  const word = fc.stringMatching(/^([A-Za-z]|[äöüß][a-z])([A-Za-z0-9 ,;"\n-]|[äöüß][a-z]){0,20}$/)
  const row = fc.record({ title: word, owner: word, status: fc.constantFrom('Open', 'Closed') })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

  test('keeps every title whatever delimiter, line end, encoding and mark it is written with', ({
    assert,
  }) => {
    const dialect = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      end: fc.constantFrom('\n', '\r\n'),
      encoding: fc.constantFrom<'utf8' | 'utf16le' | 'latin1'>('utf8', 'utf16le', 'latin1'),
      mark: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), dialect, (rows, how) => {
        const lines = [
          ['ID', 'Risk title', 'Owner', 'Status'],
          ...rows.map(({ title, owner, status }, index) => [
            `R-${index + 1}`,
            title,
            owner,
            status,
          ]),
        ]
        const text = lines.map((line) => line.map(quoted).join(how.delimiter)).join(how.end)
        const isMarked = how.encoding === 'utf16le' || (how.mark && how.encoding === 'utf8')
        const bytes = Buffer.from((isMarked ? '\uFEFF' : '') + text, how.encoding)
        const plan = readOrRefuse(bytes, 'risks.csv')!
        const kept = JSON.stringify(plan.rows)
        assert.equal(plan.rows.filter(({ row: at }) => at > 1).length, rows.length)
        for (const { title } of rows) {
          const whole = title.split('\n')[0].trim().split(/\s+/)[0].replaceAll('"', '\\"')
          assert.isTrue(kept.includes(whole), `lost “${title}”`)
        }
      }),
      { ...FIXED, numRuns: 80 }
    )
  })

  test('takes a cell up to its limit and refuses a longer one', ({ assert }) => {
    const log = (length: number) => Buffer.from(`ID,Risk\nR1,${'x'.repeat(length)}\nR2,Flood`)
    assert.lengthOf(recordsOf(readOrRefuse(log(90_000), 'risks.csv')!), 2)
    assert.isNull(readOrRefuse(log(150_000), 'risks.csv'))
  })
})
