import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { DataKey } from '#encryption/data_key'
import { KeyRing, ring, useRing } from '#encryption/key_ring'
import { opening, sealing } from '#encryption/sealed_stream'

const CHUNK = 64 * 1024
const HEADER = 48

const through = (bytes: Buffer, by: ReturnType<typeof sealing>, pieces = bytes.length || 1) => {
  const source = Readable.from(
    Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, index) =>
      bytes.subarray(index * pieces, (index + 1) * pieces)
    )
  )
  source.on('error', () => {})
  return buffer(source.pipe(by))
}
const seal = (bytes: Buffer, purpose = 'exports.file') => through(bytes, sealing(purpose))
const open = (bytes: Buffer, purpose = 'exports.file', pieces?: number) =>
  through(bytes, opening(purpose), pieces)

test.group('Sealed files', (group) => {
  group.each.teardown(() => useRing(undefined))

  for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]) {
    test(`come back whole: ${length} bytes`, async ({ assert }) => {
      const bytes = randomBytes(length)
      const sealed = await seal(bytes)
      assert.isTrue((await open(sealed, 'exports.file', 1000)).equals(bytes))
      if (length > 100) assert.isFalse(sealed.includes(bytes.subarray(0, 64)))
    })
  }

  test('name their key, and open while it is in the ring', async ({ assert }) => {
    const first = ring().current
    const sealed = await seal(Buffer.from('secret'))
    assert.equal(sealed.subarray(8, 16).toString(), first.id)
    const next = new DataKey(randomBytes(32).toString('base64'))
    useRing(new KeyRing(next, [first]))
    assert.equal((await open(sealed)).toString(), 'secret')
    useRing(new KeyRing(next))
    await assert.rejects(() => open(sealed), /not in the ring/)
  })

  test('do not open when a part was altered, moved, left out or cut off, nor for another purpose', async ({
    assert,
  }) => {
    const sealed = await seal(randomBytes(3 * CHUNK))
    const part = CHUNK + 16
    const [head, first, second, third] = [
      sealed.subarray(0, HEADER),
      sealed.subarray(HEADER, HEADER + part),
      sealed.subarray(HEADER + part, HEADER + 2 * part),
      sealed.subarray(HEADER + 2 * part),
    ]
    const altered = Buffer.from(sealed)
    altered[HEADER + 5] ^= 1
    const broken = [
      altered,
      Buffer.concat([head, second, first, third]),
      Buffer.concat([head, first, third]),
      Buffer.concat([head, first, second]),
      Buffer.concat([head, first]),
      head,
      sealed.subarray(0, 20),
    ]
    for (const one of broken) await assert.rejects(() => open(one), /altered|cut off/)
    await assert.rejects(() => open(sealed, 'other.file'), /altered|something else/)
    await assert.rejects(() => open(randomBytes(500)), /is not sealed/)
  })
})
