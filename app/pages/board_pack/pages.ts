import type { Viewer } from '#identity/viewer'
import BoardPack from '#models/board_pack'
import { DAYS_KEPT, MOST_PAGES, packFormats, packStatuses } from '#models/board_pack/enumerations'
import { portfolioChoices } from '#models/portfolio/choices'
import { portfolioQuery } from '#models/portfolio/filters'
import { listPortfolio } from '#models/portfolio/list'
import { portfolioProjects } from '#models/portfolio/rows'
import { filtersIn } from '#models/portfolio/kept'
import { filtersInWords } from '#pages/portfolio/applied'

const LOOKS = {
  queued: { tone: 'info', icon: 'clock' },
  running: { tone: 'active', icon: 'half' },
  ready: { tone: 'good', icon: 'done' },
  failed: { tone: 'bad', icon: 'alert' },
  expired: { tone: undefined, icon: 'stopped' },
} as const

/** The viewer's board packs. */
export async function packListState(viewer: Viewer) {
  const packs = await BoardPack.of(viewer)
  const choices = await portfolioChoices(viewer)
  return {
    packs: packs.map((pack) => ({
      ...packState(pack).pack,
      shows: filtersInWords(filtersIn(pack.query), choices),
    })),
    days: DAYS_KEPT,
  }
}

/** One pack: its progress, and its files. */
export function packState(pack: BoardPack) {
  return {
    pack: {
      id: pack.id,
      status: { label: packStatuses[pack.status], ...LOOKS[pack.status] },
      isUnderWay: pack.isUnderWay,
      isFetchable: pack.isFetchable,
      isFailed: pack.status === 'failed',
      done: pack.partsDone,
      parts: Math.max(pack.parts, pack.partsDone + 1),
      askedAt: pack.createdAt,
      contentAt: pack.contentAt,
      expiresAt: pack.expiresAt,
      projects: pack.projectIds.length,
    },
    formats: Object.entries(packFormats).map(([format, { label }]) => ({ format, label })),
  }
}

/** What a pack can contain: the portfolio as filtered, and its first projects to choose from, all selected if asked. */
export async function packFormState(viewer: Viewer, query: string, isAll = false) {
  const filters = { ...filtersIn(query), perPage: 200 }
  const page = await listPortfolio(viewer, filters)
  const found = await portfolioProjects(page.rows.map(({ id }) => id))
  return {
    query: portfolioQuery(filtersIn(query)),
    isAll,
    chosen: isAll ? page.rows.slice(0, MOST_PAGES).map(({ id }) => id) : [],
    shows: filtersInWords(filters, await portfolioChoices(viewer)),
    projects: page.rows.map(({ id }) => ({
      id,
      label: `${found.get(id)!.code} ${found.get(id)!.name}`,
    })),
    most: MOST_PAGES,
    days: DAYS_KEPT,
  }
}
