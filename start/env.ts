import { Env } from '@adonisjs/core/env'

/** Every setting the application reads, checked at boot. `.env.example` explains each. */
export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),
  APP_URL: Env.schema.string({ format: 'url', tld: false }),
  APP_KEY: Env.schema.secret(),
  LOG_LEVEL: Env.schema.enum.optional([
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  ] as const),

  DATABASE_URL: Env.schema.string(),
  DATABASE_OWNER_URL: Env.schema.string.optional(),
  DATABASE_SEALER_URL: Env.schema.string.optional(),
  DATABASE_PRIVACY_URL: Env.schema.string.optional(),
  DATABASE_POOL_MAX: Env.schema.number.optional(),

  AUDIT_SIGNING_KEY: Env.schema.string.optional(),
  AUDIT_VERIFY_KEYS: Env.schema.string.optional(),

  AUTH0_DOMAIN: Env.schema.string.optional(),
  AUTH0_CLIENT_ID: Env.schema.string.optional(),
  AUTH0_CLIENT_SECRET: Env.schema.secret.optional(),

  MAIL_FROM: Env.schema.string.optional(),
  RESEND_API_KEY: Env.schema.secret.optional(),
  RESEND_BASE_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  RESEND_WEBHOOK_SECRET: Env.schema.secret.optional(),

  REGISTRATION_OPEN: Env.schema.boolean.optional(),
  CLARITY_PROJECT_ID: Env.schema.string.optional(),
  WORKER_IN_PROCESS: Env.schema.boolean.optional(),
  DEMO: Env.schema.boolean.optional(),
})
