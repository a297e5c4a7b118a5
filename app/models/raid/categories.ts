import { categories as usual } from '#models/raid/enumerations'
import type { Category } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

const named = new WeakMap<Category[], Record<string, string>>()

/** The name of each category, including those no longer on offer: old risks keep theirs. */
export function categoryLabels(): Record<string, string> {
  const categories = all()
  let labels = named.get(categories)
  if (!labels) {
    labels = Object.fromEntries(categories.map(({ key, name }) => [key, name]))
    named.set(categories, labels)
  }
  return labels
}

/** The categories that a risk can be given, in the organisation's order; its present one is always among them. */
export function offeredCategories(kept?: string | null) {
  return all()
    .filter(({ key, isRetired }) => !isRetired || key === kept)
    .map(({ key, name, isRetired }) => ({
      value: key,
      label: isRetired ? `${name} (no longer offered)` : name,
    }))
}

/** Whether new risks can be put into a category. */
export function isOffered(category: string) {
  return all().some(({ key, isRetired }) => key === category && !isRetired)
}

/** They were loaded with the entry to the organisation, so this costs no query. */
function all(): Category[] {
  return Tenancy.settings.categories ?? unchosen
}

const unchosen = Object.entries(usual).map(([key, name]) => ({ key, name, isRetired: false }))
