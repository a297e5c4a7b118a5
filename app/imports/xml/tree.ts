import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { parseXml, type Attributes } from '#imports/xml/parse_xml'

/** An element with its contents; names come without their namespace prefix. */
export class Element {
  readonly children: Element[] = []
  text = ''

  constructor(
    readonly name: string,
    readonly attributes: Attributes
  ) {}

  all(name: string): Element[] {
    return this.children.filter((child) => child.name === name)
  }

  child(name: string): Element | null {
    return this.children.find((child) => child.name === name) ?? null
  }

  /** The trimmed text of a child, '' when there is none. */
  of(name: string): string {
    return this.child(name)?.text.trim() ?? ''
  }
}

/** Reads a whole document. Doctypes, custom entities and deep nesting are refused. Throws ImportError. */
export function readTree(text: string): Element {
  const top = new Element('', {})
  const path = [top]
  let left = LIMITS.cells * 2
  parseXml(
    Buffer.from(text, 'utf8'),
    {
      open(name, attributes) {
        if (--left < 0) throw new ImportError('too_many_cells')
        const element = new Element(name, attributes)
        path.at(-1)!.children.push(element)
        path.push(element)
      },
      text(part) {
        path.at(-1)!.text += part
      },
      close() {
        path.pop()
      },
    },
    Date.now() + LIMITS.milliseconds
  )
  const [root] = top.children
  if (!root) throw new ImportError('damaged')
  return root
}
