import { DateTime } from 'luxon'
import { processors, type Processor } from '#registries/processors'

type Settings = Record<string, string | undefined>

/** A data processing agreement: when it was signed and, unless it is open-ended, the last day of its term. */
type Agreement = { signedOn: string; endsOn: string | null }

const DATES = /^(\d{4}-\d\d-\d\d)(?:\/(\d{4}-\d\d-\d\d))?$/

/** Reads `2026-01-15` or `2026-01-15/2028-01-14`; null for anything else. */
export function readAgreement(text: string | undefined): Agreement | null {
  const [, signedOn, endsOn = null] = text?.match(DATES) ?? []
  if (!signedOn || !isDay(signedOn) || (endsOn && !isDay(endsOn))) return null
  return { signedOn, endsOn }
}

/** Why this setting does not prove an agreement in force today; null when it does. */
export function agreementProblem(text: string | undefined, today = DateTime.utc().toISODate()) {
  if (!text) return 'is missing'
  const agreement = readAgreement(text)
  if (!agreement) return 'is a date, or two with a slash between them: 2026-01-15/2028-01-14'
  if (agreement.signedOn > today) return `was signed in the future (${agreement.signedOn})`
  if (agreement.endsOn && agreement.endsOn < today) return `expired on ${agreement.endsOn}`
  return null
}

/** The processor whose agreement this setting dates. Throws when there is none. */
export function processorOfAgreement(setting: string): Processor {
  const found = processors.find(({ agreement }) => agreement === setting)
  if (!found) throw new Error(`No processor of app/registries/processors.ts names ${setting}`)
  return found
}

/** Whether the product is set up to use the processor; the controller's own machines are nobody else's. */
export function isUsed({ setting, replacedBy }: Processor, settings: Settings) {
  const other = replacedBy && settings[replacedBy]
  if (other && other === settings.CONTROLLER_NAME) return false
  return setting === null || Boolean(settings[setting])
}

/** The processor as it is on this installation, where another company may stand in its place. */
export function processorHere(processor: Processor, settings: Settings = process.env): Processor {
  const other = processor.replacedBy && settings[processor.replacedBy]
  return other ? { ...processor, name: other, company: other, hosts: [] } : processor
}

/** The processors that the product is set up to use, and that may have received its data. */
export function recipientNames() {
  return processors.filter((one) => isUsed(one, process.env)).map((one) => processorHere(one).name)
}

function isDay(text: string) {
  return DateTime.fromISO(text).isValid
}
