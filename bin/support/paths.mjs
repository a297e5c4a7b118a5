import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The repository's folder, with links resolved so that one folder has one name. */
export const root = realpathSync(fileURLToPath(new URL('../..', import.meta.url)))
