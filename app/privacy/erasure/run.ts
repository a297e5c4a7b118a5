import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { enqueue } from '#jobs/enqueue'
import Erasure, { type Traces } from '#models/erasure'
import ErasureStep from '#models/erasure_step'
import PrivacyRequest from '#models/privacy_request'
import { collectTraces } from '#privacy/erasure/collecting'
import { erasable } from '#privacy/erasure/door'
import { erasureSteps, type Step } from '#privacy/erasure/steps'
import { PutOff, workOn, type Tick, type Work } from '#privacy/erasure/work'
import { everyOrganisation } from '#tenancy/organisations'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const LONGEST_PAUSE_SECONDS = 6 * 3600

/** The progress of an erasure. */
export type Outcome =
  | { status: 'finished' }
  | { status: 'waiting'; step: string; failure: string; retryAt: Date | null }

/**
 * Continues an erasure from where it was left, step by step, until it is finished or has to wait. A wait for a time is
 * queued for then; a wait for a reader ends when the reader decides.
 */
export async function runErasure(id: string, tick: Tick = () => {}): Promise<Outcome> {
  const erasure = await Tenancy.system(PLATFORM, () => Erasure.findById(id))
  if (!erasure.isOpen) return { status: 'finished' }
  const work = await workOn(erasure, await tracesOf(erasure))
  for (const step of erasureSteps) {
    const waiting = await take(step, work, tick)
    if (waiting) return waiting
  }
  return { status: 'finished' }
}

/** Collected once, and kept until the end: each step removes some of what they were collected from. */
async function tracesOf(erasure: Erasure): Promise<Traces> {
  const { traces: begun, userId } = erasure
  if (begun && !begun.isBeginning) return begun
  const contact = await Tenancy.system(PLATFORM, async () =>
    erasure.requestId ? (await PrivacyRequest.findById(erasure.requestId)).contact : null
  )
  const known = {
    account: userId ? await erasable(userId) : null,
    names: begun?.names ?? [],
    emails: [...(begun?.emails ?? []), ...(contact?.email ? [contact.email] : [])],
    externals: (begun?.externals ?? []).map(({ id }) => id),
  }
  const traces = await collectTraces(known, await everyOrganisation())
  await Tenancy.system(PLATFORM, () => erasure.merge({ traces }).auditSilently().save())
  return traces
}

/** Returns why and until when it has to wait; null once it is done. */
async function take(step: Step, work: Work, tick: Tick): Promise<Outcome | null> {
  const { id: erasureId } = work.erasure
  const row = await Tenancy.system(PLATFORM, () => ErasureStep.begin(erasureId, step.name))
  if (row.doneAt) return null
  await tick(step.name, 'begin')
  try {
    const counts = await step.run({ ...work, tick: (part) => tick(step.name, part) })
    await tick(step.name, 'end')
    await Tenancy.system(PLATFORM, () => row.finish(counts))
    return null
  } catch (error) {
    if (!(error instanceof PutOff)) throw error
    return putOff(row, error)
  }
}

async function putOff(row: ErasureStep, { failure, seconds }: PutOff): Promise<Outcome> {
  const retryAt = seconds === null ? null : DateTime.utc().plus({ seconds: pause(row, seconds) })
  await Tenancy.system(PLATFORM, () => row.putOff(failure, retryAt))
  if (retryAt) await enqueue(db, 'erase_person', { erasureId: row.erasureId }, retryAt.toJSDate())
  return { status: 'waiting', step: row.name, failure, retryAt: retryAt?.toJSDate() ?? null }
}

/** Twice as long from one attempt to the next. */
function pause({ attempts }: ErasureStep, seconds: number) {
  return Math.min(seconds * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
}
