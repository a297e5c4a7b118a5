import type {
  RawMessageStreamEvent,
  RawMessageDeltaEvent,
  Usage,
} from '@anthropic-ai/sdk/resources/messages'
import type { Tokens } from '#registries/assistant_prices'

/** A tool as Claude wants it used; `input` is null where it was no JSON. */
export type ToolUse = { name: string; input: unknown }

/** About four characters make a token. Used only for the part of an answer that nobody counted. */
const CHARACTERS_PER_TOKEN = 4

/** What has come of an answer: it grows while it streams, and keeps what was there when it broke off. */
export class Reply {
  text = ''
  stopReason: string | null = null
  readonly toolUses: ToolUse[] = []
  isComplete = false
  #tokens: Tokens | null = null
  #toolInput: { name: string; json: string } | null = null
  #isCounted = false

  /** Takes the next event, and answers the text that it brought. */
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

  /** All that came, as it is kept; null when nothing did. */
  get whole() {
    if (this.toolUses.length === 0) return this.text || null
    return JSON.stringify({ text: this.text, tools: this.toolUses })
  }

  /** The tokens so far; of an answer that broke off, those of its text are estimated. */
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

  /** Reckons with what was sent where Claude may have begun, and nobody heard of it. */
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
