import { join } from 'node:path'

/** Settings of an instance for one run of a tool: on this machine only, on a free port, its files under `place`. */
export function throwawaySettings(place) {
  return {
    NODE_ENV: 'development',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    PORT: '0',
    APP_URL: 'http://127.0.0.1',
    LOG_LEVEL: 'warn',
    RATE_LIMITS: 'off',
    FILES_PATH: join(place, 'files'),
    ERASURE_TOMBSTONES: join(place, 'erasures.ndjson'),
  }
}
