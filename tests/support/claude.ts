import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { LLMock } from '@copilotkit/aimock'
import { claudeSettings } from '#config/assistant'
import { Peer } from '#tests/support/peer'

type Script = Parameters<LLMock['on']>

/** A call as received. */
type Call = { path: string; headers: IncomingMessage['headers']; body: string }

/** The mock counts no tokens itself. */
export const USAGE = { input_tokens: 1200, output_tokens: 80 }

/**
 * Stands in for Anthropic's API while a group of tests runs. It answers every question in the same way unless a test
 * says otherwise, and keeps a journal of what it was sent, byte for byte.
 */
export class FakeClaude extends Peer {
  readonly journal: Call[] = []
  /** The pieces of its answers that it passed on. */
  readonly handed: string[] = []
  /** How many of its answers were not read to their end. */
  leftAlone = 0
  #before = structuredClone(claudeSettings)
  #hold: { words: number; over: Promise<void> } | null = null

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

  /** From now on every question gets this answer. */
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

  /**
   * Answers stop after so many pieces of text, until the returned function is called: what should be visible meanwhile
   * stays, however long someone looks.
   */
  holdAfter(words: number) {
    const { promise: over, resolve } = Promise.withResolvers<void>()
    this.#hold = { words, over }
    return () => {
      this.#hold = null
      resolve()
    }
  }

  /** The newest call's body, as received and as parsed. */
  get sent() {
    return this.journal.at(-1)!.body
  }

  get sentBody(): any {
    return JSON.parse(this.sent)
  }

  /** Begins the next test afresh. */
  forget() {
    this.journal.length = 0
    this.handed.length = 0
    this.#hold = null
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
      this.#hand(answer, response)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => {
      if (!response.writableFinished) this.leftAlone++
      onward.destroy()
    })
    onward.end(body)
  }

  /** Passes on what comes, split where each event ends: the network joins and divides them arbitrarily. */
  #hand(answer: IncomingMessage, response: ServerResponse) {
    let [text, words, turn] = ['', 0, Promise.resolve()]
    const handOn = async (event: string) => {
      if (response.destroyed) return
      this.handed.push(event)
      response.write(event)
      if (event.includes('text_delta') && ++words === this.#hold?.words) await this.#hold.over
    }
    answer.setEncoding('utf8').on('data', (part: string) => {
      const events = (text + part).split(/(?<=\n\n)/)
      text = events.at(-1)!.endsWith('\n\n') ? '' : events.pop()!
      for (const event of events) turn = turn.then(() => handOn(event))
    })
    answer.on('end', () => turn.then(() => response.end(text)))
    // What was written is sent before the connection breaks.
    answer.on('error', () => turn.then(() => setImmediate(() => response.destroy())))
  }
}
