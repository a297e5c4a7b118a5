import { oneLine, shorten } from '#imports/vocabulary/text'

const LONGEST_TITLE = 200

type Named = { title: string; description: string; note: string | null }

/** A title of at most 200 characters; the rest stays in the description. */
export function nameRecord(title: string, description: string, fallbacks: string[]): Named {
  const line = oneLine(title)
  if (line !== '') return fromTitle(line, title.trim(), description)
  const text = description || (fallbacks.find(Boolean) ?? '')
  const sentence = firstSentence(text)
  const isWhole = sentence === oneLine(text)
  const note = description ? null : 'has no title; its first text was taken'
  return { title: sentence, description: isWhole && description ? '' : description, note }
}

function fromTitle(line: string, full: string, description: string): Named {
  if (line.length <= LONGEST_TITLE) {
    const isSame = oneLine(description) === line
    const rest =
      full.includes('\n') && full.length > 80
        ? [full, description].filter(Boolean).join('\n\n')
        : description
    return { title: line, description: isSame ? '' : rest, note: null }
  }
  const text = [full, description].filter(Boolean).join('\n\n')
  return {
    title: shorten(line, LONGEST_TITLE),
    description: text,
    note: 'title longer than 200 characters; the full text is in the description',
  }
}

function firstSentence(text: string): string {
  const paragraph = text.trim().split(/\n/).map(oneLine).find(Boolean) ?? ''
  if (oneLine(text).length <= 120) return oneLine(text)
  const match = /^.{15,}?[.!?](?=\s+[\p{Lu}\d"“(])/u.exec(paragraph)
  return shorten(match ? match[0].replace(/\.$/, '') : paragraph, LONGEST_TITLE)
}
