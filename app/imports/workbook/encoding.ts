import { ImportError } from '#imports/import_error'

const MOST_CONTROLS = 0.02
const ACCENTED = /[À-ÖØ-öø-ÿ]/g
/** No Western word has so many accents in a row, and no Western text so large a share of them. */
const MOST_IN_A_ROW = /[À-ÖØ-öø-ÿ]{5}/
const MOST_ACCENTED = 0.2

/** Decodes text: byte order marks first, then UTF-8, then the Windows code pages. */
export function decodeText(bytes: Uint8Array): string {
  const text = decode(bytes).replace(/^\ufeff/, '')
  if (looksBinary(text)) throw new ImportError('unreadable')
  return text.replaceAll('\u0000', '')
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const wide = unmarkedUtf16(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeCodePage(bytes)
  }
}

function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, 2_000) & ~1
  let [even, odd] = [0, 0]
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++
    if (bytes[at + 1] === 0) odd++
  }
  if (odd > length * 0.3 && even < length * 0.02) return 'utf-16le'
  if (even > length * 0.3 && odd < length * 0.02) return 'utf-16be'
  return null
}

function decodeCodePage(bytes: Uint8Array): string {
  const western = new TextDecoder('windows-1252').decode(bytes)
  if (isForeign(western)) throw new ImportError('encoding')
  // These characters occur inside words only when Polish text is read with the Western code page.
  const isPolish = (western.match(/\p{L}[³¹¿][\p{L}]/gu) ?? []).length > 0
  return isPolish ? new TextDecoder('windows-1250').decode(bytes) : western
}

/** Read with the Western code page, another alphabet is nothing but accented letters. */
function isForeign(western: string): boolean {
  if (!MOST_IN_A_ROW.test(western)) return false
  const letters = western.match(/\p{L}/gu) ?? []
  return (western.match(ACCENTED) ?? []).length > letters.length * MOST_ACCENTED
}

function looksBinary(text: string): boolean {
  const sample = text.slice(0, 20_000)
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g) ?? []
  return controls.length > Math.max(2, sample.length * MOST_CONTROLS)
}
