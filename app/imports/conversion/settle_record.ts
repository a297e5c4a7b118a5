import { statusAt } from '#imports/conversion/read_plan'
import { stateOf } from '#imports/conversion/read_status'
import type { RecordDraft } from '#imports/conversion/record_draft'
import { joined } from '#imports/conversion/record_text'
import { nameRecord } from '#imports/conversion/titles'
import { STATES } from '#imports/vocabulary/statuses'

const OPPORTUNITY_ONLY = new Set(['exploit', 'enhance', 'reject'])
const THREAT_ONLY = new Set(['avoid', 'reduce', 'accept'])

/** Fields that say what a record without a title is about, the most telling first. */
const TELLING = [
  'event',
  'cause',
  'effect',
  'responsePlan',
  'resolution',
  'validationMethod',
  'rationale',
  'options',
  'counterpartName',
]

/** Once the cells of a row are read, decides what only all of them together show. */
export function settleRecord(draft: RecordDraft) {
  if (draft.type === 'risk') settleNature(draft)
  draft.attributes.status ??= statusOf(draft)
  name(draft)
}

function settleNature(draft: RecordDraft) {
  const { attributes, notes } = draft
  const response = attributes.response as string | undefined
  if (response && OPPORTUNITY_ONLY.has(response) && attributes.nature === undefined) {
    attributes.nature = response === 'reject' ? 'threat' : 'opportunity'
    if (response !== 'reject') {
      notes.push(`read as an opportunity because its response is ${response}`)
    }
  }
  attributes.nature ??= 'threat'
  const unfit = attributes.nature === 'threat' ? OPPORTUNITY_ONLY : THREAT_ONLY
  if (!response || !unfit.has(response)) return
  notes.push(
    `the response ${response} does not fit a ${attributes.nature}; kept in the description`
  )
  draft.keep('Response', response)
  delete attributes.response
}

/** The status implied by dates and progress, when no cell gives one. */
function statusOf({ type, attributes, progress }: RecordDraft): string {
  const isClosed = attributes.closedOn !== undefined
  const progressed = progress === null ? null : statusAt(progress)
  if (progressed && !isClosed) return progressed
  if (type === 'decision' && attributes.decidedOn !== undefined) return 'decided'
  return isClosed ? stateOf('closed', type) : STATES[type].initial
}

function name(draft: RecordDraft) {
  const { attributes, kept, notes } = draft
  const texts = TELLING.map((field) => String(attributes[field] ?? ''))
  const others = kept.map((line) => line.slice(line.indexOf(': ') + 2))
  const named = nameRecord(draft.title, joined(draft.descriptions), [...texts, ...others])
  attributes.title = named.title
  const whole = joined([named.description, ...kept])
  if (whole !== '') attributes.description = whole
  if (named.note) notes.push(named.note)
}
