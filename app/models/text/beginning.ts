const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Longer than any letter with its accents, or any family of emoji. */
const LONGEST_LETTER = 64

/**
 * The beginning of a text, no longer than `most`, cut between letters as people see them: an accent stays with its
 * letter, and a flag or family of emoji whole. `mark` is added after a cut, within the same length.
 */
export function beginning(text: string, most: number, mark = '…') {
  if (text.length <= most) return text
  const room = most - mark.length
  const near = text.slice(Math.max(0, room - LONGEST_LETTER), room + LONGEST_LETTER)
  const offset = Math.max(0, room - LONGEST_LETTER)
  const at = offset + (letters.segment(near).containing(room - offset)?.index ?? 0)
  // Endless marks on one letter are cut anywhere.
  const kept = text.slice(0, at > offset || offset === 0 ? at || room : room)
  return `${kept.toWellFormed().trimEnd()}${mark}`
}
