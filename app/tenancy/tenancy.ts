import { AsyncLocalStorage } from 'node:async_hooks'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import {
  enter,
  refuseSuspended,
  UNCHOSEN,
  type ActorKind,
  type Entered,
  type Entry,
  type Settings,
  type Tenant,
} from '#tenancy/entry'
import { read } from '#tenancy/sql'
import { transaction } from '#tenancy/transaction'
import { hearing, type Unawaited } from '#tenancy/unawaited'

type Active = {
  organisationId: string
  userId: string | null
  membershipId: string | null
  externalId: string | null
  tokenId: string | null
  actorKind: ActorKind
  requestId: string | null
  /** The database refuses every write. */
  isReadOnly: boolean
  settings: Settings
  /** The reader's time zone: the person's own, else the organisation's. */
  timeZone: string
  trx: TransactionClientContract
  /** What was written there without waiting for an answer. */
  unawaited: Unawaited
  failure: unknown
}

/** Sends a query together with the person's entry, before it is known whether they may. */
export type Ahead = (trx: TransactionClientContract) => Promise<unknown> | undefined

/** The chain that audits what happens outside any organisation: sign-ins, platform actions. */
export const PLATFORM = '00000000-0000-0000-0000-000000000000'

const storage = new AsyncLocalStorage<Active>()

/** The work failed and its answer is already written; thrown only so that the transaction rolls back. */
export class RolledBack extends Error {}

/** The only access to tenant data: a transaction bound to one organisation. */
export default class Tenancy {
  /** The organisation and transaction of the work under way. Throws outside `Tenancy.run`. */
  static current(): Active {
    const active = storage.getStore()
    if (!active) throw new Error('No organisation is active: wrap this work in Tenancy.run()')
    return active
  }

  /** The client, if it is the transaction under way or a savepoint in it. Throws for any other. */
  static own<T extends QueryClientContract>(client: T): T {
    const { trx } = this.current()
    let within: any = client.isTransaction && (client as any).knexClient
    while (within && within !== trx.knexClient) within = within.parentTransaction
    if (!within) throw new Error('This transaction is not the one of the organisation at work')
    return client
  }

  /**
   * Runs `work` in one transaction of one organisation; commits when it returns, rolls back when it throws or `fail`
   * was called. `entry` is null when the user is not an active member. Throws OrganisationSuspended, to members and to
   * people without an account.
   */
  static async run<T>(
    tenant: Tenant,
    work: (entry: Entry | null) => Promise<T>,
    ahead?: Ahead
  ): Promise<T> {
    return hearing((unawaited) =>
      transaction(db, (trx) => this.#within(trx, tenant, { work, unawaited, ahead }))
    )
  }

  /**
   * The same for work that only reads, on a replica. The primary decides who may enter, so that someone just removed
   * cannot. Returns false, having run nothing, when the replica cannot be used or does not know the member yet, or the
   * user is not an active member.
   */
  static async glance(
    tenant: Tenant,
    replica: QueryClientContract,
    work: (entry: Entry) => Promise<unknown>
  ): Promise<boolean> {
    const entered = await enter(db.connection(), tenant)
    if (!entered.entry) return false
    refuseSuspended(tenant, entered)
    return hearing(async (unawaited) => {
      const trx = await replica.transaction()
      try {
        const there = await enter(trx, tenant)
        if (!there.entry) return false
        const active = activate(trx, tenant, entered, unawaited)
        await storage.run(active, () => work(entered.entry!))
        if (active.failure) throw new RolledBack()
        return true
      } finally {
        // Nothing was written; a connection that broke meanwhile has nothing to roll back.
        await trx.rollback().catch(() => {})
      }
    })
  }

  /** The same with everything read as of one moment, whatever others commit meanwhile. */
  static async snapshot<T>(tenant: Tenant, work: (entry: Entry | null) => Promise<T>) {
    const options = { isolationLevel: 'repeatable read' } as const
    return hearing((unawaited) =>
      transaction<T>(db, (trx) => this.#within(trx, tenant, { work, unawaited }), options)
    )
  }

  static async #within<T>(
    trx: TransactionClientContract,
    tenant: Tenant,
    { work, unawaited, ahead }: Work<T>
  ) {
    const entering = enter(trx, tenant)
    // The code that needs it awaits it and learns of its failure.
    ahead?.(trx)?.catch(() => {})
    const claiming = tenant.claim?.(trx, tenant.organisationId)
    claiming?.catch(() => {})
    const entered = await entering
    refuseSuspended(tenant, entered)
    await claiming
    const active = activate(trx, tenant, entered, unawaited)
    const result = await storage.run(active, () => work(entered.entry))
    if (active.failure) throw new RolledBack()
    return result
  }

  /**
   * Runs `work` for platform staff with an open access. The database refuses every write, and every query once the
   * access is over. Returns null, having run nothing, when none is open.
   */
  static async lookIn<T>(tenant: Tenant, work: (entry: Entry) => Promise<T>): Promise<T | null> {
    return hearing((unawaited) =>
      transaction(db, async (trx) => {
        const { organisationId, userId, requestId } = tenant
        const [{ entry }] = await read(trx, 'select directory.look_in(?, ?, ?) as entry', [
          organisationId,
          userId,
          requestId,
        ])
        if (!entry) return null
        const [{ settings }] = await read(trx, 'select app_settings() as settings')
        const staff = { ...tenant, actorKind: 'staff' as const }
        const active = activate(trx, staff, { entry, settings }, unawaited)
        active.isReadOnly = true
        const result = await storage.run(active, () => work(entry))
        if (active.failure) throw new RolledBack()
        return result
      })
    )
  }

  /**
   * Looks into an organisation and rolls back whatever was done there. Inside other work it stays on that work's
   * connection: waiting for a second one could deadlock requests.
   */
  static async peek<T>(tenant: Tenant, work: (entry: Entry | null) => Promise<T>): Promise<T> {
    return hearing(async (unawaited) => {
      const savepoint = await (storage.getStore()?.trx ?? db).transaction()
      try {
        const entered = await enter(savepoint, tenant)
        const active = activate(savepoint, tenant, entered, unawaited)
        return await storage.run(active, () => work(entered.entry))
      } finally {
        await savepoint.rollback()
      }
    })
  }

  /**
   * Continues in another organisation within the transaction under way, and comes back: what concerns a person in
   * several organisations is done in all of them or in none.
   */
  static async visit<T>(organisationId: string, work: (entry: Entry | null) => Promise<T>) {
    const home = this.current()
    const { trx, userId, requestId, actorKind } = home
    const kind = actorKind === 'staff' ? actorKind : undefined
    const tenant = { organisationId, userId, requestId, actorKind: kind }
    try {
      const entered = await enter(trx, tenant)
      const there = activate(trx, tenant, entered, home.unawaited)
      const result = await storage.run(there, () => work(entered.entry))
      home.failure ??= there.failure
      await enter(trx, home)
      return result
    } catch (error) {
      home.failure ??= error
      throw error
    }
  }

  /** Runs `work` as the system in one organisation: jobs, commands, seeds. */
  static system<T>(organisationId: string, work: () => Promise<T>): Promise<T> {
    const nobody = { userId: null, requestId: null, actorKind: 'system' as const }
    return this.run({ organisationId, ...nobody, evenSuspended: true }, work)
  }

  /** From here on the person acts as this member: people who join or found do so in their own name. */
  static becomeMember(membershipId: string) {
    Object.assign(this.current(), { membershipId, actorKind: 'member' })
  }

  /** From here on, what is done counts as done by this person with the assistant’s help. */
  static withAssistant() {
    Object.assign(this.current(), { actorKind: 'ai' })
  }

  /** For reading what belongs to no organisation: a request waiting for a second connection could wait for itself. */
  static get client() {
    return storage.getStore()?.trx ?? db.connection()
  }

  /** The settings of the organisation at work; outside any, the defaults. */
  static get settings() {
    return storage.getStore()?.settings ?? UNCHOSEN
  }

  /** True while the platform has suspended the organisation at work. */
  static get isSuspended() {
    return this.settings.suspendedAt !== null
  }

  /** The reader's time zone; UTC outside any organisation. */
  static get timeZone() {
    return storage.getStore()?.timeZone ?? UNCHOSEN.timeZone
  }

  /** The time zone by which the organisation at work counts days; UTC outside any organisation. */
  static get organisationsZone() {
    return storage.getStore()?.settings.timeZone ?? UNCHOSEN.timeZone
  }

  /** Marks the transaction under way for rollback; harmless outside one. */
  static fail(error: unknown) {
    const active = storage.getStore()
    if (active) active.failure = error
  }
}

type Work<T> = {
  work: (entry: Entry | null) => Promise<T>
  unawaited: Unawaited
  ahead?: Ahead
}

function activate(
  trx: TransactionClientContract,
  tenant: Tenant,
  { entry, settings }: Entered,
  unawaited: Unawaited
): Active {
  return {
    organisationId: tenant.organisationId,
    userId: tenant.userId,
    membershipId: entry?.membership.id ?? null,
    externalId: tenant.externalId ?? null,
    tokenId: tenant.tokenId ?? null,
    actorKind: tenant.actorKind ?? (entry ? 'member' : 'system'),
    requestId: tenant.requestId,
    isReadOnly: false,
    settings,
    timeZone: entry?.timeZone ?? tenant.timeZone ?? settings.timeZone,
    trx,
    unawaited,
    failure: null,
  }
}
