import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { readClaudeSettings } from '#config/assistant'
import { costMicros, mostMicros, priceList } from '#registries/assistant_prices'

const none = { input: 0, output: 0, cacheRead: 0, cache5m: 0, cache1h: 0 }
const MILLION = 1_000_000

test.group('Assistant: prices', () => {
  test('count each kind of token at its own price, in millionths of a pound', ({ assert }) => {
    const model = 'claude-sonnet-5-5'
    const rates = priceList.models[model]
    for (const kind of ['input', 'output', 'cacheRead', 'cache5m', 'cache1h'] as const) {
      const expected = Math.round(rates[kind] * priceList.poundsPerDollar * MILLION)
      assert.equal(costMicros(model, { ...none, [kind]: MILLION }), expected, kind)
    }
    assert.equal(costMicros(model, { ...none, cacheRead: 1 }), 1, 'rounded up')
    assert.equal(costMicros(model, none), 0)
  })

  test('charge long prompts at the price of long prompts', ({ assert }) => {
    const model = 'claude-haiku-5-5'
    assert.equal(costMicros(model, { ...none, input: 100_000 }), 8_000)
    assert.equal(costMicros(model, { ...none, input: 60_000, cache5m: 40_001 }), 44_001)
  })

  test('never hold back less than a call costs', ({ assert }) => {
    for (const model of Object.keys(priceList.models) as (keyof typeof priceList.models)[]) {
      for (const [bytes, output] of [
        [10, 1500],
        [90_000, 100],
        [150_000, 1500],
      ]) {
        const most = mostMicros(model, bytes, output)
        assert.isAtLeast(most, costMicros(model, { ...none, cache5m: bytes, output }))
        assert.isAtLeast(most, costMicros(model, { ...none, input: bytes, output }))
      }
    }
  })
})

test.group('Assistant: models', () => {
  test('are those that Anthropic’s client knows and does not call deprecated', async ({
    assert,
  }) => {
    const known = await written(
      'resources/messages/messages.ts',
      /export type Model =([\s\S]*?)\(string & \{\}\)/
    )
    const deprecated = await written(
      'internal/data/deprecated-models.ts',
      /DEPRECATED_MODELS[^=]*= \{([\s\S]*?)\n\}/
    )
    for (const model of Object.keys(priceList.models)) {
      assert.include(known, `'${model}'`)
      assert.notInclude(deprecated, `'${model}'`)
    }
  })
})

test.group('Assistant: settings', () => {
  const given = { NODE_ENV: 'production', APP_KEY: 'x'.repeat(32) }

  test('go without a key, and refuse a model without a price', ({ assert }) => {
    assert.isNull(readClaudeSettings(given).apiKey)
    assert.isTrue(readClaudeSettings(given).isOffered)
    assert.isFalse(readClaudeSettings({ ...given, ASSISTANT_ENABLED: false }).isOffered)
    assert.throws(() => readClaudeSettings({ ...given, ANTHROPIC_MODEL: 'gpt' }), /price of gpt/)
  })

  test('reach Anthropic alone in production', ({ assert }) => {
    for (const url of ['http://127.0.0.1:9', 'https://api.anthropic.com.evil.test']) {
      assert.throws(() => readClaudeSettings({ ...given, ANTHROPIC_BASE_URL: url }), /unset it/)
    }
    assert.equal(readClaudeSettings(given).baseUrl, 'https://api.anthropic.com')
  })
})

/** What stands at a place of the client's own source. */
async function written(path: string, place: RegExp) {
  const source = await readFile(app.makePath('node_modules/@anthropic-ai/sdk/src', path), 'utf8')
  return source.match(place)![1]
}
