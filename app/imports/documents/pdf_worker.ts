import { parentPort, workerData } from 'node:worker_threads'
import { getDocumentProxy } from 'unpdf'

export type PdfOrder = { bytes: Uint8Array; pages: number; characters: number }
export type PdfText = { text: string; isCut: boolean }

/** Nothing that a document asks for is fetched. */
Object.assign(globalThis, { fetch: undefined, WebSocket: undefined })

// It runs alone in its thread, in development under Node itself, so it imports no other file of ours.
parentPort?.postMessage(
  await read(workerData as PdfOrder).catch((error: Error) => ({ failure: error.name }))
)

/** The text of the first pages, until there is enough. */
async function read({ bytes, pages, characters }: PdfOrder): Promise<PdfText> {
  const pdf = await getDocumentProxy(bytes, { stopAtErrors: true })
  let text = ''
  let page = 0
  while (page < Math.min(pdf.numPages, pages) && text.length <= characters) {
    const { items } = await (await pdf.getPage(++page)).getTextContent()
    for (const item of items) {
      if ('str' in item) text += item.str + (item.hasEOL ? '\n' : '')
    }
    text += '\n\n'
  }
  return { text, isCut: page < pdf.numPages }
}
