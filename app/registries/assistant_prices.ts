/** What a million tokens of each kind costs, in US dollars. */
type Rates = {
  input: number
  output: number
  cacheRead: number
  /** Writing to the cache that lasts five minutes, or an hour. */
  cache5m: number
  cache1h: number
}

type Price = Rates & {
  /** Different rates for every token of a request whose prompt is longer than this. */
  long?: Rates & { above: number }
}

/** The tokens of one call, by what they cost. */
export type Tokens = {
  input: number
  output: number
  cacheRead: number
  cache5m: number
  cache1h: number
}

export type AssistantModel = keyof (typeof priceList)['models']

/**
 * The prices by which costs are calculated: those of https://platform.claude.com/docs/en/about-claude/pricing on the
 * day of the version. A change is a new version: earlier questions keep theirs.
 */
export const priceList = {
  version: '2026-11-26',
  /**
   * Budgets are in pounds. The rate is our own, fixed and meant to be above the market's, so that a question costs the
   * same all month. It belongs to the version; a new rate is a new version.
   */
  poundsPerDollar: 0.8,
  models: {
    'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cache5m: 2.5, cache1h: 4 },
    'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2, cache5m: 5, cache1h: 8 },
    'claude-haiku-5-5': {
      input: 0.1,
      output: 0.5,
      cacheRead: 0.01,
      cache5m: 0.125,
      cache1h: 0.2,
      long: {
        above: 100_000,
        input: 0.5,
        output: 2.5,
        cacheRead: 0.05,
        cache5m: 0.625,
        cache1h: 1,
      },
    },
  } satisfies Record<string, Price>,
}

export const defaultModel: AssistantModel = 'claude-sonnet-5-5'

/** Whether we know a model's price: no other model is asked. */
export function isPriced(model: string): model is AssistantModel {
  return Object.hasOwn(priceList.models, model)
}

/** What a call cost, in millionths of a pound, rounded up. */
export function costMicros(model: AssistantModel, tokens: Tokens) {
  const rates = ratesFor(model, tokens)
  const kinds = Object.keys(tokens) as (keyof Tokens)[]
  const dollars = kinds.reduce((sum, kind) => sum + tokens[kind] * rates[kind], 0)
  return Math.ceil(Number((dollars * priceList.poundsPerDollar).toFixed(6)))
}

/** The most a call can cost: no token is shorter than a byte, and all of them may have to be cached. */
export function mostMicros(model: AssistantModel, bytes: number, outputTokens: number) {
  const tokens = { input: 0, output: outputTokens, cacheRead: 0, cache5m: bytes, cache1h: 0 }
  return costMicros(model, tokens)
}

function ratesFor(model: AssistantModel, { input, cacheRead, cache5m, cache1h }: Tokens): Rates {
  const price: Price = priceList.models[model]
  const { long } = price
  return long && input + cacheRead + cache5m + cache1h > long.above ? long : price
}
