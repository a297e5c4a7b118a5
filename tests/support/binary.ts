import { buffer } from 'node:stream/consumers'

/** Reads an answer as raw bytes: `request.request.buffer(true).parse(bytesOf)`. */
export function bytesOf(response: any, done: (error: Error | null, body: Buffer) => void) {
  buffer(response).then(
    (body) => done(null, body),
    (error) => done(error, Buffer.alloc(0))
  )
}
