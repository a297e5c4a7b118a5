import { StringDecoder } from 'node:string_decoder'
import sax from 'sax'
import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'

export type Attributes = Record<string, string>

/** The events that a reader handles; names come without their namespace prefix. */
export type XmlHandlers = {
  open?: (name: string, attributes: Attributes) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

const CHUNK = 64 * 1024

/** Streams an XML part through the handlers; DTDs, entities and deep nesting are refused. */
export function parseXml(bytes: Buffer, handlers: XmlHandlers, deadline: number): void {
  const parser = createParser(handlers)
  const decoder = new StringDecoder(isUtf16(bytes) ? 'utf16le' : 'utf8')
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      if (Date.now() > deadline) throw new ImportError('too_slow')
      parser.write(decoder.write(bytes.subarray(at, at + CHUNK)))
    }
    parser.close()
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw new ImportError('damaged', { cause: error })
  }
}

function createParser(handlers: XmlHandlers): sax.SAXParser {
  const parser = sax.parser(true, { position: false })
  let depth = 0
  parser.onopentag = (tag) => {
    if (++depth > LIMITS.xmlDepth) throw new ImportError('unsafe_xml')
    handlers.open?.(localName(tag.name), withoutPrefixes(tag.attributes as Attributes))
  }
  parser.onclosetag = (name) => {
    depth--
    handlers.close?.(localName(name))
  }
  parser.ontext = (text) => handlers.text?.(text)
  parser.oncdata = (text) => handlers.text?.(text)
  parser.ondoctype = () => {
    throw new ImportError('unsafe_xml')
  }
  parser.onerror = (error) => {
    throw new ImportError('damaged', { cause: error })
  }
  return parser
}

function isUtf16(bytes: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function withoutPrefixes(attributes: Attributes): Attributes {
  if (!Object.keys(attributes).some((name) => name.includes(':'))) return attributes
  const plain: Attributes = {}
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith('xmlns')) plain[localName(name)] ??= value
  }
  return plain
}
