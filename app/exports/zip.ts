import { PassThrough, type Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { HttpContext } from '@adonisjs/core/http'
import { ZipFile } from 'yazl'
import { sendDownload } from '#exports/download'

/** `isCompact` skips compression where it would not help: pictures, PDF, office files. */
export type ZippedFile = { path: string; content: Readable; isCompact?: boolean }

/**
 * Files as a ZIP, one at a time: the next is opened once the previous one has been read. An error while reading breaks
 * the stream off, because half an archive must not pass for a whole one. Nothing is opened before reading starts, since
 * an error that nothing listens for yet would end the whole process.
 */
export function zipStream(files: AsyncIterable<ZippedFile>): Readable {
  const output = new Archive(() => {
    const zip = new ZipFile()
    const breakOff = (error: unknown) => void output.destroy(error as Error)
    zip.on('error', breakOff)
    zip.outputStream.pipe(output)
    fill(zip, output, files).catch(breakOff)
  })
  return output
}

/** Begins when it is first read. */
class Archive extends PassThrough {
  #begin: (() => void) | null

  constructor(begin: () => void) {
    super()
    this.#begin = begin
  }

  override _read(size: number) {
    const begin = this.#begin
    this.#begin = null
    begin?.()
    super._read(size)
  }
}

/** Answers with files as a ZIP download. */
export function sendZip(
  response: HttpContext['response'],
  name: string,
  files: AsyncIterable<ZippedFile>
) {
  return sendDownload(response, { name, type: 'application/zip' }, zipStream(files))
}

/** When the reader of the archive is gone, the file being read is released. */
async function fill(zip: ZipFile, output: PassThrough, files: AsyncIterable<ZippedFile>) {
  for await (const { path, content, isCompact } of files) {
    const letGo = () => content.destroy()
    output.once('close', letGo)
    if (output.destroyed) letGo()
    zip.addReadStream(content, path, { compress: !isCompact })
    await finished(content)
    output.off('close', letGo)
  }
  zip.end()
}
