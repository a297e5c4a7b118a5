/// <reference lib="dom" />
import { readFile, writeFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { Page } from 'playwright'

/** The day that pictures show, whenever they are taken. */
const SHOWN_DAY = '2026-11-26'

/** One screen of a guide. */
export type Shot = { name: string; page: Page; path: string; heading: string | RegExp }

/** Pictures are written only on request; otherwise each exists already. */
export const isWriting = process.env.WRITE_GUIDE === '1'

export function pictureFile(name: string) {
  return app.makePath('public/guide', `${name}.webp`)
}

/** Takes the picture of what the page shows. The same screen gives the same bytes, so that nothing changes without cause. */
export async function takePicture(page: Page, name: string) {
  await page.evaluate(steady, SHOWN_DAY)
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 78 })
  await session.detach()
  const bytes = Buffer.from(data, 'base64')
  const present = await readFile(pictureFile(name)).catch(() => null)
  if (!present?.equals(bytes)) await writeFile(pictureFile(name), bytes)
}

/** Moves every date on the page by the number of days between today and the day that is shown. */
function steady(shownDay: string) {
  const DAY = 86_400_000
  const shift = Math.floor(Date.parse(shownDay) / DAY) - Math.floor(Date.now() / DAY)
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
  const moved = (whole: string, day: string, month: string, year: string) => {
    const at = Date.UTC(Number(year), months.indexOf(month), Number(day)) + shift * DAY
    const [, d, m, y] = new Date(at).toUTCString().split(' ')
    return whole.length ? `${Number(d)} ${m} ${y}` : whole
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    node.nodeValue = node
      .nodeValue!.replace(/\b(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})\b/g, moved)
      .replace(/(today|\d{4}), \d\d:\d\d/g, '$1, 09:30')
  }
}
