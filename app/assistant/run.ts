import logger from '@adonisjs/core/services/logger'
import { DateTime } from 'luxon'
import { claudeSettings } from '#config/assistant'
import { ClaudeClient, type Body } from '#assistant/client'
import { AssistantFailure, ReaderLeft, type FailureKind } from '#assistant/failure'
import type { Invocation } from '#assistant/invocations'
import { Reply } from '#assistant/reply'
import AiInteraction from '#models/ai_interaction'
import { tellNearlySpent } from '#models/assistant/budget_notices'
import { costMicros } from '#registries/assistant_prices'
import { stopping } from '#serving/stopping'
import Tenancy from '#tenancy/tenancy'

type Ending = { status: 'answered' | 'aborted' | 'failed'; failure: FailureKind | null }

/** Someone reading along while the answer arrives. */
type Listener = {
  onText: (text: string) => void
  onEnd: () => unknown
  /** Says that they are gone. */
  signal: AbortSignal
}

/**
 * What is done with a whole answer, in the transaction that stores it. Returns the reason if it turns out not to be
 * one.
 */
export type Finish = (asked: AiInteraction, reply: Reply) => Promise<FailureKind | null>

/** One call, from storing its question to storing its answer. No transaction is open in between. */
export class Run {
  constructor(
    private interactionId: string,
    private invocation: Invocation,
    private body: Body,
    private finish?: Finish
  ) {}

  /** Asks once the transaction under way has committed, and never if it does not. */
  afterCommit(listener?: Listener) {
    const { trx } = Tenancy.current()
    trx.after('commit', () => stopping.awaits(this.go(listener)))
    if (listener) trx.after('rollback', () => void listener.onEnd())
  }

  /** Asks, stores what arrived, whole or not, and settles the cost. */
  async go(listener?: Listener) {
    const reply = new Reply()
    const ending = await this.#ask(reply, listener)
    if (isUnheard(ending)) reply.assumeRead(Buffer.byteLength(JSON.stringify(this.body)))
    try {
      await this.#settle(reply, ending)
    } catch (error) {
      logger.error({ err: error, interaction: this.interactionId }, 'answer could not be kept')
    } finally {
      await listener?.onEnd()
    }
    await tellNearlySpent(this.invocation)
  }

  async #ask(reply: Reply, listener?: Listener): Promise<Ending> {
    try {
      const signals = [stopping.streamsEnd, ...(listener ? [listener.signal] : [])]
      const reader = { ...listener, signal: AbortSignal.any(signals) }
      await new ClaudeClient().answer(this.invocation, this.body, reply, reader)
      return { status: 'answered', failure: null }
    } catch (error) {
      if (stopping.streamsEnd.aborted) return { status: 'failed', failure: 'lost' }
      if (error instanceof ReaderLeft) return { status: 'aborted', failure: null }
      const failure = error instanceof AssistantFailure ? error.kind : 'refused'
      logger.warn({ err: error, interaction: this.interactionId }, 'assistant gave no answer')
      return { status: 'failed', failure }
    }
  }

  #settle(reply: Reply, ending: Ending) {
    const { organisationId, userId } = this.invocation
    const { tokens } = reply
    return Tenancy.run({ organisationId, userId, requestId: null }, async () => {
      const interaction = await AiInteraction.findOrFail(this.interactionId)
      const useless = ending.status === 'answered' ? await this.finish?.(interaction, reply) : null
      await interaction
        .merge({
          ...(useless ? { status: 'failed', failure: useless } : ending),
          answer: reply.whole,
          inputTokens: tokens.input,
          outputTokens: tokens.output,
          cacheReadTokens: tokens.cacheRead,
          cache5mTokens: tokens.cache5m,
          cache1hTokens: tokens.cache1h,
          isEstimated: reply.isEstimated,
          costMicros: costMicros(claudeSettings.model, tokens),
          settledAt: DateTime.utc(),
        })
        .save()
    })
  }
}

/** The call was on its way, and nothing more came of it. */
function isUnheard({ status, failure }: Ending) {
  return status === 'aborted' || ['timeout', 'broken', 'lost'].includes(failure ?? '')
}
