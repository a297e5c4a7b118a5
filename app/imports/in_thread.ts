import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { MB } from '#imports/limits'

const LOOK_EVERY = 25

type Limits = {
  milliseconds: number
  /** The limit on the thread's heap. */
  heap: number
  /** The memory it may add to the process, which holds much besides the thread's heap. */
  added?: number
  /** Node options for the thread; the process's own unless given. */
  execArgv?: string[]
  /** What is thrown when a limit is exceeded. */
  refusal: (code: 'too_slow' | 'bomb') => Error
}

/**
 * Runs a file in a thread of its own and returns its answer. The thread ends with its answer, at a limit, or with an
 * error. The file posts one message, and sees no settings.
 */
export async function inThread<Answer>(file: URL, order: unknown, limits: Limits): Promise<Answer> {
  const worker = new Worker(file, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: limits.heap / MB },
    execArgv: limits.execArgv,
    env: {},
    stdout: true,
    stderr: true,
  })
  try {
    return await answerOf<Answer>(worker, limits)
  } finally {
    await worker.terminate()
  }
}

/** A file beside another, with the same extension once both are compiled. */
export function fileBeside(url: string, name: string) {
  return new URL(`./${name}${extname(url)}`, url)
}

/** A copy of the bytes: a pooled buffer would be copied with all its neighbours. */
export function bytesAlone(bytes: Uint8Array) {
  return new Uint8Array(bytes)
}

function answerOf<Answer>(worker: Worker, { milliseconds, added, refusal }: Limits) {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const late = setTimeout(() => reject(refusal('too_slow')), milliseconds)
  const look = added && watch(added, () => reject(refusal('bomb')))
  worker.once('message', resolve)
  worker.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refusal('bomb') : error)
  )
  worker.once('exit', (code) => reject(new Error(`A thread ended without an answer, by ${code}`)))
  return promise.finally(() => {
    clearTimeout(late)
    clearInterval(look)
  })
}

function watch(added: number, refuse: () => void) {
  const before = process.memoryUsage.rss()
  return setInterval(() => {
    if (process.memoryUsage.rss() - before > added) refuse()
  }, LOOK_EVERY)
}
