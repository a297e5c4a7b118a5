import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

const DECODERS = { br: brotliDecompressSync, gzip: gunzipSync }

/** What a browser with an empty cache downloads to show a page: it, its styles and scripts. */
export async function firstLoadBytes(site, path, session) {
  const page = await get(site, path, session)
  const assets = [...page.text.matchAll(/(?:href|src)="(\/(?:assets\/[^"]+|favicon[^"]*))"/g)]
  const parts = { [path]: page.bytes }
  for (const [, address] of assets) parts[address] ??= (await get(site, address, session)).bytes
  return { total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0), parts }
}

/** Fetches as a browser does: the text, and how many bytes of head and body were transferred. */
export function get({ port }, path, { cookie }) {
  return new Promise((resolve, reject) => {
    const headers = { 'Cookie': cookie, 'Accept-Encoding': 'gzip, deflate, br' }
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        const decode = DECODERS[response.headers['content-encoding']] ?? ((same) => same)
        const head = response.rawHeaders.join('  ').length + 20
        if (response.statusCode !== 200) return reject(new Error(`${path}: ${response.statusCode}`))
        resolve({ text: decode(body).toString(), bytes: head + body.length })
      })
    })
      .on('error', reject)
      .end()
  })
}
