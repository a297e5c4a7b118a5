const KEPT_PROBLEMS = 1000

type Problem = { code: ProblemCode; detail: string }

export type ProblemCode = keyof typeof problemCodes

/** What each finding means to a reader who has never seen the schema. */
export const problemCodes = {
  anchor_mismatch: 'a seal seen earlier is gone or has changed',
  bundle_incomplete: 'the bundle ends before its last line',
  event_hash: 'an event does not have the hash of its header',
  event_missing: 'values remain of an event that is gone',
  event_outside_seal: 'an event lies beneath the chain, in no seal',
  event_postdates_seal: 'an event claims a time after the seal that covers it',
  header_mismatch: 'an event shows something else than its header says',
  order: 'rows are not in the order of the chain',
  removal_unsealed: 'events were removed, and no seal covers the tombstone that tells of it',
  removal_undone: 'a tombstone tells of removed events that left no hash',
  redaction_unsealed: 'a value was blanked, and no seal covers the redaction event',
  redaction_undone: 'a value is back that a redaction event says was erased',
  seal_backdated: 'a seal claims a time before the one that it continues',
  seal_count: 'a seal covers another number of events than it says',
  seal_hash: 'a seal does not have the hash of its statement',
  seal_link: 'a seal does not continue the one before it',
  seal_root: 'the events beneath a seal are not the ones that were sealed',
  sealing_lag: 'events wait for their seal for too long',
  signature_bad: 'a signature was not made over this seal',
  signature_missing: 'a seal is not signed',
  signature_unknown_key: 'a seal is signed only with keys that are not trusted',
  unlawful_removal: 'events were removed without a tombstone that tells of exactly these',
  unlawful_redaction: 'a value was blanked without a redaction event',
  value_mismatch: 'a value, its salt or its subject is not the one promised',
  value_missing: 'a promised value is gone',
  value_unpromised: 'a value was added that the event never promised',
} as const

/** What verifying one organisation's chain found. */
export class Report {
  readonly organisation: string
  events = 0
  leaves = 0
  seals = 0
  values = 0
  redacted = 0
  /** Events that went with their project. */
  removed = 0
  unsealed = 0
  lagSeconds = 0
  lastSeal: { number: string; hash: string; sealedAt: string } | null = null
  problemCount = 0
  problems: Problem[] = []

  constructor(organisation: string) {
    this.organisation = organisation
  }

  get clean() {
    return this.problemCount === 0
  }

  /** Counts a problem; keeps only the first thousand, so that a ruined chain cannot fill the memory. */
  add(code: ProblemCode, detail: string) {
    this.problemCount += 1
    if (this.problems.length < KEPT_PROBLEMS) this.problems.push({ code, detail })
  }
}
