import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright'

/** A pack's verifier page as a reader opens it: from disk, and without a network. */
export async function openOffline(browser: Browser, files: Map<string, Buffer>) {
  const folder = await mkdtemp(join(tmpdir(), 'verify-page-'))
  await writeFile(join(folder, 'verify.html'), files.get('verify.html')!)
  const context = await browser.newContext({ offline: true, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints: string[] = []
  const asked: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(pathToFileURL(join(folder, 'verify.html')).href)
  return {
    page,
    complaints,
    /** What it requested besides itself. */
    asked: () => asked.filter((url) => !url.startsWith('data:')).slice(1),
    /** Chooses a ZIP, after the keys were typed. */
    async check(zip: Buffer, keys = '', name = 'pack.zip') {
      await page.getByLabel('Public keys of').fill(keys)
      const chosen = { name, mimeType: 'application/octet-stream', buffer: zip }
      await page.getByLabel('The ZIP').setInputFiles(chosen)
    },
    async close() {
      await context.close()
      await rm(folder, { recursive: true })
    },
  }
}
