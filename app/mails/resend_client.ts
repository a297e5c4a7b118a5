import { Resend } from 'resend'

/** A mail as it is sent. Nothing else about its reader leaves. */
export type OutgoingMail = {
  /** Sent as the Idempotency-Key: the provider accepts one mail per key within a day. */
  id: string
  to: string
  subject: string
  text: string
  html: string
  unsubscribeUrl: string | null
}

/** `refused`: retrying changes nothing. `unclear`: it may, and the mail may even have been sent. */
export type SendOutcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'refused'; failure: string }
  | { kind: 'unclear'; failure: string; retryAfter: number | null }

type ClientSettings = { apiKey: string; baseUrl: string; from: string; timeout?: number }

const TIMEOUT = 10_000

/** Same key, still being processed there: its outcome will be known when we ask again. */
const UNDER_WAY = 'concurrent_idempotent_requests'

/** The only client of Resend. It can send a single mail and do nothing else: no broadcasts, no contacts. */
export class ResendClient {
  readonly #resend: Resend

  constructor(private settings: ClientSettings) {
    this.#resend = new Resend(settings.apiKey, { baseUrl: settings.baseUrl })
  }

  async send(mail: OutgoingMail): Promise<SendOutcome> {
    const { data, error, headers } = await this.#resend.emails.send(
      {
        from: this.settings.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        ...(mail.unsubscribeUrl && { headers: unsubscribing(mail.unsubscribeUrl) }),
      },
      this.#options(mail.id)
    )
    if (typeof data?.id === 'string' && data.id) return { kind: 'accepted', providerId: data.id }
    const status = error?.statusCode ?? null
    const failure = status ? `http_${status}` : 'no_answer'
    if (status && isFinal(status, error?.name)) return { kind: 'refused', failure }
    return { kind: 'unclear', failure, retryAfter: secondsIn(headers?.['retry-after']) }
  }

  /** Passed on to fetch: a redirect could lead anywhere, so none is followed. */
  #options(idempotencyKey: string) {
    const signal = AbortSignal.timeout(this.settings.timeout ?? TIMEOUT)
    return { idempotencyKey, signal, redirect: 'error' }
  }
}

function isFinal(status: number, name: string | undefined) {
  return status >= 400 && status < 500 && status !== 429 && name !== UNDER_WAY
}

function secondsIn(header: string | undefined) {
  return header && /^\d{1,5}$/.test(header) ? Number(header) : null
}

/** RFC 8058: the reader's mail program can do it with one click. */
function unsubscribing(url: string) {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}
