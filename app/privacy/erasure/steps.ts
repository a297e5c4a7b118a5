import { accountStep } from '#privacy/erasure/steps/account'
import { answerStep } from '#privacy/erasure/steps/answer'
import { auditStep } from '#privacy/erasure/steps/audit'
import { farewellStep } from '#privacy/erasure/steps/farewell'
import { flagStep } from '#privacy/erasure/steps/flag'
import { identityStep } from '#privacy/erasure/steps/identity'
import { proofStep } from '#privacy/erasure/steps/proof'
import { recordsStep } from '#privacy/erasure/steps/records'
import { reviewStep } from '#privacy/erasure/steps/review'
import { sessionsStep } from '#privacy/erasure/steps/sessions'
import { textsStep } from '#privacy/erasure/steps/texts'
import type { Counts, Work } from '#privacy/erasure/work'

/** One part of an erasure. Safe to repeat: whatever interrupted it, it is simply done again. */
export type Step = {
  name: string
  /** What it does, in words. */
  title: string
  run(work: Work): Promise<Counts>
  /** What it would do, if that can be counted. */
  preview?(work: Work): Promise<Counts>
}

/** In this order: sign-in is blocked before anything is removed, and the proof comes after all of it. */
export const erasureSteps: Step[] = [
  flagStep,
  sessionsStep,
  identityStep,
  accountStep,
  recordsStep,
  auditStep,
  textsStep,
  reviewStep,
  proofStep,
  answerStep,
  farewellStep,
]
