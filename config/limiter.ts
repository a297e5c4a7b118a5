import env from '#start/env'
import { defineConfig, stores } from '@adonisjs/limiter'
import { KEY_PREFIX } from '#identity/limit_keys'

/** Switched off only by tests of other things; production refuses to boot without limits. */
export const limiting = { isOn: env.get('RATE_LIMITS', 'on') === 'on' }

/** Counted in PostgreSQL, so that all processes share the counts. */
const limiterConfig = defineConfig({
  default: 'database',
  stores: {
    database: stores.database({
      tableName: 'rate_limits',
      connectionName: 'app',
      keyPrefix: KEY_PREFIX,
    }),
  },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof limiterConfig> {}
}
