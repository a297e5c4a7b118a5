import type { Viewer } from '#identity/viewer'
import RiskCategory, { MOST_OFFERED } from '#models/risk_category'
import { settingsState } from '#pages/settings/settings_page'

/** Everything on the page of risk categories. `edit` names the one being renamed. */
export async function categoryState(viewer: Viewer, { edit }: Record<string, unknown>) {
  const settings = settingsState('categories', viewer)
  const all = await RiskCategory.inOrder()
  const uses = await RiskCategory.uses()
  const offered = all.filter(({ isOffered }) => isOffered)
  const shown = (category: RiskCategory) => ({
    id: category.id,
    name: category.name,
    version: category.lockVersion,
    risks: uses.get(category.key) ?? 0,
    listHref: `/raid?type=risk&category=${category.key}`,
    href: `/settings/categories/${category.id}`,
    isEdited: settings.can.change && category.id === edit,
    mayGoUp: category !== offered[0],
    mayGoDown: category !== offered.at(-1),
  })
  return {
    ...settings,
    offered: offered.map(shown),
    retired: all.filter(({ isOffered }) => !isOffered).map(shown),
    isFull: offered.length >= MOST_OFFERED,
    most: MOST_OFFERED,
  }
}
