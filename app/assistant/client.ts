import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import type {
  MessageCreateParamsStreaming,
  MessageParam,
  TextBlockParam,
  Tool,
} from '@anthropic-ai/sdk/resources/messages'
import { claudeSettings, type ClaudeSettings } from '#config/assistant'
import { AssistantFailure, ReaderLeft, type FailureKind } from '#assistant/failure'
import { consumeInvocation, type Invocation } from '#assistant/invocations'
import { Patience } from '#assistant/patience'
import type { Reply } from '#assistant/reply'

/** What Claude is asked, before the model and the reader are known. */
export type Order = {
  system: TextBlockParam[]
  messages: MessageParam[]
  maxTokens: number
  tools?: Tool[]
}

/** Exactly what is sent, and kept as sent. */
export type Body = MessageCreateParamsStreaming

const MOST_ATTEMPTS = 3
const OVERLOADED = 529

/** The body of a call. The asker is identified by a word that means nothing to anyone else. */
export function bodyOf(order: Order, membershipId: string): Body {
  const { system, messages, maxTokens, tools } = order
  const reader = createHmac('sha256', claudeSettings.pseudonymKey)
    .update(membershipId)
    .digest('hex')
  return {
    model: claudeSettings.model,
    max_tokens: maxTokens,
    metadata: { user_id: reader.slice(0, 32) },
    system,
    messages,
    ...(tools && { tools }),
    stream: true,
  }
}

/** The one way to Anthropic. It sends a message and streams the answer, and can do nothing else there. */
export class ClaudeClient {
  readonly #anthropic: Anthropic

  constructor(private settings: ClaudeSettings = claudeSettings) {
    if (!settings.apiKey) throw new AssistantFailure('unreachable')
    this.#anthropic = new Anthropic({
      apiKey: settings.apiKey,
      authToken: null,
      baseURL: settings.baseUrl,
      maxRetries: 0,
      timeout: settings.timeouts.whole,
      // Prompts are logged in the organisation's own log, and nowhere else.
      openTelemetry: false,
      logLevel: 'off',
      // Looked up at each call, because the egress guard replaces it.
      fetch: (input, init) => globalThis.fetch(input, init),
    })
  }

  /**
   * Uses up the invocation, sends the body and lets the reply grow. Throws AssistantFailure when no whole answer came,
   * ReaderLeft when the signal came first, InvocationRefused before anything is sent.
   */
  async answer(
    invocation: Invocation,
    body: Body,
    reply: Reply,
    { signal, onText }: { signal?: AbortSignal; onText?: (text: string) => void } = {}
  ) {
    await consumeInvocation(invocation)
    const patience = new Patience(this.settings.timeouts, signal)
    try {
      await this.#receive(body, reply, patience, onText)
      // An answer that the signal cuts short ends without an error.
      if (!reply.isComplete) throw new AssistantFailure('broken')
    } catch (error) {
      if (signal?.aborted) throw new ReaderLeft()
      throw patience.isOver ? new AssistantFailure('timeout', error) : failureFor(error)
    } finally {
      patience.end()
    }
    if (reply.stopReason === 'refusal') throw new AssistantFailure('declined')
  }

  async #receive(body: Body, reply: Reply, patience: Patience, onText?: (text: string) => void) {
    const stream = await this.#begin(body, patience)
    for await (const event of stream) {
      patience.renew()
      const text = reply.take(event)
      if (text) onText?.(text)
    }
  }

  /** Only an overload is worth another try, and only before anything has come. */
  async #begin(body: Body, patience: Patience) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#anthropic.messages.create(body, { signal: patience.signal })
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isOverload(error)) throw error
        const length = this.settings.retryPause * 2 ** (attempt - 1)
        await pause(length, undefined, { signal: patience.signal })
      }
    }
  }
}

function isOverload(error: unknown) {
  if (!(error instanceof Anthropic.APIError)) return false
  return error.status === OVERLOADED || error.type === 'overloaded_error'
}

function failureFor(error: unknown) {
  return error instanceof AssistantFailure ? error : new AssistantFailure(kindOf(error), error)
}

function kindOf(error: unknown): FailureKind {
  if (isOverload(error)) return 'overloaded'
  if (error instanceof Anthropic.APIConnectionTimeoutError) return 'timeout'
  if (error instanceof Anthropic.APIConnectionError) return 'unreachable'
  if (error instanceof Anthropic.RateLimitError) return 'limited'
  if (error instanceof Anthropic.APIError && error.status) {
    return error.status >= 500 ? 'unreachable' : 'refused'
  }
  return 'broken'
}
