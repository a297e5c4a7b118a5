import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { Disk } from 'flydrive'
import { S3Driver } from 'flydrive/drivers/s3'
import { storeOptions } from '#config/files'
import { Peer } from '#tests/support/peer'

const CHUNKED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** An S3-compatible store with one bucket, which accepts only requests signed as AWS requires (SigV4). */
export class S3Store extends Peer {
  readonly objects = new Map<string, { bytes: Buffer; type: string }>()
  readonly bucket = 'evidence'
  readonly accessKeyId = 'AKIATESTING'
  readonly secretAccessKey = 'a-secret-that-signs'
  readonly region = 'eu-central-1'
  /** Refused requests, by reason. */
  readonly refused: string[] = []
  /** Accepts no more objects, answering like an overloaded store. */
  isFull = false
  /** How many names it lists at once. */
  pageSize = 1000

  /** The settings by which the product reaches it. */
  disk(secret = this.secretAccessKey) {
    const { bucket, origin: endpoint, region, accessKeyId } = this
    const options = { bucket, endpoint, region, accessKeyId, secretAccessKey: secret }
    return new Disk(new S3Driver(storeOptions(options)))
  }

  /** The settings with which a separate process stores files here. */
  get settings() {
    return {
      FILES_S3_BUCKET: this.bucket,
      FILES_S3_ENDPOINT: this.origin,
      FILES_S3_REGION: this.region,
      FILES_S3_KEY_ID: this.accessKeyId,
      FILES_S3_SECRET: this.secretAccessKey,
    }
  }

  protected async answer(request: IncomingMessage, response: ServerResponse) {
    const body = await buffer(request)
    const problem = this.#problemWith(request, body)
    if (problem) {
      this.refused.push(problem)
      return fail(response, 403, problem)
    }
    const { pathname } = new URL(request.url!, this.origin)
    const [, bucket, ...rest] = decodeURIComponent(pathname).split('/')
    if (bucket !== this.bucket) return fail(response, 404, 'NoSuchBucket')
    if (request.method === 'GET' && rest.join('/') === '') return this.#list(request, response)
    return this.#serve(request, response, rest.join('/'), body)
  }

  #serve(request: IncomingMessage, response: ServerResponse, key: string, body: Buffer) {
    if (request.method === 'PUT' && this.isFull) return fail(response, 503, 'SlowDown')
    if (request.method === 'PUT') {
      const type = request.headers['content-type'] ?? ''
      this.objects.set(key, { bytes: contentOf(request, body), type })
      return response.writeHead(200, { etag: '"x"' }).end()
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key)
      return response.writeHead(204).end()
    }
    const found = this.objects.get(key)
    if (!found) return fail(response, 404, 'NoSuchKey')
    const length = String(found.bytes.length)
    response.writeHead(200, { 'content-type': found.type, 'content-length': length })
    return response.end(request.method === 'HEAD' ? undefined : found.bytes)
  }

  /** ListObjectsV2, whose token is the last name returned. */
  #list({ url }: IncomingMessage, response: ServerResponse) {
    const { searchParams: asked } = new URL(url!, this.origin)
    const after = asked.get('continuation-token') ?? ''
    const names = [...this.objects.keys()].sort()
    const left = names.filter((name) => name.startsWith(asked.get('prefix') ?? '') && name > after)
    const told = left.slice(0, this.pageSize)
    const more = told.length < left.length
    const next = more ? `<NextContinuationToken>${told.at(-1)}</NextContinuationToken>` : ''
    const entries = told.map(
      (name) =>
        `<Contents><Key>${name}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>1</Size></Contents>`
    )
    response.writeHead(200, { 'content-type': 'application/xml' })
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`
    )
  }

  #problemWith(request: IncomingMessage, body: Buffer) {
    const { headers } = request
    const given = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
      headers.authorization ?? ''
    )
    if (!given) return 'AccessDenied'
    const [, credential, signed, signature] = given
    const [keyId, day, region, service, end] = credential.split('/')
    const scope = [day, region, service, end].join('/')
    if (keyId !== this.accessKeyId) return 'InvalidAccessKeyId'
    if (scope !== `${day}/${this.region}/s3/aws4_request`) return 'AuthorizationHeaderMalformed'
    const declared = String(headers['x-amz-content-sha256'])
    if (/^\w{64}$/.test(declared) && declared !== sha256(body)) return 'XAmzContentSHA256Mismatch'
    const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope]
    const toSign = [...text, sha256(canonical(request, signed.split(';'), declared))].join('\n')
    const key = [day, region, service, end].reduce<string | Buffer>(
      hmac,
      `AWS4${this.secretAccessKey}`
    )
    const isSigned = hmac(key, toSign).toString('hex') === signature
    return isSigned ? null : 'SignatureDoesNotMatch'
  }
}

function canonical({ method, url, headers }: IncomingMessage, signed: string[], payload: string) {
  const { pathname, searchParams } = new URL(url!, 'http://here')
  const query = [...searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort()
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim()}`)
  return [method, pathname, query.join('&'), ...lines, '', signed.join(';'), payload].join('\n')
}

/** The content, out of the chunks in which the SDK may send it. */
function contentOf({ headers }: IncomingMessage, body: Buffer) {
  if (headers['x-amz-content-sha256'] !== CHUNKED) return body
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at)
    const length = Number.parseInt(body.subarray(at, end).toString(), 16)
    if (length === 0) return Buffer.concat(parts)
    parts.push(body.subarray(end + 2, end + 2 + length))
    at = end + 4 + length
  }
}

function fail(response: ServerResponse, status: number, code: string) {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}
