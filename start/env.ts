import { Env } from '@adonisjs/core/env'
import {
  dataKey,
  longSecret,
  previousAppKeys,
  previousDataKeys,
  publicKeys,
  signingKey,
} from '#config/key_rules'
import {
  agreementDates,
  collectorAddress,
  databaseUrl,
  euRegion,
  filesFolder,
  limitsInProduction,
  neededInProduction,
  notesFile,
  publicAddress,
  secretInProduction,
  sender,
  shareOfOne,
  wholeNumber,
} from '#config/setting_rules'

/** Every setting the application reads, checked at boot. `.env.example` explains each. */
export const settings = {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),
  APP_URL: publicAddress(),
  APP_KEY: longSecret(),
  APP_KEYS_PREVIOUS: previousAppKeys(),
  DATA_KEY: dataKey(),
  DATA_KEYS_PREVIOUS: previousDataKeys(),
  LOG_LEVEL: Env.schema.enum.optional([
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  ] as const),

  DATABASE_URL: databaseUrl(Env.schema.string(), 'orch_app'),
  DATABASE_REPLICA_URL: databaseUrl(Env.schema.string.optional(), 'orch_app'),
  DATABASE_OWNER_URL: databaseUrl(Env.schema.string.optional(), 'orch_owner'),
  DATABASE_SEALER_URL: databaseUrl(neededInProduction(), 'orch_sealer'),
  DATABASE_PRIVACY_URL: databaseUrl(neededInProduction(), 'orch_privacy'),
  DATABASE_ADMIN_URL: databaseUrl(Env.schema.string.optional()),
  DATABASE_POOL_MAX: wholeNumber(),

  AUDIT_SIGNING_KEY: signingKey(),
  AUDIT_VERIFY_KEYS: publicKeys(),

  AUTH0_DOMAIN: neededInProduction(),
  AUTH0_CLIENT_ID: neededInProduction(),
  AUTH0_CLIENT_SECRET: secretInProduction(),
  AUTH0_MANAGEMENT_DOMAIN: Env.schema.string.optional(),
  AUTH0_MANAGEMENT_CLIENT_ID: neededInProduction(),
  AUTH0_MANAGEMENT_CLIENT_SECRET: secretInProduction(),

  MAIL_FROM: sender(),
  RESEND_API_KEY: Env.schema.secret.optional(),
  RESEND_BASE_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  RESEND_WEBHOOK_SECRET: Env.schema.secret.optional(),

  ANTHROPIC_API_KEY: Env.schema.secret.optional(),
  ANTHROPIC_BASE_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  ANTHROPIC_MODEL: Env.schema.string.optional(),
  ASSISTANT_ENABLED: Env.schema.boolean.optional(),

  CONTROLLER_NAME: Env.schema.string.optional(),
  CONTROLLER_ADDRESS: Env.schema.string.optional(),
  PRIVACY_EMAIL: Env.schema.string.optional({ format: 'email' }),
  SECURITY_EMAIL: Env.schema.string.optional({ format: 'email' }),
  ACCESSIBILITY_EMAIL: Env.schema.string.optional({ format: 'email' }),
  DPA_AUTH0: agreementDates(),
  DPA_ANTHROPIC: agreementDates(),
  DPA_SENTRY: agreementDates(),
  DPA_RESEND: agreementDates(),
  DPA_CLARITY: agreementDates(),
  DPA_FLY: agreementDates(),
  DPA_TIGRIS: agreementDates(),
  FLY_REGION: euRegion(),
  ERASURE_TOMBSTONES: notesFile(),

  SENTRY_DSN: Env.schema.string.optional({ format: 'url', tld: false }),
  SENTRY_TRACES_SAMPLE_RATE: shareOfOne(),
  RELEASE: Env.schema.string.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorAddress(),
  OTEL_EXPORTER_OTLP_HEADERS: Env.schema.secret.optional(),

  FILES_PATH: filesFolder(),
  FILES_S3_BUCKET: Env.schema.string.optional(),
  FILES_S3_ENDPOINT: Env.schema.string.optional({ format: 'url', tld: false }),
  FILES_S3_REGION: Env.schema.string.optional(),
  FILES_S3_KEY_ID: Env.schema.string.optional(),
  FILES_S3_SECRET: Env.schema.secret.optional(),

  REGISTRATION_OPEN: Env.schema.boolean.optional(),
  CLARITY_PROJECT_ID: Env.schema.string.optional(),
  WORKER_IN_PROCESS: Env.schema.boolean.optional(),
  STOP_NOTICE_SECONDS: Env.schema.number.optional(),
  RATE_LIMITS: limitsInProduction(),
}

export default await Env.create(new URL('../', import.meta.url), settings)
