import env from '#start/env'
import { StartRefused } from '#config/start_refused'
import { defaultModel, isPriced, type AssistantModel } from '#registries/assistant_prices'
import { mayReach } from '#registries/egress'

type AssistantEnvironment = {
  NODE_ENV: string
  APP_KEY: string
  ANTHROPIC_API_KEY?: string
  ANTHROPIC_BASE_URL?: string
  ANTHROPIC_MODEL?: string
  ASSISTANT_ENABLED?: boolean
}

export type ClaudeSettings = {
  /** Null when there is no assistant. */
  apiKey: string | null
  /** Whether the platform offers the assistant at all. */
  isOffered: boolean
  baseUrl: string
  model: AssistantModel
  /** Turns the ids of people into names that mean nothing outside one project. */
  pseudonymKey: string
  /** In milliseconds: until the first word, between two, and for the whole answer. */
  timeouts: { first: number; between: number; whole: number }
  /** Before the first retry of a call that met an overload; it doubles. */
  retryPause: number
  /** How often, while an answer streams, it is checked whether its reader may go on reading. */
  secondLook: number
}

const ANTHROPIC = 'https://api.anthropic.com'

/** A receiver other than Anthropic is for tests and trials: production reaches declared hosts only. */
export function readClaudeSettings(settings: AssistantEnvironment): ClaudeSettings {
  const baseUrl = settings.ANTHROPIC_BASE_URL || ANTHROPIC
  if (settings.NODE_ENV === 'production' && !mayReach('Anthropic', baseUrl)) {
    throw new StartRefused(
      'ANTHROPIC_BASE_URL is for development and tests: unset it in production'
    )
  }
  const model = settings.ANTHROPIC_MODEL || defaultModel
  if (!isPriced(model)) {
    throw new StartRefused(
      `ANTHROPIC_MODEL: add the price of ${model} to app/registries/assistant_prices.ts`
    )
  }
  return {
    apiKey: settings.ANTHROPIC_API_KEY || null,
    isOffered: settings.ASSISTANT_ENABLED !== false,
    baseUrl,
    model,
    pseudonymKey: `assistant pseudonyms ${settings.APP_KEY}`,
    timeouts: { first: 60_000, between: 30_000, whole: 180_000 },
    retryPause: 500,
    secondLook: 2000,
  }
}

export const claudeSettings = readClaudeSettings({
  NODE_ENV: env.get('NODE_ENV'),
  APP_KEY: env.get('APP_KEY').release(),
  ANTHROPIC_API_KEY: env.get('ANTHROPIC_API_KEY')?.release(),
  ANTHROPIC_BASE_URL: env.get('ANTHROPIC_BASE_URL'),
  ANTHROPIC_MODEL: env.get('ANTHROPIC_MODEL'),
  ASSISTANT_ENABLED: env.get('ASSISTANT_ENABLED'),
})
