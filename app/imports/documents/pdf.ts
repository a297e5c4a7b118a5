import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { DocumentError, type DocumentErrorCode } from '#imports/documents/document_error'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { MB } from '#imports/limits'
import type { PdfOrder, PdfText } from '#imports/documents/pdf_worker'

const LOOK_EVERY = 25

/** How PDF.js names what is wrong with a file. */
const failures: Record<string, DocumentErrorCode> = { PasswordException: 'encrypted' }

/**
 * The text of a PDF, read in a thread of its own, which ends when it takes too long or too much memory.
 * Throws DocumentError.
 */
export async function readPdf(bytes: Buffer, limits = DOCUMENT_LIMITS): Promise<PdfText> {
  const { pages, characters } = limits
  const file = new URL(`./pdf_worker${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(file, {
    workerData: { bytes: new Uint8Array(bytes), pages, characters } satisfies PdfOrder,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory / MB },
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  })
  try {
    return await answerOf(worker, limits)
  } finally {
    await worker.terminate()
  }
}

function answerOf(worker: Worker, { milliseconds, memory }: typeof DOCUMENT_LIMITS) {
  const { promise, resolve, reject } = Promise.withResolvers<PdfText>()
  const fail = (code: DocumentErrorCode, cause?: unknown) =>
    reject(new DocumentError(code, { cause }))
  const before = process.memoryUsage.rss()
  const late = setTimeout(() => fail('too_slow'), milliseconds)
  const look = setInterval(() => {
    if (process.memoryUsage.rss() - before > memory) fail('bomb')
  }, LOOK_EVERY)
  worker.once('message', (answer: PdfText | { failure: string }) =>
    'failure' in answer ? fail(failures[answer.failure] ?? 'damaged') : resolve(answer)
  )
  worker.once('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'bomb' : 'damaged', error)
  )
  worker.once('exit', () => fail('damaged'))
  return promise.finally(() => {
    clearTimeout(late)
    clearInterval(look)
  })
}
