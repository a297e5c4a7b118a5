import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { auditedOrganisations, verifyOrganisation } from '#audit/chain'
import type { Report } from '#audit/report'
import { sealLag } from '#audit/sealer'
import { trustedKeys } from '#audit/settings'
import { mailDesk } from '#privacy/desk_mail'
import AuditVerification from '#models/audit_verification'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Seals are made every few seconds: after this many seconds of waiting, someone has to look. */
const LATE_SECONDS = 600

/** Verifies a trail and stores the findings; mails the desk when it is not clean. */
export async function verifyTrail(organisationId: string, verificationId: string) {
  const within = (work: (found: AuditVerification) => Promise<unknown>) =>
    Tenancy.system(organisationId, async () => {
      const found = await AuditVerification.find(verificationId)
      if (found) await work(found)
    })
  await within((found) => found.begin())
  const report = await verified(organisationId, (events) => within((found) => found.reach(events)))
  await within((found) => found.end(report))
  if (!report?.clean) await alarmOfTrail(organisationId, verificationId)
}

/** Has every trail verified. Returns how many. */
export async function verifyEveryTrail() {
  const organisations = await auditedOrganisations(db.connection('sealer'))
  for (const id of organisations) await Tenancy.system(id, () => AuditVerification.ask())
  return organisations.length
}

/** Mails the desk, once an hour, while events wait too long for their seal. */
export async function alarmOfLateSeals() {
  const lag = await sealLag(db.connection('sealer'))
  if (lag < LATE_SECONDS) return false
  await alarm(
    'Audit trail seals are late',
    `The oldest event has waited ${Math.round(lag / 60)} minutes for its seal. The worker makes seals: check that it is running and that no transaction is left open.`,
    `late-seals:${new Date().toISOString().slice(0, 13)}`
  )
  return true
}

/** Null when it failed: the keys are missing, or the database broke off. */
async function verified(
  organisationId: string,
  reach: (events: number) => Promise<void>
): Promise<Report | null> {
  const sealer = db.connection('sealer')
  let told = Promise.resolve()
  try {
    return await verifyOrganisation(sealer, organisationId, { keys: trustedKeys() }, (events) => {
      if (events > 0) told = told.then(() => reach(events))
    })
  } catch (error) {
    logger.error({ err: error, organisation: organisationId }, 'a trail could not be verified')
    return null
  } finally {
    await told
  }
}

function alarmOfTrail(organisationId: string, verificationId: string) {
  return alarm(
    'An audit trail needs attention',
    `Verifying the trail of ${organisationId} found a problem. See the details in the back office.`,
    `trail:${verificationId}`
  )
}

function alarm(subject: string, text: string, key: string) {
  const data = { subject, paragraphs: [text], path: '/admin/seals', action: 'See the trails' }
  return Tenancy.system(PLATFORM, () => mailDesk(data, key))
}
