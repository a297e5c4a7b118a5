import { DocumentError } from '#imports/documents/document_error'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { parseXml, type XmlHandlers } from '#imports/xml/parse_xml'
import { Zip } from '#imports/workbook/zip'

/** What each element of the main part adds to the text when it ends (ECMA-376 part 1, 17.3 and 17.4). */
const ENDINGS: Record<string, string> = {
  p: '\n',
  tc: '\t',
  tr: '\n',
  tab: '\t',
  br: '\n',
  cr: '\n',
}

/** The text of a Word document as it reads with all changes accepted; comments and pictures are left out. */
export function readDocx(bytes: Buffer): string {
  const zip = new Zip(bytes)
  if (zip.encrypted) throw new DocumentError('encrypted')
  const part = zip.read('word/document.xml')
  if (!part) throw new DocumentError('damaged')
  const words = new Words()
  parseXml(part, words.handlers, Date.now() + DOCUMENT_LIMITS.milliseconds)
  return words.text
}

/** Collects text; the contents of a cell stay on the line of its row. */
class Words {
  #parts: string[] = []
  #cells = 0
  #isText = false

  get text() {
    return this.#parts.join('')
  }

  readonly handlers: XmlHandlers = {
    open: (name) => {
      if (name === 'tc') this.#cells++
      if (name === 't') this.#isText = true
    },
    text: (text) => {
      if (this.#isText) this.#parts.push(text)
    },
    close: (name) => {
      if (name === 't') this.#isText = false
      if (name === 'tc') this.#cells--
      const ending = ENDINGS[name]
      if (ending) this.#parts.push(ending === '\n' && this.#cells > 0 ? ' ' : ending)
    },
  }
}
