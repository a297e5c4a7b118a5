import { createHash } from 'node:crypto'
import { demoPeople } from '#database/demo/people'

type Account = { name: string; email: string }

/** The accounts of this process, so that an erasure running in it can delete one. */
const living = new Set<Accounts>()

/** The people who can sign in here. An address has the same subject after every restart. */
export class Accounts {
  #accounts = new Map<string, Account>()

  constructor() {
    living.add(this)
    for (const { name, email } of demoPeople) this.add(name, email)
  }

  /** Adds a person and returns their subject. */
  add(name: string, email: string) {
    const subject = subjectOf(email)
    this.#accounts.set(subject, { name, email })
    return subject
  }

  /** Returns whether there was such an account. */
  remove(subject: string) {
    return this.#accounts.delete(subject)
  }

  /** The account in the form that oidc-provider expects. */
  find(subject: string) {
    const account = this.#accounts.get(subject)
    if (!account) return undefined
    return {
      accountId: subject,
      claims: () => ({ sub: subject, ...account, email_verified: true }),
    }
  }

  /**
   * The subject of a demo person's address, for a sign-in that names it. Someone who was deleted signs up again with
   * it.
   */
  demo(email: unknown) {
    const known = demoPeople.find((person) => person.email === email)
    return known && this.add(known.name, known.email)
  }
}

/** Deletes an account wherever this process offers it. */
export function forgetLocalAccount(subject: string) {
  return [...living].map((accounts) => accounts.remove(subject)).includes(true)
}

function subjectOf(email: string) {
  const digest = createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
  return `local|${digest.slice(0, 24)}`
}
