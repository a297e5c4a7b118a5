import { readFile } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import { LARGEST } from '#models/text/sizes'
import { TOO_LARGE } from '#models/stored_file/admitting'
import { fileName } from '#models/stored_file/naming'
import { refuse } from '#models/violation'

type Upload = { name: string; bytes: Buffer }

/**
 * The name and bytes of the file that a form sends. Refuses beside the field when there is none, or when it is larger
 * than `most` bytes.
 */
export async function uploaded(
  request: HttpContext['request'],
  { most, tooLarge }: { most: number; tooLarge: string }
): Promise<Upload> {
  const file = request.file('file')
  if (!file?.tmpPath) refuse('file', 'Choose a file')
  if (file.size > most) refuse('file', tooLarge)
  return { name: fileName(file.clientName), bytes: await readFile(file.tmpPath) }
}

/** The same for a file that is stored unchanged. */
export function handedIn(request: HttpContext['request']): Promise<Upload> {
  return uploaded(request, { most: LARGEST, tooLarge: TOO_LARGE })
}
