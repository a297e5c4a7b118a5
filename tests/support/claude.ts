import { LLMock } from '@copilotkit/aimock'
import { claudeSettings } from '#config/assistant'

type Script = Parameters<LLMock['on']>

/**
 * Stands in for Anthropic's API while a group of tests runs. It answers every question alike unless a test
 * says otherwise, and keeps a journal of what it was sent.
 */
export class FakeClaude {
  private constructor(
    readonly mock: LLMock,
    private before: typeof claudeSettings
  ) {}

  static async start(answer = 'It is on track.') {
    const mock = new LLMock({ port: 0, chunkSize: 12 })
    await mock.start()
    const before = structuredClone(claudeSettings)
    Object.assign(claudeSettings, { apiKey: 'test-key', baseUrl: mock.url, retryPause: 5 })
    const claude = new FakeClaude(mock, before)
    claude.answers(answer)
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
    this.mock.clearFixtures()
    const call = { name, arguments: JSON.stringify(input) }
    this.mock.on({ endpoint: 'chat' }, { toolCalls: [call], usage: USAGE }, options)
    return this
  }

  /** The next call fails with this status. */
  failsOnce(status: number, type: string) {
    this.mock.nextRequestError(status, { message: 'Injected', type })
    return this
  }

  /** What it was sent, in order. */
  get journal() {
    return this.mock.getRequests()
  }

  forget() {
    this.mock.clearRequests()
    this.mock.clearChaos()
    this.answers('It is on track.')
    Object.assign(claudeSettings, { timeouts: { ...this.before.timeouts }, isOffered: true })
  }

  async stop() {
    Object.assign(claudeSettings, this.before)
    await this.mock.stop()
  }
}

/** The mock counts no tokens by itself. */
export const USAGE = { input_tokens: 1200, output_tokens: 80 }
