import type { Readable } from 'node:stream'
import { Command } from '#commands/_command'

const TOLD_EVERY = 1000

/** A command that writes an archive to a new file. */
export abstract class ExportCommand extends Command {
  #toldAt = Date.now()

  /** Reports progress, at most once a second: a small export is silent. */
  protected tell(line: string) {
    if (Date.now() - this.#toldAt < TOLD_EVERY) return
    this.#toldAt = Date.now()
    process.stderr.write(`${line}\n`)
  }

  /** The name of the file unless one was given. */
  protected dated(name: string) {
    return `${name}-${new Date().toISOString().slice(0, 10)}.zip`
  }

  /** Returns whether the file was written completely; says why not, and what an earlier run had left. */
  protected async write(path: string, content: () => Promise<Readable>) {
    const { writeNewFile } = await import('#exports/new_file')
    const { problem, removed } = await writeNewFile(path, content)
    if (removed > 0) this.logger.warning('Removed what an earlier run had left unfinished')
    if (problem) this.refuse(problem)
    return problem === null
  }
}
