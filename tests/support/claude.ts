import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { LLMock } from '@copilotkit/aimock'
import { claudeSettings } from '#config/assistant'
import { Peer } from '#tests/support/peer'

type Script = Parameters<LLMock['on']>

/** A call as it came over the wire. */
export type Call = { path: string; headers: IncomingMessage['headers']; body: string }

/** The mock counts no tokens by itself. */
export const USAGE = { input_tokens: 1200, output_tokens: 80 }

/**
 * Stands in for Anthropic's API while a group of tests runs. It answers every question alike unless a test
 * says otherwise, and keeps a journal of what it was sent, byte for byte.
 */
export class FakeClaude extends Peer {
  readonly journal: Call[] = []
  /** When each piece of an answer was handed on, in milliseconds since the epoch. */
  readonly sentAt: { at: number; piece: string }[] = []
  /** How many of its answers nobody heard to their end. */
  leftAlone = 0
  #before = structuredClone(claudeSettings)
  #hold: { pieces: number; over: Promise<void> } | null = null

  private constructor(readonly mock: LLMock) {
    super()
  }

  static async start() {
    const mock = new LLMock({ port: 0, chunkSize: 12 })
    await mock.start()
    const claude = await new FakeClaude(mock).listen()
    Object.assign(claudeSettings, { apiKey: 'test-key', baseUrl: claude.origin, retryPause: 5 })
    claude.forget()
    return claude
  }

  /** From now on every question is answered so. */
  answers(content: string, options: Script[2] = {}, usage = USAGE) {
    this.mock.clearFixtures()
    this.mock.on({ endpoint: 'chat' }, { content, usage }, options)
    return this
  }

  /** From now on Claude wants this tool used. */
  wantsTool(name: string, input: unknown, options: Script[2] = {}) {
    return this.wantsTools(name, [input], options)
  }

  /** From now on Claude wants it used so many times. */
  wantsTools(name: string, inputs: unknown[], options: Script[2] = {}) {
    this.mock.clearFixtures()
    const toolCalls = inputs.map((input) => ({ name, arguments: JSON.stringify(input) }))
    this.mock.on({ endpoint: 'chat' }, { toolCalls, usage: USAGE }, options)
    return this
  }

  /** The next call fails with this status. */
  failsOnce(status: number, type: string) {
    this.mock.nextRequestError(status, { message: 'Injected', type })
    return this
  }

  /** Answers stop after so many pieces, until what this returns is called. */
  holdAfter(pieces: number) {
    const { promise: over, resolve } = Promise.withResolvers<void>()
    this.#hold = { pieces, over }
    return () => {
      this.#hold = null
      resolve()
    }
  }

  /** The newest call's body, as it came and as it reads. */
  get sent() {
    return this.journal.at(-1)!.body
  }

  get sentBody(): any {
    return JSON.parse(this.sent)
  }

  /** Begins the next test afresh. */
  forget() {
    this.journal.length = 0
    this.sentAt.length = 0
    this.mock.clearChaos()
    this.answers('It is on track.')
    Object.assign(claudeSettings, {
      timeouts: { ...this.#before.timeouts },
      isOffered: true,
      apiKey: 'test-key',
    })
  }

  async stop() {
    Object.assign(claudeSettings, this.#before)
    await super.stop()
    await this.mock.stop()
  }

  protected async answer(incoming: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method, url: path = '', headers } = incoming
    const body = Buffer.concat(chunks).toString()
    this.journal.push({ path, headers, body })
    const onward = request(this.mock.url + path, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      let pieces = 0
      answer.on('data', (piece) => {
        this.sentAt.push({ at: Date.now(), piece: String(piece) })
        response.write(piece)
        if (++pieces !== this.#hold?.pieces) return
        answer.pause()
        void this.#hold.over.then(() => answer.resume())
      })
      answer.on('end', () => response.end())
      answer.on('error', () => response.destroy())
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => {
      if (!response.writableFinished) this.leftAlone++
      onward.destroy()
    })
    onward.end(body)
  }
}
