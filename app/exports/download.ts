import type { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { DateTime } from 'luxon'
import { readersZone } from '#models/time_zone'

/** Answers with a file to be saved, which no cache keeps. */
export function sendDownload(
  response: HttpContext['response'],
  { name, type }: { name: string; type: string },
  content: Readable
) {
  response.header('content-type', type)
  response.header('content-disposition', `attachment; filename="${name}"`)
  response.header('cache-control', 'no-store')
  return response.stream(content)
}

/** A file name that says what the file holds and its date in the reader's time zone. */
export function dated(name: string, extension: string) {
  return `${name}-${DateTime.now().setZone(readersZone()).toISODate()}.${extension}`
}
