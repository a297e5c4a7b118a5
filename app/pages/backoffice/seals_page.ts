import { COUNTED } from '#audit/seal_state'
import { encodeCursor } from '#models/lists/keyset'
import { listTrails, platformTrail, type SealedTrail } from '#models/office/trails'
import { textOf } from '#models/lists/query_string'
import { number } from '#models/text/numbers'
import { counted, verificationWords } from '#pages/audit/verification_words'
import { lately } from '#registries/formats'

const HOME = '/admin/seals'
const LATE_MINUTES = 10

/** The state of `pages/backoffice/seals`. */
export async function sealsState(query: Record<string, unknown>) {
  const after = textOf(query, 'after')
  const { rows, next, previous } = await listTrails(after)
  const trails = (previous ? rows : [await platformTrail(), ...rows]).map(trailState)
  return {
    trails,
    isUnderWay: trails.some(({ isUnderWay }) => isUnderWay),
    newest: previous ? HOME : null,
    next: next && `${HOME}?after=${encodeCursor(next)}`,
  }
}

/** The state of one trail, for its row. */
export function trailState(trail: SealedTrail) {
  return {
    id: trail.id,
    name: trail.name,
    seal: trail.seal ? `No. ${number(trail.seal)}, ${counted(trail.sealed!)}` : 'None yet',
    sealedWhen: trail.sealed_at && lately(trail.sealed_at),
    lag: lagOf(trail),
    ...verificationWords(trail.verification),
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
