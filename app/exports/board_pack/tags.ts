/** What a piece is to whoever has it read out, as the standard calls it. */
export type Tag = 'H1' | 'H2' | 'H3' | 'P' | 'Figure' | 'Table' | 'TR' | 'TH' | 'TD'

/** What is said instead of a piece or beside it: of a drawing, of a short form, of a mark; what a head is the head of. */
type Said = { alt?: string; expanded?: string; actual?: string; scope?: 'Column' | 'Row' }

/** In which order a PDF is read out. What is drawn outside of any piece is passed over. */
export class Tags {
  readonly #document: PDFKit.PDFDocument
  #open: PDFKit.PDFStructureElement

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document
    this.#open = document.struct('Document')
    document.addStructure(this.#open)
  }

  /** The pieces that are drawn meanwhile belong together, as the cells of a row. */
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

  /** Lines, and words that only repeat others. */
  aside(draw: () => unknown) {
    this.#document.markContent('Artifact')
    draw()
    this.#document.endMarkedContent()
  }
}
