import Erasure from '#models/erasure'
import PrivacyExport from '#models/privacy_export'
import type PrivacyRequest from '#models/privacy_request'
import { todayUtc } from '#models/days'
import PersonFlag, { flagActs, flags, type Flag } from '#models/person_flag'
import { beginsByItselfOn, latestExtension } from '#models/privacy_request/clock'
import * as enumerations from '#models/privacy_request/enumerations'
import { entryKinds } from '#models/privacy_request_entry'
import { outsideRecords, type Outside } from '#models/privacy_request/outside'
import { recipientOutcomes } from '#models/privacy_request_recipient'
import { untoldRecipients } from '#models/privacy_request/recipients'
import { requestRow } from '#pages/privacy/desk_queue_page'
import { recipientNames } from '#registries/agreements'
import { day, iso, moment } from '#registries/formats'
import { processors } from '#registries/processors'
import * as terms from '#registries/terms'

const ERASED = 'Erased'

/** One request with its clock, its log, and the steps that are open. */
export async function requestState(request: PrivacyRequest) {
  const entries = await request.entries
  const copy = await PrivacyExport.forRequest(request.id)
  const begun = await Erasure.forRequest(request.id)
  const isErased = begun !== null && !begun.isOpen
  return {
    request: {
      ...requestRow(request),
      lockVersion: request.lockVersion,
      details: request.details,
      answer: request.answer,
      pairs: pairsOf(request, { isErased }),
    },
    entries: entries.map((entry) => ({
      label: entryKinds[entry.kind] ?? entry.kind,
      text: entry.text,
      at: iso(entry.createdAt),
      when: moment(entry.createdAt),
    })),
    recipients: (await request.recipients).map(({ recipient, outcome, informedOn }) => ({
      label: recipient,
      value: `${recipientOutcomes[outcome]}, ${day(informedOn)}`,
    })),
    ...(await toTell(request)),
    flags: isErased ? [] : await flagsState(request),
    erasureId: begun?.id ?? null,
    beginsOn: day(beginsByItselfOn(request.answerBy)),
    outside: request.mayBeErased && !begun ? await outsideState(request) : null,
    copy: copy && { status: terms.privacyExportStatuses[copy.standing] },
    can: stepsOf(request, { isErasing: begun !== null, isCopying: Boolean(copy?.isUnderWay) }),
    options: {
      identity: terms.options(enumerations.identityMethods),
      grounds: terms.options(enumerations.refusalGrounds),
      reasons: terms.options(enumerations.extensionReasons),
      outcomes: terms.options(recipientOutcomes),
    },
    latest: latestExtension(request.receivedOn),
  }
}

/** Which steps are open, by what is under way already. */
function stepsOf(
  request: PrivacyRequest,
  { isErasing, isCopying }: { isErasing: boolean; isCopying: boolean }
) {
  const may = (status: enumerations.RequestStatus) => enumerations.maySet(request.status, status)
  return {
    export: request.exportKind !== null && request.userId !== null && !isCopying,
    gather: isOfNobody(request),
    erase: request.mayBeErased && !isErasing,
    identify: !request.identityMethod && may('working'),
    askBack: may('clarification'),
    resume: request.status === 'clarification',
    acknowledge: request.isOpen && !request.acknowledgedAt,
    extend: request.isOpen && !request.extendedTo && todayUtc() <= request.dueOn,
    refuse: may('refused') && !isErasing,
    fulfil: may('fulfilled') && request.identityVerifiedAt !== null && !request.mayBeErased,
    withdraw: may('withdrawn') && !isErasing,
  }
}

/** The recipients not yet recorded: first those who must hear of the change. */
async function toTell(request: PrivacyRequest) {
  const untold = request.isOpen ? await untoldRecipients(request, recipientNames()) : []
  const noted = await request.recipients
  const open = processors
    .map(({ name }) => name)
    .filter((name) => !noted.some(({ recipient }) => recipient === name))
  const untoldFirst = [...new Set([...untold, ...open])]
  return {
    untold,
    recipientOptions: untoldFirst.map((name) => ({ name, isUntold: untold.includes(name) })),
  }
}

/** What organisations keep about someone without an account: what is theirs, and what may be a namesake's. */
async function outsideState(request: PrivacyRequest) {
  if (request.userId) return null
  const records = await outsideRecords(request)
  return {
    theirs: records.filter((record) => record.is_address).map(recordState),
    alike: records.filter((record) => !record.is_address).map(recordState),
  }
}

function recordState({ id, name, organisation, domain }: Outside) {
  const address = domain ? `with an address at ${domain}` : 'without an address'
  return { id, label: `${name}, ${organisation}`, address }
}

/** A copy that the desk cannot make, because the data belongs to no account. */
function isOfNobody({ kind, status, userId, identityVerifiedAt }: PrivacyRequest) {
  const isAsked = kind === 'access' || kind === 'portability'
  return isAsked && status === 'working' && userId === null && identityVerifiedAt !== null
}

function pairsOf(request: PrivacyRequest, { isErased }: { isErased: boolean }) {
  const { contact } = request
  const told = (label: string, value: string | null | undefined) =>
    value ? [{ label, value }] : []
  return [
    { label: 'Asked by', value: contact?.name, none: isErased ? ERASED : undefined },
    {
      label: 'Email address',
      value: contact?.email,
      none: isErased ? ERASED : 'None given. Tell them another way',
    },
    ...told('Telephone', contact?.telephone),
    {
      label: 'Account',
      value: request.userId && !isErased ? 'Has an account' : null,
      none: isErased && request.userId ? ERASED : noAccount(request),
    },
    { label: 'How it arrived', value: enumerations.requestChannels[request.channel] },
    { label: 'Received', value: day(request.receivedOn) },
    { label: 'Target', value: day(request.targetOn) },
    { label: 'Due', value: day(request.dueOn) },
    ...told('Extended to', day(request.extendedTo)),
    {
      label: 'Identity',
      value: request.identityMethod && enumerations.identityMethods[request.identityMethod],
      none: 'Not confirmed yet',
    },
    { label: 'Acknowledged', value: day(request.acknowledgedAt), none: 'Not yet' },
    ...told('Ground', request.refusalGround && enumerations.refusalGrounds[request.refusalGround]),
    ...told('Evidence (SHA-256)', request.evidenceSha256),
  ]
}

function noAccount({ identityMethod }: PrivacyRequest) {
  return identityMethod ? 'No account has this address' : 'Looked up once the identity is confirmed'
}

async function flagsState({ userId }: PrivacyRequest) {
  if (!userId) return []
  const raised = await PersonFlag.raisedFor(userId)
  return Object.entries(flags).map(([flag, label]) => {
    const isRaised = raised.some((one) => one.flag === flag)
    return { flag, label, isRaised, act: flagActs[flag as Flag][isRaised ? 'lift' : 'raise'] }
  })
}
