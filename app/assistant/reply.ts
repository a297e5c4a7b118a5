import type {
  RawMessageStreamEvent,
  RawMessageDeltaEvent,
  Usage,
} from '@anthropic-ai/sdk/resources/messages'
import type { Tokens } from '#registries/assistant_prices'

/** A tool call as Claude made it; `input` is null when it was not JSON. */
export type ToolUse = { name: string; input: unknown }

/** About four characters to a token. Used only for the part of an answer that no one counted. */
const CHARACTERS_PER_TOKEN = 4

/** What has arrived of an answer. It grows while it streams, and keeps what it has if the stream breaks off. */
export class Reply {
  text = ''
  stopReason: string | null = null
  readonly toolUses: ToolUse[] = []
  isComplete = false
  #tokens: Tokens | null = null
  #toolInput: { name: string; json: string } | null = null
  #isCounted = false

  /** Takes the next event, and returns the text that it brought. */
  take(event: RawMessageStreamEvent): string {
    if (event.type === 'message_start') this.#count(event.message.usage)
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') {
      this.#toolInput = { name: event.content_block.name, json: '' }
    }
    if (event.type === 'content_block_stop') this.#finishTool()
    if (event.type === 'message_delta') this.#end(event)
    if (event.type === 'message_stop') this.isComplete = true
    if (event.type !== 'content_block_delta') return ''
    if (event.delta.type === 'input_json_delta' && this.#toolInput) {
      this.#toolInput.json += event.delta.partial_json
    }
    if (event.delta.type !== 'text_delta') return ''
    this.text += event.delta.text
    return event.delta.text
  }

  /** Everything that arrived, for storage; null when nothing did. */
  get whole() {
    if (this.toolUses.length === 0) return this.text || null
    return JSON.stringify({ text: this.text, tools: this.toolUses })
  }

  /** The tokens so far. If the answer broke off, the tokens of its text are estimated. */
  get tokens(): Tokens {
    const none = { input: 0, output: 0, cacheRead: 0, cache5m: 0, cache1h: 0 }
    const counted = this.#tokens ?? none
    if (this.#isCounted) return counted
    const written = this.text.length + (this.#toolInput?.json.length ?? 0)
    return {
      ...counted,
      output: Math.max(counted.output, Math.ceil(written / CHARACTERS_PER_TOKEN)),
    }
  }

  /** Counts what was sent when Claude may have started and no one heard back. */
  assumeRead(bytes: number) {
    this.#tokens ??= {
      input: Math.ceil(bytes / CHARACTERS_PER_TOKEN),
      output: 0,
      cacheRead: 0,
      cache5m: 0,
      cache1h: 0,
    }
  }

  get isEstimated() {
    return this.#tokens !== null && !this.#isCounted
  }

  #count(usage: Usage) {
    const written = usage.cache_creation
    this.#tokens = {
      input: usage.input_tokens ?? 0,
      output: usage.output_tokens ?? 0,
      cacheRead: usage.cache_read_input_tokens ?? 0,
      cache5m: written?.ephemeral_5m_input_tokens ?? usage.cache_creation_input_tokens ?? 0,
      cache1h: written?.ephemeral_1h_input_tokens ?? 0,
    }
  }

  #end({ delta, usage }: RawMessageDeltaEvent) {
    this.stopReason = delta.stop_reason
    if (!this.#tokens) return
    this.#tokens.output = usage.output_tokens
    this.#isCounted = true
  }

  #finishTool() {
    if (!this.#toolInput) return
    this.toolUses.push({ name: this.#toolInput.name, input: parsed(this.#toolInput.json) })
    this.#toolInput = null
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json || '{}')
  } catch {
    return null
  }
}
