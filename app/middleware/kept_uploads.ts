import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { HttpContext } from '@adonisjs/core/http'
import bodyParser from '#config/bodyparser'

type Request = HttpContext['request']

/** What is kept of a request's files: where, and what is being written still. */
type Kept = { paths: string[]; writing: Promise<unknown>[] }

const keptBy = new WeakMap<Request, Kept>()

/**
 * Reads a form with files, whose copies go into the temporary folder. The parser would forget those that it is at
 * where the form breaks off, which anybody can have it do.
 */
export async function keepUploads(request: Request) {
  const { multipart } = request
  if (!multipart) return
  const kept: Kept = { paths: [], writing: [] }
  keptBy.set(request, kept)
  multipart.onFile('*', { deferValidations: true }, async (part, report) => {
    const tmpPath = bodyParser.multipart.tmpFileName!()
    kept.paths.push(tmpPath)
    part.pause()
    part.on('data', report)
    const writing = pipeline(part, createWriteStream(tmpPath))
    kept.writing.push(writing)
    try {
      await writing
      return { tmpPath }
    } catch (error) {
      multipart.abort(error as Error)
    }
  })
  await multipart.process()
}

/** Takes every copy away again that a request left, also those that are being written when it fails. */
export async function dropUploads(request: Request) {
  const kept = keptBy.get(request)
  if (!kept) return
  await Promise.allSettled(kept.writing)
  await Promise.all(kept.paths.map((path) => rm(path, { force: true })))
}
