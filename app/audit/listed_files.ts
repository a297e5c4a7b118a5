/** The files of an export, wherever they are read from. */
export interface ExportedFiles {
  /** Every file that is there. */
  paths(): Promise<string[]>
  /** SHA-256 in hexadecimal; null where there is no such file. */
  hash(path: string): Promise<string | null>
  text(path: string): Promise<string>
  lines(path: string): AsyncIterable<string>
}

/** A file of the list and whether it is the one that was exported. */
export type CheckedFile = {
  path: string
  size: number
  sha256: string
  state: 'match' | 'differs' | 'missing'
}

type Listed = { path: string; size: number; sha256: string }

/** Checks each file that an export lists against its hash. */
export async function checkListed(source: ExportedFiles, listed: Listed[]): Promise<CheckedFile[]> {
  const checked: CheckedFile[] = []
  for (const { path, size, sha256 } of listed) {
    const found = await source.hash(path)
    const state = found === sha256 ? 'match' : found === null ? 'missing' : 'differs'
    checked.push({ path, size, sha256, state })
  }
  return checked
}

/** The message for files that do not have the listed hash. */
export function notAsExported(files: CheckedFile[]) {
  const wrong = files.filter(({ state }) => state !== 'match')
  return wrong.map(({ path, state }) =>
    state === 'missing' ? `${path} is missing` : `${path} is not the file that was exported`
  )
}
