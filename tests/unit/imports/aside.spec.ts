import { test } from '@japa/runner'
import { ImportError, planAside, planImport } from '#imports/index'
import { writeZip } from '#tests/support/xlsx_writer'
import { logOf } from '#tests/support/large_imports'

/** As many bytes as are read in a thread of their own, by far. */
const LARGE = Buffer.from(logOf(4_000))

test.group('Imports | large files', () => {
  test('give the same result as when read in the process', async ({ assert }) => {
    const own = {
      names: { category: { technology: 'IT' } },
      layouts: { risk: { letter: 'R', columns: [{ header: 'Title', field: 'title' as const }] } },
    }
    const overrides = { tables: { 'log!1': { type: 'issue' as const } } }
    const order = [LARGE, 'log.csv', overrides, own] as const
    assert.deepEqual(await planAside(...order), planImport(...order))
  })

  test('do not block others while they are read, even several at once', async ({ assert }) => {
    let turns = 0
    const others = setInterval(() => turns++, 1)
    const plans = await Promise.all([1, 2].map(() => planAside(LARGE, 'log.csv')))
    clearInterval(others)
    assert.isAbove(turns, 0)
    assert.deepEqual(
      plans.map(({ counts }) => counts.risk),
      [4_000, 4_000]
    )
  })

  test('do not block others either when a small file unpacks to a large one', async ({
    assert,
  }) => {
    const row = (...texts: string[]) =>
      `<row>${texts.map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>`
    const bytes = writeZip({
      'xl/workbook.xml': '<workbook><sheets><sheet name="Risks" id="one"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="one" Type="x/worksheet" Target="one.xml"/></Relationships>',
      'xl/one.xml': `<worksheet><sheetData>${row('ID', 'Risk')}${row('1', 'Fire '.repeat(100)).repeat(2_500)}</sheetData></worksheet>`,
    })
    assert.isBelow(bytes.length, 64 * 1024)
    let turns = 0
    const others = setInterval(() => turns++, 1)
    const { counts } = await planAside(bytes, 'log.xlsx')
    clearInterval(others)
    assert.equal(counts.risk, 2_500)
    assert.isAbove(turns, 0)
  })

  test('are refused for what is wrong with them, and block nobody', async ({ assert }) => {
    const damaged = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(LARGE.length, 7)])
    const [refused, read] = await Promise.allSettled([
      planAside(damaged, 'log.xlsx'),
      planAside(LARGE, 'log.csv'),
    ])
    assert.equal(refused.status === 'rejected' && refused.reason.code, 'damaged')
    assert.isTrue(refused.status === 'rejected' && refused.reason instanceof ImportError)
    assert.equal(read.status, 'fulfilled')
  })
})
