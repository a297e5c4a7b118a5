import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { HttpContext } from '@adonisjs/core/http'
import bodyParser from '#config/bodyparser'

type Request = HttpContext['request']

/** A request's stored files: where they are, and what is still being written. */
type Kept = { paths: string[]; writing: Promise<unknown>[] }

const keptBy = new WeakMap<Request, Kept>()

/**
 * Reads a form with files, whose copies go into the temporary folder. The parser forgets the file it is writing when
 * the form breaks off, which anyone can make happen.
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

/** Removes every copy that a request left, including those still being written when it fails. */
export async function dropUploads(request: Request) {
  const kept = keptBy.get(request)
  if (!kept) return
  await Promise.allSettled(kept.writing)
  await Promise.all(kept.paths.map((path) => rm(path, { force: true })))
}
