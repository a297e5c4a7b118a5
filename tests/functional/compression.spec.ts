import { readFile } from 'node:fs/promises'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import CompressionMiddleware from '#middleware/compression_middleware'
import { fetchRaw } from '#tests/support/raw_http'

test.group('Compression of pages', () => {
  test('a page comes as brotli where the browser takes it', async ({ assert }) => {
    const answer = await fetchRaw('/privacy', { 'accept-encoding': 'gzip, deflate, br' })
    assert.equal(answer.headers['content-encoding'], 'br')
    assert.equal(Number(answer.headers['content-length']), answer.body.length)
    assert.match(answer.headers['content-type']!, /^text\/html/)
    assert.match(answer.headers.vary!, /Accept-Encoding/i)
    assert.include(brotliDecompressSync(answer.body).toString(), '</html>')
  })

  test('a page comes as zstd where the browser takes that too', async ({ assert }) => {
    const answer = await fetchRaw('/privacy', { 'accept-encoding': 'gzip, deflate, br, zstd' })
    assert.equal(answer.headers['content-encoding'], 'zstd')
    assert.equal(Number(answer.headers['content-length']), answer.body.length)
    assert.match(answer.headers.vary!, /Accept-Encoding/i)
    assert.include(zstdDecompressSync(answer.body).toString(), '</html>')
  })

  test('a page comes as gzip where brotli is not taken', async ({ assert }) => {
    const answer = await fetchRaw('/privacy', { 'accept-encoding': 'gzip' })
    assert.equal(answer.headers['content-encoding'], 'gzip')
    assert.include(gunzipSync(answer.body).toString(), '</html>')
  })

  test('a page comes as it is to a client that takes no encoding', async ({ assert }) => {
    const answer = await fetchRaw('/privacy')
    assert.notProperty(answer.headers, 'content-encoding')
    assert.match(answer.headers.vary!, /Accept-Encoding/i)
    assert.include(answer.body.toString(), '</html>')
  })

  test('a short answer is left alone', async ({ assert }) => {
    const answer = await fetchRaw('/health/live', { 'accept-encoding': 'br' })
    assert.notProperty(answer.headers, 'content-encoding')
  })

  test('error pages are compressed too', async ({ assert }) => {
    const answer = await fetchRaw('/nowhere', { 'accept-encoding': 'br' })
    assert.equal(answer.status, 404)
    assert.include(brotliDecompressSync(answer.body).toString(), '</html>')
  })
})

test.group('Compression of streams', () => {
  test('a download is compressed while it is made', async ({ assert }) => {
    const ctx = await answering('text/csv; charset=utf-8', Readable.from(['a,b\r\n', '1,2\r\n']))
    assert.equal(ctx.response.getHeader('content-encoding'), 'gzip')
    const chunks = await (ctx.response.outgoingStream as Readable).toArray()
    assert.equal(gunzipSync(Buffer.concat(chunks)).toString(), 'a,b\r\n1,2\r\n')
  })

  test('an error in the source breaks the download off', async ({ assert }) => {
    const source = new PassThrough()
    const ctx = await answering('text/csv; charset=utf-8', source)
    source.destroy(new Error('The database went away'))
    await assert.rejects(() => text(ctx.response.outgoingStream as Readable))
  })

  test('event streams and files of other kinds pass untouched', async ({ assert }) => {
    for (const type of ['text/event-stream', 'image/png', 'application/zip']) {
      const source = Readable.from(['data'])
      const ctx = await answering(type, source)
      assert.strictEqual(ctx.response.outgoingStream, source)
      assert.isUndefined(ctx.response.getHeader('content-encoding'))
    }
  })

  test('what is encoded already is not encoded again', async ({ assert }) => {
    const source = Readable.from(['data'])
    const ctx = await answering('text/csv', source, { 'content-encoding': 'zstd' })
    assert.strictEqual(ctx.response.outgoingStream, source)
  })
})

async function answering(type: string, stream: Readable, headers: Record<string, string> = {}) {
  const ctx = await testUtils.createHttpContext()
  ctx.request.request.headers['accept-encoding'] = 'gzip'
  await new CompressionMiddleware().handle(ctx, async () => {
    ctx.response.header('content-type', type)
    for (const [name, value] of Object.entries(headers)) ctx.response.header(name, value)
    ctx.response.stream(stream)
  })
  return ctx
}

test.group('Assets', () => {
  test('come compressed beforehand and may be kept for a year', async ({ assert }) => {
    const manifest = JSON.parse(
      await readFile(app.publicPath('assets/.vite/manifest.json'), 'utf8')
    )
    for (const { file } of Object.values<{ file: string }>(manifest)) {
      const path = `/assets/${file}`
      const plain = await fetchRaw(path)
      const brotli = await fetchRaw(path, { 'accept-encoding': 'gzip, br' })
      const gzip = await fetchRaw(path, { 'accept-encoding': 'gzip' })
      assert.deepEqual(brotliDecompressSync(brotli.body), plain.body)
      assert.deepEqual(gunzipSync(gzip.body), plain.body)
      for (const { headers } of [plain, brotli, gzip]) {
        assert.match(headers['cache-control']!, /max-age=31536000, immutable/)
        assert.match(headers['content-type']!, /^text\/(css|javascript)/)
        assert.match(headers.vary!, /Accept-Encoding/i)
      }
    }
  })

  test('that do not exist are not found in any encoding', async ({ assert }) => {
    const answer = await fetchRaw('/assets/none.js', { 'accept-encoding': 'br' })
    assert.equal(answer.status, 404)
  })
})
