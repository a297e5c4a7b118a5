import { problemCodes, type ProblemCode } from '#audit/report'
import { COUNTED } from '#audit/seal_state'
import { verificationStatuses } from '#models/audit_verification'
import { encodeCursor } from '#models/keyset'
import { listTrails, platformTrail, type SealedTrail } from '#models/office/trails'
import { textOf } from '#models/raid/list_filters'
import { number } from '#pages/audit/seal_line'
import { lately } from '#registries/formats'

const HOME = '/admin/seals'
const LATE_MINUTES = 10

/** The state of `pages/backoffice/seals`. */
export async function sealsState(query: Record<string, unknown>) {
  const after = textOf(query, 'after')
  const { rows, next } = await listTrails(after)
  const trails = (after ? rows : [await platformTrail(), ...rows]).map(trailState)
  return {
    trails,
    isUnderWay: trails.some(({ isUnderWay }) => isUnderWay),
    newest: after ? HOME : null,
    next: next && `${HOME}?after=${encodeCursor(next)}`,
  }
}

/** How one trail does, as its row shows it. */
export function trailState(trail: SealedTrail) {
  const { verification } = trail
  const isUnderWay = verification !== null && ['queued', 'running'].includes(verification.status)
  return {
    id: trail.id,
    name: trail.name,
    isUnderWay,
    seal: trail.seal ? `No. ${number(trail.seal)}, ${counted(trail.sealed!)}` : 'None yet',
    sealedWhen: trail.sealed_at && lately(trail.sealed_at),
    lag: lagOf(trail),
    verified: verifiedAs(verification),
    sum: verification && sumOf(verification),
    problems: Object.entries(verification?.problems ?? {}).map(
      ([code, count]) => `${count} × ${problemCodes[code as ProblemCode] ?? code}`
    ),
  }
}

/** Whether the seals keep up, in words and not by colour alone. */
function lagOf({ waiting, waiting_since: since }: SealedTrail) {
  if (waiting === 0 || !since) return { label: 'Up to date', icon: 'done', tone: 'good' }
  const count = waiting > COUNTED ? `Over ${number(COUNTED)} events` : counted(waiting)
  const minutes = Math.floor((Date.now() - since.getTime()) / 60_000)
  if (minutes < LATE_MINUTES) return { label: count, icon: 'clock', tone: 'info' }
  return { label: `${count} for ${minutes} minutes`, icon: 'alert', tone: 'bad' }
}

const LOOKS = {
  queued: { icon: 'clock', tone: 'info' },
  running: { icon: 'clock', tone: 'info' },
  clean: { icon: 'done', tone: 'good' },
  broken: { icon: 'alert', tone: 'bad' },
  failed: { icon: 'warn', tone: 'warn' },
} as const

function verifiedAs(verification: SealedTrail['verification']) {
  if (!verification) return { label: 'Never verified', icon: 'draft' }
  return { label: verificationStatuses[verification.status], ...LOOKS[verification.status] }
}

function sumOf({ status, events, seals, finishedAt }: NonNullable<SealedTrail['verification']>) {
  if (status === 'queued') return 'Waits for the worker'
  if (status === 'running') return `${counted(events)} so far`
  return `${counted(events)}, ${number(seals)} seals, ${lately(finishedAt)}`
}

function counted(events: string | number) {
  return Number(events) === 1 ? '1 event' : `${number(events)} events`
}
