import { UnsafeHeader } from '#mails/headers'
import { queueMail } from '#mails/outbox'
import PolicyNotice, { type Told } from '#models/policy_notice'
import { publication, publishPolicy, type Publication } from '#privacy/publication'
import { day } from '#registries/formats'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const AT_ONCE = 200

/** Mails every account holder who has not yet been mailed about the newest material version. Returns how many. */
export async function announcePolicy(): Promise<number> {
  if (!publication()) await publishPolicy()
  const news = publication()
  if (!news) return 0
  let told = 0
  for (;;) {
    const batch = await Tenancy.system(PLATFORM, () => announceToSome(news))
    told += batch
    if (batch < AT_ONCE) return told
  }
}

async function announceToSome(news: Publication) {
  const people = await PolicyNotice.untold(news.version, AT_ONCE)
  for (const person of people) await announceTo(person, news)
  return people.length
}

/** Mail and proof are saved together or not at all. People who cannot be mailed are told by the banner alone. */
async function announceTo(person: Told, news: Publication) {
  const mailId = await queueNews(person, news).catch((error) => {
    if (error instanceof UnsafeHeader) return null
    throw error
  })
  await PolicyNotice.mailed(person.id, news.version, mailId)
}

function queueNews({ id, email, name }: Told, { version, effectiveOn, summary }: Publication) {
  return queueMail({
    template: 'notice',
    to: { email, name },
    data: {
      subject: 'Our privacy policy has changed',
      paragraphs: [
        `There is a new version of the Orchestrate privacy policy, in force from ${day(effectiveOn)}. What has changed:`,
        ...summary,
        'You do not need to do anything. You can still read the earlier versions.',
      ],
      path: '/privacy',
      action: 'Read the policy',
    },
    key: `policy:${version}:${id}`,
  })
}
