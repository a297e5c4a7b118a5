/** What a piece is to someone who has it read out, in the standard's terms. */
export type Tag = 'H1' | 'H2' | 'H3' | 'P' | 'Figure' | 'Table' | 'TR' | 'TH' | 'TD'

/**
 * What is read out instead of a piece or with it: for a drawing, an abbreviation or a mark; for a head, what it is the
 * head of.
 */
type Said = { alt?: string; expanded?: string; actual?: string; scope?: 'Column' | 'Row' }

/** The order in which a PDF is read out. Anything drawn outside a piece is skipped. */
export class Tags {
  readonly #document: PDFKit.PDFDocument
  #open: PDFKit.PDFStructureElement

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document
    this.#open = document.struct('Document')
    document.addStructure(this.#open)
  }

  /** The pieces drawn in between belong together, like the cells of a row. */
  within(tag: Tag, draw: () => unknown) {
    const outer = this.#open
    const inner = this.#document.struct(tag)
    outer.add(inner)
    this.#open = inner
    draw()
    inner.end()
    this.#open = outer
  }

  /** One piece, on one page. */
  piece(tag: Tag, draw: () => unknown, said: Said = {}) {
    const content = this.#document.markStructureContent(tag)
    draw()
    this.#document.endMarkedContent()
    this.#open.add(this.#document.struct(tag, said, [content]))
  }

  /** Lines, and text that only repeats other text. */
  aside(draw: () => unknown) {
    this.#document.markContent('Artifact')
    draw()
    this.#document.endMarkedContent()
  }
}
