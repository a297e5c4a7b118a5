import { Readable } from 'node:stream'
import type { ServerResponse } from 'node:http'
import type { HttpContext } from '@adonisjs/core/http'
import { previousPath } from '#identity/local_path'
import { StoredFileError, type Trouble } from '#models/stored_file/trouble'

type Sent = { name: string; mediaType: string; size: number }

const STATUS: Record<Trouble, number> = { missing: 404, altered: 500, unreachable: 503 }

/**
 * Sends a file as a download, never inline, so that nothing in it runs on our address. Whether the store has it is
 * known only when it is read, after the transaction; if not, a page says so instead.
 */
export function sendFile(ctx: HttpContext, file: Sent, content: Readable) {
  ctx.response.header('cache-control', 'no-store')
  return ctx.response.stream(Readable.from(answer(ctx, file, content), { objectMode: false }))
}

async function* answer(ctx: HttpContext, file: Sent, content: Readable): AsyncGenerator<Buffer> {
  const { response: raw } = ctx.response
  const chunks = content[Symbol.asyncIterator]()
  let chunk: IteratorResult<Buffer>
  try {
    chunk = await chunks.next()
  } catch (error) {
    if (!(error instanceof StoredFileError)) throw error
    yield await inWords(ctx, raw, error)
    return
  }
  describe(raw, file)
  for (; !chunk.done; chunk = await chunks.next()) yield chunk.value
}

async function inWords(ctx: HttpContext, raw: ServerResponse, error: StoredFileError) {
  const { logger, view } = ctx
  logger.error({ trouble: error.trouble }, error.message)
  raw.statusCode = STATUS[error.trouble]
  raw.setHeader('content-type', 'text/html; charset=utf-8')
  const page = await view.render('pages/errors/stored_file', {
    trouble: error.trouble,
    returnTo: previousPath(ctx, '/'),
  })
  return Buffer.from(page)
}

function describe(raw: ServerResponse, { name, mediaType, size }: Sent) {
  raw.setHeader('content-type', mediaType)
  raw.setHeader('content-length', String(size))
  raw.setHeader('content-disposition', attachment(name))
  raw.setHeader('content-security-policy', `sandbox; default-src 'none'; frame-ancestors 'none'`)
  raw.setHeader('x-content-type-options', 'nosniff')
}

/** The name twice: in ASCII for old browsers, in full for the others. */
function attachment(name: string) {
  const plain = name.replace(/[^\w .()-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`
}
