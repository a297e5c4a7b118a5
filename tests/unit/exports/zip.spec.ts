import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { test } from '@japa/runner'
import { zipStream, type ZippedFile } from '#exports/zip'
import { unzip } from '#tests/support/unzip'

test.group('Files as a ZIP', () => {
  test('are opened once somebody reads, so that a failure reaches the reader', async ({
    assert,
  }) => {
    let asked = 0
    // oxlint-disable-next-line require-yield
    async function* files(): AsyncGenerator<ZippedFile> {
      asked++
      throw new Error('The store is down')
    }
    const stream = zipStream(files())
    for (let turn = 0; turn < 5; turn++) await setImmediate()
    assert.equal(asked, 0)
    await assert.rejects(() => buffer(stream), 'The store is down')
    assert.equal(asked, 1)
  })

  test('arrive whole, one after the other', async ({ assert }) => {
    async function* files(): AsyncGenerator<ZippedFile> {
      yield { path: 'one.txt', content: Readable.from(['1']) }
      yield { path: 'two.txt', content: Readable.from(['2'.repeat(200_000)]), isCompact: true }
    }
    const read = unzip(await buffer(zipStream(files())))
    assert.deepEqual([...read.keys()], ['one.txt', 'two.txt'])
    assert.equal(read.get('two.txt')!.length, 200_000)
  })
})
