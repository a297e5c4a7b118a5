import type { Candidate } from '#imports/mapping/candidates'
import { cellTexts, type DetectedTable } from '#imports/detection/table'
import { isRaidType, kindOfRef, kindOfWord, kindsIn, type Kind } from '#imports/vocabulary/kinds'
import { fold, words } from '#imports/vocabulary/text'
import type { SheetRow } from '#imports/workbook/workbook'

const AROUND = new Set(
  words(
    `log, register, list, section, open, closed, key, project, programme, program, top, new, current, and, of, the, raid, items, item, part, team, active, high, level, internal, external, und, der, die, offene, liste, et, des, les, y, e, de, en, och, og, i, ii, iii, a, b, c, d`
  )
)

/** The kind that a heading on its own gives the rows below it; null when the row is not such a heading. */
export function sectionKind(row: SheetRow): Kind | null {
  const texts = cellTexts(row).filter(Boolean)
  if (texts.length === 0 || new Set(texts).size > 1 || texts[0].length > 60) return null
  const whole = kindOfWord(fold(texts[0]))
  if (whole && whole !== 'other') return whole
  const kinds = kindsIn(texts[0]).filter((kind) => kind !== 'other')
  const rest = fold(texts[0])
    .split(' ')
    .filter((token) => !AROUND.has(token) && !/^\d+$/.test(token))
  return kinds.length === 1 &&
    rest.length <= 2 &&
    kindsIn(rest.join(' ')).length === 1 &&
    isOnlyKind(rest)
    ? kinds[0]
    : null
}

/** 'Technical risks' heads a group of the same type; only 'Risks' starts another. */
function isOnlyKind(rest: string[]): boolean {
  return rest.length === 1 || kindOfWord(rest.join(' ')) !== null
}

/** Whether headings between the rows name several record types. */
export function hasTypedSections(table: DetectedTable): boolean {
  if (table.columns.length < 2) return false
  const kinds = table.rows.flatMap((row) => sectionKind(row) ?? [])
  const raid = new Set(kinds.filter((kind) => isRaidType(kind) || kind === 'action'))
  return raid.size >= 2
}

/** Whether references such as R1, A1, I1 occur in one table. */
export function mixedReferences(candidates: Candidate[]): boolean {
  const ids = candidates.find(({ concept }) => concept === 'sourceId')
  if (!ids || ids.profile.isEmpty) return false
  const kinds = ids.profile.texts.flatMap((text) => kindOfRef(text) ?? [])
  if (kinds.length < ids.profile.texts.length * 0.8) return false
  const raid = kinds.filter(isRaidType)
  return new Set(raid).size >= 2 && raid.length >= kinds.length * 0.5
}
