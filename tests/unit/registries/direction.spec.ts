import { test } from '@japa/runner'
import { renderAnswer } from '#registries/answer_markdown'
import { directionOf, isolated, isolatedText } from '#registries/direction'
import { renderMarkdown } from '#registries/markdown'

const SARA = 'שרה כהן'
const LAYLA = 'ليلى منصور'
const ID = '01890a5d-ac96-774b-bcce-b302099a8057'

test.group('Which way a text is read', () => {
  for (const [text, direction] of [
    ['Pump station', 'ltr'],
    ['水务项目', 'ltr'],
    [SARA, 'rtl'],
    [LAYLA, 'rtl'],
    ['𞤀𞤣𞤤𞤢𞤥', 'rtl'],
    ['המערכת החדשה: API', 'rtl'],
    [`23 Nov 2026 by ${SARA}`, 'ltr'],
    [`Search: ${LAYLA} ${SARA}`, 'ltr'],
    [`${SARA} decided the gate on Monday`, 'ltr'],
    [`Owner: ${LAYLA}, since last week`, 'ltr'],
    ['12 %', 'ltr'],
    ['invoice\u202efdp.exe', 'ltr'],
  ]) {
    test(`is ${direction}: ${text}`, ({ assert }) => assert.equal(directionOf(text), direction))
  }

  test('is isolated where it could turn its surroundings, and nowhere else', ({ assert }) => {
    assert.equal(isolated('Pump station 7'), 'Pump station 7')
    assert.equal(isolated(SARA), `<bdi dir="rtl">${SARA}</bdi>`)
    assert.equal(isolated('a\u202eb'), '<bdi dir="ltr">a\u202eb</bdi>')
  })

  test('is isolated in plain text by invisible marks that the text cannot end', ({ assert }) => {
    assert.equal(isolatedText('Pump station 7'), 'Pump station 7')
    assert.equal(isolatedText(SARA), `\u2067${SARA}\u2069`)
    assert.equal(isolatedText('a\u202eb\u2069'), '\u2066a\u202eb\u2069')
  })
})

test.group('Paragraphs of people', () => {
  test('begin at the right where their words do, and only there', ({ assert }) => {
    const html = renderMarkdown(`Plain words\n\n${LAYLA}\n\n- ${SARA}\n- שלום\n\n> Quote`)
    assert.include(html!, '<p>Plain words</p>')
    assert.include(html!, `<p dir="rtl">${LAYLA}</p>`)
    assert.include(html!, `<ul dir="rtl">\n<li dir="rtl">${SARA}</li>`)
    assert.include(html!, '<blockquote>\n<p>Quote</p>')
    assert.include(renderAnswer(LAYLA, new Map()), `<p dir="rtl">${LAYLA}</p>`)
  })

  test('name people so that what follows stays where it belongs', ({ assert }) => {
    const html = renderMarkdown(`Ask @{member:${ID}} 12 times`, { names: new Map([[ID, SARA]]) })
    assert.include(html!, `Ask <span class="mention">@<bdi dir="rtl">${SARA}</bdi></span> 12 times`)
  })

  test('cost no more than they are long', ({ assert }) => {
    const text = `${LAYLA}\n\n`.repeat(3000)
    const started = performance.now()
    renderMarkdown(text)
    const once = performance.now() - started
    renderMarkdown(text.repeat(4))
    assert.isBelow(performance.now() - started - once, once * 12 + 200)
  })
})
