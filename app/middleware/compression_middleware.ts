import { pipeline, type Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const WORTHWHILE = 1024
const TEXT = /^(text\/(?!event-stream)|application\/(json|javascript|xml)|image\/svg)/

type Codec = { now: (text: string) => Buffer; along: () => Transform }

/**
 * Fast settings with a window as large as our pages: each is for one answer, not for keeping. The next higher quality
 * takes more than twice the time to save a twentieth of the bytes.
 */
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_OPERATION_FLUSH } = zlib.constants
const { ZSTD_c_compressionLevel: ZSTD_LEVEL, ZSTD_e_flush: ZSTD_FLUSH } = zlib.constants
const brotli = { params: { [BROTLI_PARAM_QUALITY]: 3, [BROTLI_PARAM_LGWIN]: 17 } }
const gzip = { level: 5 }
const zstd = { params: { [ZSTD_LEVEL]: 3 } }

const CODECS: Record<'zstd' | 'br' | 'gzip', Codec> = {
  zstd: {
    now: (text) => zlib.zstdCompressSync(text, zstd),
    along: () => zlib.createZstdCompress({ ...zstd, flush: ZSTD_FLUSH }),
  },
  br: {
    now: (text) => zlib.brotliCompressSync(text, brotli),
    along: () => zlib.createBrotliCompress({ ...brotli, flush: BROTLI_OPERATION_FLUSH }),
  },
  gzip: {
    now: (text) => zlib.gzipSync(text, gzip),
    along: () => zlib.createGzip({ ...gzip, flush: zlib.constants.Z_SYNC_FLUSH }),
  },
}

/** For answers made on request: zstd takes half of brotli's time for as many bytes. */
const QUICKEST = ['zstd', 'br', 'gzip'] as const

/**
 * Compresses pages and downloads on their way out, unless they are short, already encoded or an event stream. A page is
 * compressed synchronously, which takes less than handing it to another thread. BREACH: the length of a compressed page
 * can betray a secret that it contains beside text from the request. The only one in our pages is the CSRF token, which
 * is salted anew for each page.
 */
export default class CompressionMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    await next()
    if (response.headersSent || response.getHeader('content-encoding')) return
    const { content, outgoingStream } = response
    if (typeof content?.[0] === 'string') this.#text(request, response, content[0])
    else if (outgoingStream) this.#stream(request, response, outgoingStream as Readable)
  }

  #text(request: HttpContext['request'], response: HttpContext['response'], text: string) {
    if (text.length < WORTHWHILE) return
    response.safeHeader('content-type', typeOf(text))
    const codec = this.#codec(request, response)
    if (codec) response.lazyBody.content = [codec.now(text), false]
  }

  #stream(request: HttpContext['request'], response: HttpContext['response'], source: Readable) {
    const codec = this.#codec(request, response)
    if (!codec) return
    response.removeHeader('content-length')
    response.lazyBody.stream![0] = pipeline(source, codec.along(), () => {})
  }

  /** Announces the encoding that the browser prefers; null when the answer stays uncompressed. */
  #codec(request: HttpContext['request'], response: HttpContext['response']): Codec | null {
    if (!TEXT.test(String(response.getHeader('content-type')))) return null
    response.vary('Accept-Encoding')
    const encoding = acceptedEncoding(request, QUICKEST)
    if (!encoding) return null
    response.header('content-encoding', encoding)
    return CODECS[encoding]
  }
}

/** The first of the encodings that the browser accepts; it ranks equal ones itself. */
export function acceptedEncoding<Encoding extends string>(
  request: HttpContext['request'],
  encodings: readonly Encoding[]
): Encoding | undefined {
  const accepted = request.encodings()
  return encodings.find((encoding) => accepted.includes(encoding))
}

/** As the framework labels a text whose type was not set. */
function typeOf(text: string) {
  return text.trimStart().startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8'
}
