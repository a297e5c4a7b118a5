import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where the first of these programs is installed; undefined when none is. */
export function program(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
}
