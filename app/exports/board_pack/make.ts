import { Readable } from 'node:stream'
import { packPdf } from '#exports/board_pack/pdf'
import { packSlides } from '#exports/board_pack/slides'
import { discardPack, storePack } from '#exports/board_pack/store'
import { Viewer } from '#identity/viewer'
import BoardPack from '#models/board_pack'
import Membership from '#models/membership'
import { Superseded } from '#models/mixins/attempted'
import { packContent, type PackContent } from '#pages/board_pack/content'
import Tenancy from '#tenancy/tenancy'

export { discardPack }

/** Besides one part for each project: the portfolio, its charts, and the two files. */
const PARTS_BESIDES = 4

type Named = { organisationId: string; packId: string }

/**
 * Makes the files of a requested board pack, showing the portfolio as its owner may read it now. A failed attempt is
 * retried, and in the end shown as failed.
 */
export async function makePack(named: Named) {
  const pack = await inside(named, () => BoardPack.claim(named.packId))
  if (!pack) return
  try {
    const tick = progressOf(pack, named)
    const content = await contentFor(pack, named, tick)
    await storePack(named, 'pdf', Readable.from(packPdf(content)))
    await tick()
    await storePack(named, 'pptx', Readable.from([await packSlides(content)]))
    const isWanted = await inside(named, () => pack.finish(content.at, content.projectIds))
    if (!isWanted) await discardPack(named)
  } catch (error) {
    if (error instanceof Superseded) return
    await inside(named, () => pack.retryOrFail())
    throw error
  }
}

/** Everything is read as of one moment, with the rights of the person who asked. */
async function contentFor(
  pack: BoardPack,
  { organisationId }: Named,
  tick: () => Promise<void>
): Promise<PackContent> {
  const { userId } = await inside({ organisationId }, () =>
    Membership.findOrFail(pack.membershipId)
  )
  return Tenancy.snapshot({ organisationId, userId, requestId: null }, async (entry) => {
    if (!entry) throw new Superseded()
    return packContent(new Viewer(entry), pack, tick)
  })
}

/** Recorded outside the snapshot, so that the person waiting sees it. */
function progressOf(pack: BoardPack, named: Named) {
  const parts = pack.projectIds.length + PARTS_BESIDES
  let done = 0
  return async () => {
    done += 1
    if (!(await inside(named, () => pack.progress(done, parts)))) throw new Superseded()
  }
}

function inside<T>({ organisationId }: { organisationId: string }, work: () => Promise<T>) {
  return Tenancy.system(organisationId, work)
}
