import { PersonalBundle, type Progress } from '#exports/personal/bundle'
import { subjectOf, type Subject } from '#exports/personal/subject'
import { zipStream } from '#exports/zip'
import { queueMail } from '#mails/outbox'
import { Superseded } from '#models/mixins/attempted'
import PrivacyExport, { exportKinds, noteProgress } from '#models/privacy_export'
import PrivacyRequest from '#models/privacy_request'
import { fulfil } from '#models/privacy_request/closing'
import { discardArchive, storeArchive } from '#privacy/exports/store'
import { recipientNames } from '#registries/agreements'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const PROGRESS_EVERY = 2000

/**
 * Makes the archive of a requested export. A failed one is retried, and in the end shown as failed; one that lost its
 * worker is restarted by `recoverExports`.
 */
export async function makeExport(id: string) {
  const claimed = await Tenancy.system(PLATFORM, () => PrivacyExport.claim(id))
  if (!claimed) return
  try {
    const subject = await subjectOf(claimed.userId)
    if (!subject) return await giveUp(id)
    const bundle = new PersonalBundle(subject, claimed.kind, progressOf(claimed))
    const file = await storeArchive(id, zipStream(bundle.files()))
    await finish(claimed, file, subject)
  } catch (error) {
    if (error instanceof Superseded) return
    if (claimed.mayTryAgain) throw error
    await giveUp(id)
    throw error
  }
}

/** Tells a person to ask again rather than wait for ever. */
function giveUp(id: string) {
  return Tenancy.system(PLATFORM, async () => {
    const found = await PrivacyExport.query().where('id', id).forUpdate().firstOrFail()
    if (found.isUnderWay) await found.fail()
  })
}

/** The table is written to every two seconds at most. */
function progressOf(claimed: PrivacyExport) {
  let last = 0
  return async (progress: Progress) => {
    if (Date.now() - last < PROGRESS_EVERY) return
    last = Date.now()
    await noteProgress(claimed, progress)
  }
}

async function finish(
  claimed: PrivacyExport,
  file: { size: number; sha256: string },
  subject: Subject
) {
  const isWanted = await Tenancy.system(PLATFORM, async () => {
    const ready = await claimed.finish(file)
    if (!ready) return false
    await tell(ready, subject)
    if (ready.requestId) await answer(ready.requestId, file.sha256)
    return true
  })
  if (!isWanted) await discardArchive(claimed.id)
}

/** The link holds no secret: it opens for the account alone, signed in within the hour, and once. */
function tell({ id, kind }: PrivacyExport, { email, name }: Subject) {
  return queueMail({
    template: 'notice',
    to: { email, name },
    data: {
      subject: 'The copy of your data is ready',
      paragraphs: [
        `You asked for a copy of your data (${exportKinds[kind].toLowerCase()}). You can download it once, within 24 hours, after signing in.`,
        'If you did not ask for it, reply to this email to tell us. Nobody else can open it.',
      ],
      path: `/profile/privacy/exports/${id}`,
      action: 'Go to download',
    },
    key: `privacy_export:${id}:ready`,
  })
}

async function answer(requestId: string, sha256: string) {
  const request = await PrivacyRequest.findById(requestId)
  // If the person was asked something meanwhile, they have the copy, and the request continues with their answer.
  if (request.status !== 'working') return
  const text =
    'The copy of your data is ready. Sign in and download it under Profile, Privacy, within 24 hours.'
  await fulfil(request, { text, evidence: { sha256 }, recipients: recipientNames() })
}
