import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

type Point = { labels: Record<string, string>; value: number; count: number }

/** Stands in for an OpenTelemetry collector: accepts metrics at POST /v1/metrics as JSON, and stores them. */
export class OtlpReceiver {
  /** Whole bodies, as they came. */
  readonly raw: string[] = []
  headers: IncomingHttpHeaders = {}
  #server: Server

  private constructor() {
    this.#server = createServer(async (request, response) => {
      this.headers = request.headers
      if (request.url === '/v1/metrics') this.raw.push(await bodyOf(request))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }

  static async start() {
    const receiver = new OtlpReceiver()
    receiver.#server.listen(0, '127.0.0.1')
    await once(receiver.#server, 'listening')
    return receiver
  }

  get address() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The points of a metric in the latest body; those of all metrics when none is named. */
  points(name?: string): Point[] {
    const { resourceMetrics } = JSON.parse(this.raw.at(-1)!)
    return resourceMetrics
      .flatMap(({ scopeMetrics }: any) => scopeMetrics.flatMap(({ metrics }: any) => metrics))
      .filter((metric: any) => !name || metric.name === name)
      .flatMap(({ sum, gauge, histogram }: any) => (sum ?? gauge ?? histogram).dataPoints)
      .map((point: any) => ({
        labels: Object.fromEntries(
          (point.attributes ?? []).map(({ key, value }: any) => [key, Object.values(value)[0]])
        ),
        value: Number(point.asDouble ?? point.asInt ?? point.sum),
        count: Number(point.count ?? 0),
      }))
  }

  stop() {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

async function bodyOf(request: NodeJS.ReadableStream & { headers?: IncomingHttpHeaders }) {
  if (request.headers?.['content-encoding'] !== 'gzip') return text(request as any)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return gunzipSync(Buffer.concat(chunks)).toString()
}
