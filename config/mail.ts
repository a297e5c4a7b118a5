import env from '#start/env'

export type MailEnvironment = {
  NODE_ENV: string
  APP_URL: string
  MAIL_FROM?: string
  RESEND_API_KEY?: string
  RESEND_BASE_URL?: string
  RESEND_WEBHOOK_SECRET?: string
}

export type MailSettings = {
  appUrl: string
  from: string
  /** Null where mail is kept instead of sent. */
  apiKey: string | null
  baseUrl: string
  /** Null where no webhooks are taken. */
  webhookSecret: string | null
}

const RESEND = 'https://api.resend.com'

/** Another receiver than Resend is for tests and trials: production refuses to be pointed at one. */
export function readMailSettings(settings: MailEnvironment): MailSettings {
  const { APP_URL: appUrl, RESEND_BASE_URL: baseUrl = '' } = settings
  if (baseUrl && settings.NODE_ENV === 'production') {
    throw new Error('RESEND_BASE_URL is for development and tests: unset it in production')
  }
  return {
    appUrl,
    from: settings.MAIL_FROM || `Orchestrate <no-reply@${new URL(appUrl).hostname}>`,
    apiKey: settings.RESEND_API_KEY || null,
    baseUrl: baseUrl || RESEND,
    webhookSecret: settings.RESEND_WEBHOOK_SECRET || null,
  }
}

export const mailSettings = readMailSettings({
  NODE_ENV: env.get('NODE_ENV'),
  APP_URL: env.get('APP_URL'),
  MAIL_FROM: env.get('MAIL_FROM'),
  RESEND_API_KEY: env.get('RESEND_API_KEY')?.release(),
  RESEND_BASE_URL: env.get('RESEND_BASE_URL'),
  RESEND_WEBHOOK_SECRET: env.get('RESEND_WEBHOOK_SECRET')?.release(),
})
