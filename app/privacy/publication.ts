import PolicyPublication from '#models/policy_publication'
import { fingerprint, newestMaterialVersion, policyVersions } from '#registries/policy_versions'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const VISITORS_ARE_TOLD_DAYS = 90

/** The newest material version as it was first served here. */
export type Publication = {
  version: string
  effectiveOn: string
  summary: string[]
  publishedAt: Date
  /** Nothing was served here before it, so that it changes nothing for visitors. */
  isFirst: boolean
}

let current: Publication | null = null

/** What people are to be told of; null before `publishPolicy`, and where no version is material. */
export function publication() {
  return current
}

/** Lets a test tell of a publication of its own. */
export function usePublication(given: Publication | null) {
  current = given
}

/** Records every version that is served here for the first time. Does nothing the second time. */
export async function publishPolicy() {
  await Tenancy.system(PLATFORM, async () => {
    const material = newestMaterialVersion()
    const [served] = policyVersions
    await PolicyPublication.publish({ ...served, fingerprint: fingerprint(served) })
    if (!material) return
    const found = await PolicyPublication.publish({
      ...material,
      fingerprint: fingerprint(material),
    })
    const { version, effectiveOn, summary } = material
    const publishedAt = found.publishedAt.toJSDate()
    current = { version, effectiveOn, summary, publishedAt, isFirst: await found.isFirst() }
  })
}

/** Whether an account from then needs to be told; those that are younger read this version when they came. */
export function concernsAccount({ publishedAt }: Publication, madeAt: Date) {
  return madeAt < publishedAt
}

/** Whether visitors without an account are still told. */
export function concernsVisitors({ publishedAt, isFirst }: Publication) {
  return !isFirst && Date.now() < publishedAt.getTime() + VISITORS_ARE_TOLD_DAYS * 86_400_000
}
