import type { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'

/** What an answer says of what was done, or of what was to be sent. */
const OF_WHAT_WAS_DONE = ['location', 'etag', 'content-type', 'content-disposition'] as const

/**
 * Takes back the answer that was ready: what fails at its commit was to lead on, to be told of as done, or to be
 * sent along.
 */
export function takeAnswerBack({ response, session }: HttpContext) {
  for (const header of OF_WHAT_WAS_DONE) response.removeHeader(header)
  session?.responseFlashMessages.clear()
  const stream = response.outgoingStream as Readable | undefined
  stream?.on('error', () => {}).destroy()
}
