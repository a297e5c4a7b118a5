import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { runsOf } from '#exports/typesetting/fonts'
import { openFont, shape } from '#exports/typesetting/shaping'
import { SCRIPTS } from '#tests/support/scripts'

type Listed = { path: string; weight: number; shows: string }

const fileOf = ({ path }: { path: string }) =>
  path.slice(path.lastIndexOf('/') + 1, -'-400-normal.woff'.length)

const files = (text: string, isFromJapan = false) =>
  runsOf(text, 'regular', isFromJapan).map((run) => [
    fileOf(run).replace(/^noto-/, ''),
    run.text,
    ...(run.isMissing ? ['missing'] : []),
  ])

test.group('Fonts', () => {
  test('are listed with the characters that they show', async ({ assert }) => {
    const folder = app.makePath('resources/fonts')
    const listed: Listed[] = JSON.parse(await readFile(`${folder}/fonts.json`, 'utf8'))
    assert.isAbove(listed.length, 100)
    for (const { path, shows } of listed) {
      const { font } = openFont(`${folder}/${path}`)
      for (const code of shows.split(/[ -]/).map((hex) => Number.parseInt(hex, 16))) {
        if (code >= 0x20) assert.isDefined(font.nominalGlyph(code), `${path} ${code.toString(16)}`)
      }
    }
  })

  for (const [script, text] of Object.entries(SCRIPTS)) {
    test(`show all of ${script}, in both weights`, ({ assert }) => {
      for (const weight of ['regular', 'bold'] as const) {
        for (const run of runsOf(text, weight, script === 'Japanese')) {
          assert.isFalse(run.isMissing, run.text)
          for (const direction of ['ltr', 'rtl'] as const) {
            const pieces = shape(run.path, run.text, direction).flatMap((glyph) => glyph.pieces)
            assert.notInclude(
              pieces.map(({ id }) => id),
              0,
              run.text
            )
          }
        }
      }
    })
  }

  test('change where another is needed, with the spaces of the word before', ({ assert }) => {
    assert.deepEqual(files('Quay שלום, Ω'), [
      ['sans-latin', 'Quay '],
      ['sans-hebrew-hebrew', 'שלום'],
      ['sans-latin', ', '],
      ['sans-greek', 'Ω'],
    ])
  })

  test('never change within what is read as one letter', ({ assert }) => {
    for (const letter of ['👨‍👩‍👧', '👍🏽', '🇫🇷', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'q̃', 'ẹ́', 'שּׁ', 'क्षि', 'น้ำ', '가']) {
      assert.lengthOf(files(letter), 1, letter)
    }
  })

  test('mark a letter that none has, as one', ({ assert }) => {
    assert.deepEqual(files('a\u{10380}b'), [
      ['sans-latin', 'a'],
      ['sans-latin', '\u{10380}', 'missing'],
      ['sans-latin', 'b'],
    ])
    assert.deepEqual(files('\u0001'), [['sans-latin', '\uFFFD', 'missing']])
    assert.deepEqual(files('\ud800'), [['sans-latin', '\uFFFD']])
  })

  test('write Chinese characters as their reader does', ({ assert }) => {
    assert.match(files('骨')[0][0], /^sans-sc-/)
    assert.equal(files('骨', true)[0][0], 'sans-jp-japanese')
  })
})
