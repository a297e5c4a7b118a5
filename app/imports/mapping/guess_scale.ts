import type { DetectedTable } from '#imports/detection/table'
import type { Profile } from '#imports/mapping/profile'
import type { Scale } from '#imports/conversion/read_score'
import { valueIn } from '#imports/vocabulary/text'

/** The scale of a score column: from its header, its list validation, or its values. */
export function guessScale(profile: Profile, label: string, table: DetectedTable): Scale {
  return (
    fromRange(label, profile) ??
    fromAllowed(profile, table) ??
    fromLabels(profile) ??
    fromMixedTexts(profile.texts) ??
    fromNumbers(profile, label)
  )
}

function fromRange(label: string, profile: Profile): Scale | null {
  const match =
    /(?<![\d.])([01])\s*%?\s*(?:-|–|—|to|bis|à|a|al|tot|do|til|till|\.\.+|\/|=.*?)\s*(\d{1,3})\s*(%?)/i.exec(
      valueIn(label)
    )
  if (!match) return null
  const most = Number(match[2])
  if (match[3] === '%' || most === 100)
    return profile.numbers.every((n) => n <= 1) && profile.numbers.length > 0
      ? 'fraction'
      : 'percent'
  if (most === 1) return 'fraction'
  return scaleTo(most, Number(match[1]))
}

function fromAllowed(profile: Profile, table: DetectedTable): Scale | null {
  const [column] = profile.column.columns
  const first = table.rows[0]?.number ?? 0
  const list = table.sheet.allowed.find(
    (area) =>
      area.left <= column && area.right >= column && area.bottom >= first && area.values.length >= 3
  )
  const leading = list?.values.map((value) => /^\s*(\d{1,3})\b/.exec(value)?.[1])
  if (!leading?.every((digits) => digits !== undefined)) return null
  const numbers = leading.map(Number)
  return scaleTo(Math.max(...numbers), Math.min(...numbers))
}

/** Crosses under 1 2 3 4: the labels are the scale. */
function fromLabels({ column }: Profile): Scale | null {
  if (!column.isMarks || !column.labels.every((label) => /^\d{1,2}$/.test(label))) return null
  const numbers = column.labels.map(Number)
  return scaleTo(Math.max(...numbers), Math.min(...numbers))
}

/** '4 - Very high' shows that four is the top. */
function fromMixedTexts(texts: string[]): Scale | null {
  const mixed = texts.filter((text) =>
    /^\d{1,2}\s*[-–:.=(]\s*\p{L}|\p{L}\s*[([-]\s*\d{1,2}\s*\)?$/u.test(text)
  )
  if (mixed.length === 0 || mixed.length < texts.length * 0.5) return null
  const most = Math.max(...mixed.map((text) => Number(/\d{1,2}/.exec(text)![0])))
  return most === 5 ? '1-5' : 'words'
}

function fromNumbers({ numbers, cells }: Profile, label: string): Scale {
  if (numbers.length === 0) return 'words'
  const most = Math.max(...numbers)
  const isPercent = /%|percent|prozent|pourcent|por ?ciento|per ?cento/i.test(label)
  if (most <= 1 && (isPercent || numbers.some((number) => number > 0 && number < 1)))
    return 'fraction'
  if (isPercent && most > 5) return 'percent'
  if (most > 10) return 'percent'
  if (most > 5) return numbers.length > 0 && most === 6 && cells.length > 8 ? '1-6' : '1-10'
  return '1-5'
}

function scaleTo(most: number, least: number): Scale | null {
  if (least === 0 && most === 4) return '0-4'
  if (most === 3) return '1-3'
  if (most === 4) return '1-4'
  if (most === 5) return '1-5'
  if (most === 6) return '1-6'
  if (most === 10) return '1-10'
  return most === 100 ? 'percent' : null
}
