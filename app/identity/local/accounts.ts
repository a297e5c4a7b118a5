import { createHash } from 'node:crypto'
import { demoPeople } from '#database/demo/people'

type Account = { name: string; email: string }

/** The people who can sign in here. An address has the same subject after every restart. */
export class Accounts {
  #accounts = new Map<string, Account>()

  constructor() {
    for (const { name, email } of demoPeople) this.add(name, email)
  }

  /** Adds a person and answers their subject. */
  add(name: string, email: string) {
    const subject = subjectOf(email)
    this.#accounts.set(subject, { name, email })
    return subject
  }

  /** The account in the form that oidc-provider asks for. */
  find(subject: string) {
    const account = this.#accounts.get(subject)
    if (!account) return undefined
    return {
      accountId: subject,
      claims: () => ({ sub: subject, ...account, email_verified: true }),
    }
  }

  /** The subject of a demo person's address, for a sign-in that names it. */
  demo(email: unknown) {
    const known = demoPeople.find((person) => person.email === email)
    return known && subjectOf(known.email)
  }
}

function subjectOf(email: string) {
  const digest = createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
  return `local|${digest.slice(0, 24)}`
}
