import { test } from '@japa/runner'
import { canonical, sha256, type Json } from '#models/pack/canonical'

test.group('Canonical JSON', () => {
  test('has one text for one content, whatever the order of its names', ({ assert }) => {
    const one = { b: [1, { z: null, y: 'é' }], a: true }
    const other = { a: true, b: [1, { y: 'é', z: null }] }
    assert.equal(canonical(one), '{"a":true,"b":[1,{"y":"é","z":null}]}')
    assert.equal(canonical(one), canonical(other))
    assert.notEqual(canonical([1, 2]), canonical([2, 1]))
  })

  test('orders names as RFC 8785 does, by UTF-16 units', ({ assert }) => {
    const names = { '€': 1, '\r': 2, '1': 3, '😀': 4, '\u0080': 5, 'ö': 6, '\ufb33': 7 }
    const values = Object.values(JSON.parse(canonical(names)))
    assert.sameMembers(values as number[], [1, 2, 3, 4, 5, 6, 7])
    assert.equal(canonical(names), '{"\\r":2,"1":3,"\u0080":5,"ö":6,"€":1,"😀":4,"\ufb33":7}')
  })

  test('reads back as what was written', ({ assert }) => {
    const content: Json = { text: 'a "quoted"\n\\line\u0000', list: [], none: {}, half: 0.5 }
    assert.deepEqual(JSON.parse(canonical(content)), content)
  })

  test('refuses what has no UTF-8 or JSON form', ({ assert }) => {
    assert.equal(canonical('\ud800'), '"\ufffd"')
    assert.throws(() => canonical(Number.NaN))
  })

  test('is hashed with SHA-256', ({ assert }) => {
    assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
