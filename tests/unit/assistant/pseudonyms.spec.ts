import { test } from '@japa/runner'
import { Pseudonyms, WITHHELD_PERSON, type Somebody } from '#assistant/pseudonyms'
import { StreamedNames, withPeople } from '#assistant/restoring'
import { processorTime } from '#tests/support/processor_time'

const people: Somebody[] = [
  { id: 'm1', kind: 'member', name: 'Aisha Khan', email: 'aisha.khan@example.test' },
  { id: 'm2', kind: 'member', name: 'Anna-Léna O’Neil', email: 'al@example.test' },
  { id: 'm3', kind: 'member', name: 'Anna Berg', email: null },
  { id: 'm4', kind: 'member', name: 'Rex Stone', email: 'rex@example.test' },
  { id: 'x1', kind: 'external', name: 'Tom Field', email: null },
]

function begin(restricted: string[] = [], key = 'key') {
  return new Pseudonyms({ people, restricted: new Set(restricted), labels: ['Olga Meer'] }, key)
}

test.group('Assistant: words in the place of people', () => {
  test('stand for the same person everywhere in a project, and tell nothing in another', ({
    assert,
  }) => {
    const [one, again, elsewhere] = [begin(), begin(), begin([], 'other key')]
    assert.match(one.person('m1')!, /^Person-[A-Z2-7]{5}$/)
    assert.equal(one.person('m1'), again.person('m1'))
    assert.notEqual(one.person('m1'), elsewhere.person('m1'))
    assert.notEqual(one.person('m1'), one.person('m2'))
    assert.isNull(one.person(null))
    assert.deepEqual([...one.named.values()], [{ member: 'm1' }, { member: 'm2' }])
  })

  test('replace names however they are written: {written}')
    .with([
      { written: 'Aisha Khan agreed', left: '{m1} agreed' },
      { written: 'AISHA  KHAN, then', left: '{m1}, then' },
      { written: 'aisha khan’s crane', left: '{m1}’s crane' },
      { written: 'ask Aisha, or Khan', left: 'ask {m1}, or {m1}' },
      { written: 'aisha_khan.docx', left: '{m1}.docx' },
      { written: 'Khan-led works', left: '{m1}-led works' },
      { written: "Anna-Lena O'Neil and Berg", left: '{m2} and {m3}' },
      { written: 'write to aisha.khan@EXAMPLE.test', left: 'write to {m1}' },
      { written: 'or to someone.else@example.org', left: 'or to [email]' },
      { written: 'Anna says', left: '[name] says' },
      { written: 'Tom Field, outside', left: '{x1}, outside' },
      { written: 'Olga Meer, whom nobody knows', left: '[name], whom nobody knows' },
      { written: 'a stone in the field', left: 'a stone in the field' },
      { written: 'Khanate', left: 'Khanate' },
      { written: 'Ai\u200bsha\u00ad K\u2060han hides', left: '{m1} hides' },
      { written: 'Person-K7QF2 said so', left: '[name] said so' },
      { written: 'unseen \u{E0049}\u{E0067} words', left: 'unseen  words' },
    ])
    .run(({ assert }, { written, left }) => {
      const words = begin()
      const expected = left.replaceAll(/\{(\w+)\}/g, (_, id) => words.person(id)!)
      assert.equal(words.text(written), expected)
    })

  test('find what is an address among words that go on and on', ({ assert }) => {
    const spent = processorTime()
    for (const run of ['a', 'a.', '@a', '-', 'Aisha ', ' ']) {
      const text = `${run.repeat(40_000)} someone@example.org`
      assert.isTrue(begin().text(text).endsWith('[email]'), run)
    }
    assert.isBelow(spent(), 5)
    assert.equal(begin().text('a@b@c.example.org, a.b@c'), 'a@[email], a.b@c')
  })

  test('replace mentions by id, known or not', ({ assert }) => {
    const id = '0198c0de-0000-7000-8000-000000000001'
    const somebody = { ...people[0], id }
    const words = new Pseudonyms({ people: [somebody], restricted: new Set(), labels: [] }, 'key')
    assert.equal(words.text(`@{member:${id}} knows`), `${words.person(id)} knows`)
    const other = '0198c0de-0000-7000-8000-000000000002'
    assert.equal(words.text(`@{member:${other}} knows`), '[name] knows')
  })

  test('are not made for people who must not be mentioned', ({ assert }) => {
    const words = begin(['m4'])
    assert.equal(words.person('m4'), WITHHELD_PERSON)
    assert.equal(words.text('Rex Stone or rex@example.test'), '[withheld] or [withheld]')
    assert.equal(words.withheld, 3)
    assert.isEmpty([...words.named])
  })

  test('are put back in the answer, also when it comes in pieces', ({ assert }) => {
    const word = begin().person('m1')!
    const names = new Map([[word, 'Aisha Khan']])
    const text = `${word} leads; Person-ZZZZZ does not. Perhaps P`
    const whole = 'Aisha Khan leads; somebody does not. Perhaps P'
    assert.equal(withPeople(text, names), whole)
    for (const size of [1, 2, 3, 7, 50]) {
      const streamed = new StreamedNames(names)
      let told = ''
      for (let at = 0; at < text.length; at += size)
        told += streamed.push(text.slice(at, at + size))
      assert.equal(told + streamed.end(), whole)
    }
  })
})
