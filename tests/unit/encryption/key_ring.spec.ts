import { randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import { DataKey, readKeys } from '#encryption/data_key'
import { isSealed, KeyRing, NotOpened } from '#encryption/key_ring'

const newKey = () => new DataKey(randomBytes(32).toString('base64url'))

test.group('The ring of data keys', () => {
  test('opens what it sealed, also what an earlier key sealed', ({ assert }) => {
    const [first, second] = [newKey(), newKey()]
    const sealed = new KeyRing(first).seal('Ein Gehéimnis 🗝', 'mails.subject')
    assert.isTrue(isSealed(sealed))
    assert.notInclude(sealed, 'Gehéimnis')
    assert.include(sealed, `.${first.id}.`)
    const turned = new KeyRing(second, [first])
    assert.equal(turned.open(sealed, 'mails.subject'), 'Ein Gehéimnis 🗝')
    assert.include(turned.seal('again', 'mails.subject'), `.${second.id}.`)
  })

  test('seals the same text differently each time', ({ assert }) => {
    const ring = new KeyRing(newKey())
    assert.notEqual(ring.seal('same', 'a'), ring.seal('same', 'a'))
  })

  test('opens nothing under another purpose, another key, or altered', ({ assert }) => {
    const ring = new KeyRing(newKey())
    const sealed = ring.seal('secret', 'requests.contact')
    assert.throws(() => ring.open(sealed, 'requests.answer'), /altered, or sealed for something/)
    assert.throws(() => new KeyRing(newKey()).open(sealed, 'requests.contact'), /not in the ring/)
    for (let place = 12; place < sealed.length; place += 7) {
      const other = sealed[place] === 'A' ? 'B' : 'A'
      const altered = sealed.slice(0, place) + other + sealed.slice(place + 1)
      assert.throws(() => ring.open(altered, 'requests.contact'), NotOpened as any)
    }
    for (const nonsense of ['', 'plain', 's1.00000000.', `s1.${ring.current.id}.AAAA`]) {
      assert.throws(() => ring.open(nonsense, 'requests.contact'), NotOpened as any)
    }
  })

  test('takes keys of 32 bytes only, several divided by commas', ({ assert }) => {
    const two = [randomBytes(32), randomBytes(32)].map((bytes) => bytes.toString('base64'))
    assert.lengthOf(readKeys(two.join(', ')), 2)
    assert.lengthOf(readKeys(''), 0)
    assert.throws(() => new DataKey(randomBytes(16).toString('base64')), /32 bytes/)
  })
})
