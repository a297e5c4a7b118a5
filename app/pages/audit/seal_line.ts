import { COUNTED, type SealState } from '#audit/seal_state'
import { number } from '#models/text/numbers'
import { lately } from '#registries/formats'

/** How far the trail is sealed, in one sentence. */
export function sealLine({ upTo, sealedAt, waiting }: SealState) {
  if (!sealedAt) return waiting ? `Not sealed yet: ${events(waiting)} for the first seal` : null
  const sealed = upTo ? `Sealed up to No. ${number(upTo)}` : 'Sealed'
  const when = `${sealed}, ${lately(sealedAt)}`
  return waiting ? `${when}; ${events(waiting, 'newer ')} for the next seal` : when
}

function events(count: number, newer = '') {
  if (count > COUNTED) return `more than ${number(COUNTED)} ${newer}events wait`
  return count === 1 ? `1 ${newer}event waits` : `${number(count)} ${newer}events wait`
}
