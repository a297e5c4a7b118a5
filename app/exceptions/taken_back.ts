import type { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'

/** The parts of an answer that say what was done, or what was to be sent. */
const OF_WHAT_WAS_DONE = ['location', 'etag', 'content-type', 'content-disposition'] as const

/** Takes back the answer that was ready: a commit that fails must not redirect, report success or send anything. */
export function takeAnswerBack({ response, session }: HttpContext) {
  for (const header of OF_WHAT_WAS_DONE) response.removeHeader(header)
  session?.responseFlashMessages.clear()
  const stream = response.outgoingStream as Readable | undefined
  stream?.on('error', () => {}).destroy()
}
