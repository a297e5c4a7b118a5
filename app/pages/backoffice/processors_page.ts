import { agreementProblem, isUsed, processorHere, readAgreement } from '#registries/agreements'
import { day } from '#registries/formats'
import { processors, type Processor } from '#registries/processors'

type Settings = Record<string, string | undefined>

/** The state of `pages/backoffice/processors`. */
export function processorsState(settings: Settings) {
  return {
    processors: processors.map((one) => processorState(processorHere(one, settings), settings)),
  }
}

function processorState(processor: Processor, settings: Settings) {
  const used = isUsed(processor, settings)
  return {
    name: processor.name,
    purpose: processor.purpose,
    use: used
      ? { label: 'In use', icon: 'done', tone: 'good' }
      : { label: 'Not set up', icon: 'draft' },
    agreement: agreementBadge(settings[processor.agreement], used),
    pairs: [
      { label: 'What reaches it', value: processor.data.join(', ') },
      { label: 'Region', value: processor.region },
      {
        label: 'Safeguard',
        value: processor.transfer,
        none: 'Not needed: no data leaves the UK and the EEA',
      },
      ...datesOf(settings[processor.agreement]),
      { label: 'Set in', value: processor.agreement },
      { label: 'Company', value: processor.company },
      { label: 'Hosts', value: processor.hosts.join(', ') },
    ],
  }
}

function datesOf(text: string | undefined) {
  const agreement = readAgreement(text)
  return [
    { label: 'Agreement signed', value: day(agreement?.signedOn), none: 'No date is set' },
    {
      label: 'Ends',
      value: day(agreement?.endsOn),
      none: agreement ? 'No end date' : 'No date is set',
    },
  ]
}

/** The boot check's verdict: production does not start while one in use lacks its agreement. */
function agreementBadge(text: string | undefined, used: boolean) {
  const problem = agreementProblem(text)
  if (!problem) return { label: 'Agreement in force', icon: 'done', tone: 'good' }
  if (!used) return { label: 'No agreement needed', icon: 'draft' }
  return { label: `Its date ${problem}`, icon: 'warn', tone: 'warn' }
}
