import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeftBehind } from '#exports/left_behind'

const NAME = /^orchestrate-(\d+)-/

let swept: Promise<void> | null = null

/** A folder that only this process uses. Those of killed processes are removed, once. */
export async function temporaryFolder() {
  await (swept ??= sweep())
  return mkdtemp(join(tmpdir(), `orchestrate-${process.pid}-`))
}

/** What cannot be looked through now is left: its failure would be every later folder's. */
async function sweep() {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = Number(NAME.exec(name)?.[1])
    if (!pid || !isLeftBehind(pid)) continue
    // Another user’s folder is left alone: it is theirs to remove.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {})
  }
}
