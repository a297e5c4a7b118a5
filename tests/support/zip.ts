import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** Files as a ZIP. */
export function zipOf(files: Map<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [path, bytes] of files) zip.addBuffer(bytes, path)
  zip.end()
  return buffer(zip.outputStream)
}
