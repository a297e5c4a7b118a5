import { DateTime } from 'luxon'
import { Findings } from '#privacy/finding'
import { agreementProblem, isUsed, processorHere, readAgreement } from '#registries/agreements'
import { processors } from '#registries/processors'

const WARNING_DAYS = 60

type Settings = Record<string, string | undefined>

/** Whether each processor's settings exist, and each one in use has an agreement in force. */
export function checkSettings(known: string[], settings: Settings) {
  const today = DateTime.utc().toISODate()
  const found = new Findings('settings', 'start/env.ts')
  for (const processor of processors) {
    const { name, agreement } = processorHere(processor, settings)
    found.add(!known.includes(agreement), `${name}: there is no setting ${agreement}`)
    const problem = agreementProblem(settings[agreement], today)
    found.add(
      isUsed(processor, settings) && problem !== null,
      `${name} is in use and its agreement ${agreement} ${problem}`,
      'the environment, see .env.example'
    )
  }
  return found.list
}

/** What is not wrong yet: processors that nothing uses, agreements that end soon. */
export function settingNotes(known: string[], settings: Settings, today = DateTime.utc()) {
  return processors.flatMap((processor) => {
    const { name, setting, agreement } = processorHere(processor, settings)
    if (setting && !known.includes(setting)) return [`${name}: no code uses it yet (${setting})`]
    if (setting && !settings[setting]) return [`${name}: not in use, ${setting} is not set`]
    const endsOn = readAgreement(settings[agreement])?.endsOn
    const isSoon = endsOn && endsOn <= today.plus({ days: WARNING_DAYS }).toISODate()
    return isSoon ? [`${name}: its agreement ends on ${endsOn}`] : []
  })
}
