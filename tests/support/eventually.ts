import { setTimeout as pause } from 'node:timers/promises'

const LONGEST = 30_000

/** Waits until something that happens on its own is true, such as what follows a commit. Throws after half a minute. */
export async function eventually(isSo: () => Promise<boolean>) {
  for (const begun = Date.now(); Date.now() - begun < LONGEST;) {
    if (await isSo()) return
    await pause(15)
  }
  throw new Error('It did not come to be so')
}
