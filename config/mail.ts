import env from '#start/env'
import { appKeys } from '#config/app_keys'
import { StartRefused } from '#config/start_refused'
import { mayReach } from '#registries/egress'

type MailEnvironment = {
  NODE_ENV: string
  APP_URL: string
  APP_KEYS: string[]
  MAIL_FROM?: string
  RESEND_API_KEY?: string
  RESEND_BASE_URL?: string
  RESEND_WEBHOOK_SECRET?: string
}

type MailSettings = {
  appUrl: string
  from: string
  /** Null when mail is kept instead of sent. */
  apiKey: string | null
  baseUrl: string
  /** Null when no webhooks are accepted. */
  webhookSecret: string | null
  /** The keys that hash suppressed addresses: the current one first. */
  suppressionKeys: string[]
  /** The keys that sign the links for stopping mails of one kind: the current one first. */
  unsubscribeKeys: string[]
}

const RESEND = 'https://api.resend.com'

/** A receiver other than Resend is for tests and trials: production reaches declared hosts only. */
export function readMailSettings(settings: MailEnvironment): MailSettings {
  const { APP_URL: appUrl } = settings
  const baseUrl = settings.RESEND_BASE_URL || RESEND
  if (settings.NODE_ENV === 'production' && !mayReach('Resend', baseUrl)) {
    throw new StartRefused('RESEND_BASE_URL is for development and tests: unset it in production')
  }
  return {
    appUrl,
    from: settings.MAIL_FROM || `Orchestrate <no-reply@${new URL(appUrl).hostname}>`,
    apiKey: settings.RESEND_API_KEY || null,
    baseUrl,
    webhookSecret: settings.RESEND_WEBHOOK_SECRET || null,
    suppressionKeys: settings.APP_KEYS.map((key) => `mail suppressions ${key}`),
    unsubscribeKeys: settings.APP_KEYS.map((key) => `mail unsubscribing ${key}`),
  }
}

export const mailSettings = readMailSettings({
  NODE_ENV: env.get('NODE_ENV'),
  APP_KEYS: appKeys,
  APP_URL: env.get('APP_URL'),
  MAIL_FROM: env.get('MAIL_FROM'),
  RESEND_API_KEY: env.get('RESEND_API_KEY')?.release(),
  RESEND_BASE_URL: env.get('RESEND_BASE_URL'),
  RESEND_WEBHOOK_SECRET: env.get('RESEND_WEBHOOK_SECRET')?.release(),
})
