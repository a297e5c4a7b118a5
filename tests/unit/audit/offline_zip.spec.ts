import { buffer } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { ZipFile } from 'yazl'
import { filesOfZip } from '#audit/offline/zip'

const TEXTS = { 'audit.ndjson': '{"kind":"head"}\n'.repeat(50), 'audit/keys.js': 'export {}\n' }

/** Written as archives of more than four gigabytes are. */
function zipped({ forceZip64Format }: { forceZip64Format: boolean }) {
  const zip = new ZipFile()
  for (const [path, text] of Object.entries(TEXTS)) {
    zip.addBuffer(Buffer.from(text), path, { forceZip64Format, compress: path.endsWith('n') })
  }
  zip.end({ forceZip64Format, comment: 'of the organisation' })
  return buffer(zip.outputStream)
}

test.group('A ZIP that the offline verifier reads', () => {
  for (const forceZip64Format of [false, true]) {
    const length = forceZip64Format ? 'long' : 'short'
    test(`has all its files in the ${length} form`, async ({ assert }) => {
      const files = await filesOfZip(new Blob([await zipped({ forceZip64Format })]))
      const read: Record<string, string> = {}
      for (const [path, open] of files) read[path] = await new Response(await open()).text()
      assert.deepEqual(read, TEXTS)
    })

    test(`is refused in the ${length} form when it was cut off`, async ({ assert }) => {
      const zip = await zipped({ forceZip64Format })
      for (const end of [0, 10, 40, -20]) {
        await assert.rejects(() => filesOfZip(new Blob([zip.subarray(0, end)])), /no whole ZIP/)
      }
    })
  }
})
