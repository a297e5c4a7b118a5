import { request, type IncomingHttpHeaders } from 'node:http'

/** The raw answer with its undecoded body: other clients decode it unasked. */
type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/** Fetches from the application under test without decoding the body. */
export function fetchRaw(path: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const address = { host: process.env.HOST, port: process.env.PORT, path, headers, agent: false }
  return new Promise((resolve, reject) => {
    request(address, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks),
        })
      )
    })
      .on('error', reject)
      .end()
  })
}
