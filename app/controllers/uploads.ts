import { readFile } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import { refuse } from '#models/violation'

const LONGEST_NAME = 120

export type Upload = { name: string; bytes: Buffer }

/**
 * The name and bytes of the file that a form brings. Refuses beside the field where there is none, or where it is
 * larger than `most` bytes.
 */
export async function uploaded(
  request: HttpContext['request'],
  { most, tooLarge }: { most: number; tooLarge: string }
): Promise<Upload> {
  const file = request.file('file')
  if (!file?.tmpPath) refuse('file', 'Choose a file first')
  if (file.size > most) refuse('file', tooLarge)
  return { name: cleanName(file.clientName), bytes: await readFile(file.tmpPath) }
}

/** Some browsers send a whole path, and a name may hold what no page should show. */
function cleanName(name: string) {
  const last = name.split(/[\\/]/).at(-1)!.toWellFormed()
  return (
    last
      .replace(/[\p{Cc}\p{Cf}"]/gu, '')
      .trim()
      .slice(-LONGEST_NAME) || 'file'
  )
}
