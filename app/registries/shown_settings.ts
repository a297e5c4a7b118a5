type Shown = 'value' | 'presence'

/** What staff may see of a setting: its value or, for a secret, only whether it is set. */
export const shownSettings: { label: string; settings: Record<string, Shown> }[] = [
  {
    label: 'Address and process',
    settings: {
      APP_URL: 'value',
      HOST: 'value',
      PORT: 'value',
      FLY_REGION: 'value',
      HOSTED_IN: 'value',
      HOSTING_PROVIDER: 'value',
      RELEASE: 'value',
      LOG_LEVEL: 'value',
      WORKER_IN_PROCESS: 'value',
      REGISTRATION_OPEN: 'value',
      RATE_LIMITS: 'value',
      DATABASE_POOL_MAX: 'value',
      STOP_NOTICE_SECONDS: 'value',
    },
  },
  {
    label: 'Keys',
    settings: {
      APP_KEY: 'presence',
      APP_KEYS_PREVIOUS: 'presence',
      DATA_KEY: 'presence',
      DATA_KEYS_PREVIOUS: 'presence',
      AUDIT_SIGNING_KEY: 'presence',
      AUDIT_VERIFY_KEYS: 'presence',
    },
  },
  {
    label: 'Database and files',
    settings: {
      DATABASE_URL: 'presence',
      DATABASE_REPLICA_URL: 'presence',
      DATABASE_OWNER_URL: 'presence',
      DATABASE_SEALER_URL: 'presence',
      DATABASE_PRIVACY_URL: 'presence',
      DATABASE_ADMIN_URL: 'presence',
      FILES_PATH: 'presence',
      FILES_S3_BUCKET: 'value',
      FILES_S3_ENDPOINT: 'value',
      FILES_S3_REGION: 'value',
      FILES_S3_KEY_ID: 'presence',
      FILES_S3_SECRET: 'presence',
      ERASURE_TOMBSTONES: 'presence',
    },
  },
  {
    label: 'Services of others',
    settings: {
      AUTH0_DOMAIN: 'value',
      AUTH0_CLIENT_ID: 'presence',
      AUTH0_CLIENT_SECRET: 'presence',
      AUTH0_MANAGEMENT_DOMAIN: 'value',
      AUTH0_MANAGEMENT_CLIENT_ID: 'presence',
      AUTH0_MANAGEMENT_CLIENT_SECRET: 'presence',
      ANTHROPIC_API_KEY: 'presence',
      ANTHROPIC_MODEL: 'value',
      ANTHROPIC_BASE_URL: 'value',
      ASSISTANT_ENABLED: 'value',
      RESEND_API_KEY: 'presence',
      RESEND_WEBHOOK_SECRET: 'presence',
      RESEND_BASE_URL: 'value',
      MAIL_FROM: 'value',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'value',
      OTEL_EXPORTER_OTLP_HEADERS: 'presence',
      SENTRY_DSN: 'presence',
      SENTRY_TRACES_SAMPLE_RATE: 'value',
      CLARITY_PROJECT_ID: 'value',
    },
  },
  {
    label: 'Who is responsible',
    settings: {
      CONTROLLER_NAME: 'value',
      CONTROLLER_ADDRESS: 'value',
      PRIVACY_EMAIL: 'value',
      SECURITY_EMAIL: 'value',
      ACCESSIBILITY_EMAIL: 'value',
    },
  },
]

/** Shown with the processors, along with the boot check's verdict. */
export const SHOWN_ELSEWHERE = /^(DPA_|NODE_ENV$)/
