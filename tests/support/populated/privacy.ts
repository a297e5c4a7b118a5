import { DateTime } from 'luxon'
import AuditVerification from '#models/audit_verification'
import ConsentRecord from '#models/consent_record'
import Erasure from '#models/erasure'
import ErasureFind from '#models/erasure_find'
import ErasureStep from '#models/erasure_step'
import PrivacyExport from '#models/privacy_export'
import PersonFlag from '#models/person_flag'
import PolicyNotice from '#models/policy_notice'
import PolicyPublication from '#models/policy_publication'
import { randomText } from '#models/privacy_code'
import { receiveRequest } from '#models/privacy_request/receiving'
import { decline } from '#models/privacy_request/closing'
import { sendCode } from '#models/privacy_request/identifying'
import { noteRecipients } from '#models/privacy_request/recipients'
import RetentionRun from '#models/retention_run'
import SystemAlert from '#models/system_alert'
import { lookingInto } from '#tests/support/exercises/office'
import type { World } from '#tests/support/world'

let days = 0

/** Each organisation has its own version, so that their rows can be distinguished. */
function anotherDay() {
  return new Date(++days * 86_400_000).toISOString().slice(0, 10)
}

/** Rows that otherwise exist only in the platform's own tenancy: the walls apply there too. */
export async function addPrivacyRows(world: World) {
  const { userId } = await world.person('manager')
  await world.inside(async () => {
    const version = await publishPolicy(userId)
    await askForAccess(userId, world.organisationId)
    await AuditVerification.ask()
    await showAlert()
    await RetentionRun.begin({ dataset: 'mail', ruleVersion: '0', cutoff: DateTime.utc() })
    await ConsentRecord.keep({
      notice: '0'.repeat(64),
      policyVersion: version,
      receipt: null,
      userId,
      decision: 'denied',
      mechanism: 'banner',
    })
  })
  await lookingInto(world)
}

async function publishPolicy(userId: string) {
  const version = anotherDay()
  await PolicyPublication.publish({ version, fingerprint: '0'.repeat(64), material: true })
  await PolicyNotice.show(userId, version)
  return version
}

/** A request with everything that may come of one. */
async function askForAccess(userId: string, organisationId: string) {
  const request = await receiveRequest({
    kind: 'access',
    channel: 'profile',
    userId,
    details: 'Everything',
    contact: { name: 'A person', email: 'person@example.test' },
  })
  await sendCode(request)
  await noteRecipients(request, { recipients: ['Resend'], outcome: 'informed', reason: null }, [])
  await beginErasure(userId, organisationId, request.id)
  await decline(request, 'excessive', 'You had a copy last week.')
  await PrivacyExport.begin(userId, 'access', request.id)
  await PersonFlag.raise(userId, 'object_ai', { setBy: 'desk', requestId: request.id })
}

async function beginErasure(userId: string, organisationId: string, requestId: string) {
  const erasure = await Erasure.create({
    userId,
    requestId,
    label: `Former member ${randomText(8)}`,
    status: 'running',
    traces: { userId, names: ['A person'], emails: [], subjects: [], externals: [] },
  })
  await ErasureStep.begin(erasure.id, 'flag')
  await ErasureFind.create({
    erasureId: erasure.id,
    place: 'public.comments',
    placeOrganisationId: organisationId,
    rowKey: requestId,
    columns: ['body'],
    state: 'open',
  })
}

function showAlert() {
  return SystemAlert.show({
    kind: 'notice',
    body: 'Populated',
    target: null,
    mailedTo: null,
    letter: null,
    beginsAt: DateTime.utc(),
    endsAt: DateTime.utc().plus({ hours: 1 }),
  })
}
