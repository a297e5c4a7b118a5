import PolicyPublication from '#models/policy_publication'
import { fingerprint, newestMaterialVersion, policyVersions } from '#registries/policy_versions'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const VISITORS_ARE_TOLD_DAYS = 90

/** The newest material version, and when it was first served here. */
export type Publication = {
  version: string
  effectiveOn: string
  summary: string[]
  publishedAt: Date
  /** Nothing was served here before it, so it changes nothing for visitors. */
  isFirst: boolean
}

let current: Publication | null = null

/** The version that people must be told about; null before `publishPolicy`, and when no version is material. */
export function publication() {
  return current
}

/** Lets a test set a publication. */
export function usePublication(given: Publication | null) {
  current = given
}

/** Records every version that is served here for the first time. Safe to repeat. */
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

/** Whether an account of that age needs to be told; younger ones read this version when they signed up. */
export function concernsAccount({ publishedAt }: Publication, madeAt: Date) {
  return madeAt < publishedAt
}

/** Whether visitors without an account are still told. */
export function concernsVisitors({ publishedAt, isFirst }: Publication) {
  return !isFirst && Date.now() < publishedAt.getTime() + VISITORS_ARE_TOLD_DAYS * 86_400_000
}
