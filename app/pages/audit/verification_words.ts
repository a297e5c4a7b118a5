import { problemCodes, type ProblemCode } from '#audit/report'
import { verificationStatuses, type VerificationStatus } from '#models/audit_verification'
import { number } from '#models/text/numbers'
import { lately } from '#registries/formats'

/** The findings of a verification, as its row or its model gives them. */
type Verified = {
  status: VerificationStatus
  events: number
  seals: number
  problems: Record<string, number>
  finishedAt: Parameters<typeof lately>[0] | null
}

const LOOKS = {
  queued: { icon: 'clock', tone: 'info' },
  running: { icon: 'clock', tone: 'info' },
  clean: { icon: 'done', tone: 'good' },
  broken: { icon: 'alert', tone: 'bad' },
  failed: { icon: 'warn', tone: 'warn' },
} as const

/** A trail's last verification in words, with how much it read and what it found. */
export function verificationWords(verification: Verified | null) {
  const isUnderWay = verification !== null && ['queued', 'running'].includes(verification.status)
  return {
    isUnderWay,
    verified: badgeOf(verification),
    sum: verification && sumOf(verification),
    problems: Object.entries(verification?.problems ?? {}).map(
      ([code, count]) => `${count} × ${problemCodes[code as ProblemCode] ?? code}`
    ),
  }
}

function badgeOf(verification: Verified | null) {
  if (!verification) return { label: 'Never verified', icon: 'draft' }
  return { label: verificationStatuses[verification.status], ...LOOKS[verification.status] }
}

function sumOf({ status, events, seals, finishedAt }: Verified) {
  if (status === 'queued') return 'Waiting to start'
  if (status === 'running') return `${counted(events)} so far`
  return `${counted(events)}, ${seals === 1 ? '1 seal' : `${number(seals)} seals`}, ${lately(finishedAt)}`
}

/** A number of events in words. */
export function counted(events: string | number) {
  return Number(events) === 1 ? '1 event' : `${number(events)} events`
}
