import { test } from '@japa/runner'
import { readPair, readScore, type Scale } from '#imports/conversion/read_score'
import { planCsv, planRows, recordsOf } from '#tests/support/plans'

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
