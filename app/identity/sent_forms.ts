import { hash as digest } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { openValue, sealValue } from '#encryption/sealed_value'
import { ENTERED_MEMBER } from '#tenancy/entry'
import { everyTenancy } from '#tenancy/organisations'
import { change, read, write } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const COLUMN = 'sent_forms.path'
const HOURS = 24
const LOOKS = 10
const BETWEEN_LOOKS = 100

/** How many duplicates wait for the first at once, each holding a connection of the pool. */
const MOST_WAITING = 2
const waiting = new Map<string, number>()

/** What was sent has already taken effect, and is not done again. */
export class SavedAlready extends Error {
  readonly code = 'E_SAVED_ALREADY'

  constructor(
    /** Where it led; null when it had no address of its own. */
    readonly path: string | null,
    /** The form, while the first one is still being processed and its outcome is unknown. */
    readonly underWay: SentForm | null = null
  ) {
    super('This form took effect already')
  }
}

/**
 * A form as sent, which takes effect once: by whom, from which rendering, to which address and with which words. The
 * same rendering with other words is another form.
 */
export class SentForm {
  #id: string
  #organisationId: string | null = null

  constructor(
    content: string,
    private isOfMember: boolean
  ) {
    this.#id = digest('sha256', content).slice(0, 32)
  }

  /**
   * Claims it for the transaction being entered. Throws SavedAlready if another has claimed it before; if that one is
   * still being processed, waits for it, unless enough others are waiting already. Rolling back releases the claim.
   */
  claim = async (trx: TransactionClientContract, organisationId: string) => {
    if (this.#organisationId) return
    this.#organisationId = organisationId
    const place = `${organisationId} ${this.#id}`
    const before = waiting.get(place) ?? 0
    if (before >= MOST_WAITING) throw new SavedAlready(null, this)
    waiting.set(place, before + 1)
    const claimed = await write(trx, this.isOfMember ? CLAIM_OF_MEMBER : CLAIM, [this.#id]).finally(
      () => leave(place)
    )
    if (claimed.length > 0) return
    const [known] = await read(trx, FIND, [this.#id])
    if (known) throw new SavedAlready(openValue(known.path, COLUMN))
  }

  /**
   * Stores where it led, with the change under way, whose commit is awaited; if the form was refused, it can be sent
   * again.
   */
  settle({ status, path }: Led) {
    const { failure, trx, unawaited } = Tenancy.current()
    if (failure) return
    if (status >= 400) unawaited.add(write(trx, FREE, [this.#id]))
    else if (path) unawaited.add(write(trx, LEAD, [sealValue(path, COLUMN), this.#id]))
  }

  /** The same when the change was committed before its answer was known. */
  async settleAfterwards(led: Led) {
    if (this.#organisationId)
      await Tenancy.system(this.#organisationId, async () => this.settle(led))
  }

  /**
   * Where the first one led, if its answer is still under way; waits only a moment, since its process may have ended.
   * Null when it led nowhere.
   */
  async ledTo(): Promise<string | null> {
    for (let looks = 0; looks < LOOKS; looks++) {
      const [known] = await Tenancy.system(this.#organisationId!, () =>
        read(Tenancy.current().trx, FIND, [this.#id])
      )
      if (known?.path) return openValue(known.path, COLUMN)
      await pause(BETWEEN_LOOKS)
    }
    return null
  }
}

/** The answer: a path for a redirect, null for a page or part of one. */
export type Led = { status: number; path: string | null }

/** A stranger's transaction, in which nothing is done, claims nothing either. */
const CLAIM_OF_MEMBER = claiming(`where ${ENTERED_MEMBER} is not null`)
const CLAIM = claiming('')
const FIND = `select path from sent_forms where organisation_id = app_organisation() and id = ?`
const LEAD = `update sent_forms set path = ? where organisation_id = app_organisation() and id = ?`
const FREE = `delete from sent_forms where organisation_id = app_organisation() and id = ?`

function claiming(condition: string) {
  return `insert into sent_forms (organisation_id, id, user_id)
    select app_organisation(), ?::uuid, nullif(current_setting('app.user_id', true), '')::uuid ${condition}
    on conflict do nothing returning true as claimed`
}

function leave(place: string) {
  const others = waiting.get(place)! - 1
  if (others > 0) waiting.set(place, others)
  else waiting.delete(place)
}

/** Deletes those of the organisation at work that are a day old; returns how many. */
export function forgetSentForms() {
  const { trx, organisationId } = Tenancy.current()
  return change(
    trx,
    `delete from sent_forms
      where organisation_id = ? and created_at < now() - interval '${HOURS} hours'`,
    [organisationId]
  )
}

/** The same everywhere, including the platform's own tenancy. */
export async function sweepSentForms() {
  for (const organisationId of await everyTenancy()) {
    await Tenancy.system(organisationId, forgetSentForms)
  }
}
