import type { RecordRow } from '#imports/index'
import { beginning } from '#models/text/beginning'
import { fieldLabel } from '#models/raid/fields'
import { responses, statusLabel, type RaidType, type Response } from '#models/raid/enumerations'
import { score, scoring } from '#models/raid/scoring'
import { isSettled } from '#models/raid/transitions'

type Values = RecordRow['attributes']

/** A record that the log can hold; `kept` are lines that go into the description instead of a field. */
type Settled = { values: Values; kept: string[]; notes: string[] }

const PAIRS = ['inherent', 'current', 'target'] as const
const LONGEST_TEXT = 19_000
const LONGEST_REASON = 500

/** Fits a record to the rules of the log. What a field cannot take stays readable, and is reported. */
export function settle(type: RaidType, attributes: Values): Settled {
  const settled = { values: withoutNulls(attributes), kept: [], notes: [] }
  if (type === 'risk') {
    for (const pair of PAIRS) keepHalfScore(settled, pair)
    keepUnacceptedResponse(settled)
  }
  keepClosingDate(type, settled)
  shortenTexts(type, settled)
  return settled
}

/** PostgreSQL stores neither null characters nor lone surrogates. */
export function withoutNulls(attributes: Values): Values {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
    ])
  )
}

/** A likelihood without an impact is no score, and the item's form would refuse it. */
function keepHalfScore(settled: Settled, pair: (typeof PAIRS)[number]) {
  const { values } = settled
  const sides = [`${pair}Likelihood`, `${pair}Impact`]
  const [given, missing] = values[sides[0]] ? sides : [sides[1], sides[0]]
  if (!values[given] || values[missing]) return
  const label = fieldLabel('risk', given)
  settled.kept.push(`${label}: ${values[given]} of 5`)
  settled.notes.push(
    `${label} kept in the description: a score needs ${fieldLabel('risk', missing).toLowerCase()} too`
  )
  delete values[given]
}

/** Accepting a risk above appetite is the sponsor's decision, which a file cannot make. */
function keepUnacceptedResponse(settled: Settled) {
  const { values } = settled
  const rating = score(values.currentLikelihood as number, values.currentImpact as number) ?? 0
  const { appetite } = scoring()
  if (values.response !== 'accept' || rating <= appetite) return
  settled.kept.push(`Response in the file: ${responses[values.response as Response]}`)
  settled.notes.push(
    `Added without its response “accept”: only the sponsor can accept a risk scored above ${appetite}, on its page`
  )
  delete values.response
}

/** Only a settled entry has a closing date. */
function keepClosingDate(type: RaidType, settled: Settled) {
  const { values } = settled
  const status = String(values.status)
  if (!values.closedOn || isSettled(type, status)) return
  settled.kept.push(`Closed on: ${values.closedOn}`)
  settled.notes.push(
    `Closing date kept in the description, because the status is ${statusLabel(type, status).toLowerCase()}`
  )
  delete values.closedOn
}

function shortenTexts(type: RaidType, { values, notes }: Settled) {
  for (const [name, value] of Object.entries(values)) {
    const most = name === 'priorityReason' ? LONGEST_REASON : LONGEST_TEXT
    if (typeof value !== 'string' || value.length <= most) continue
    values[name] = beginning(value, most)
    notes.push(`${fieldLabel(type, name)} is longer than ${most} characters and was cut`)
  }
}
