import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { MB } from '#imports/limits'

const LOOK_EVERY = 25

type Limits = {
  milliseconds: number
  /** Of the thread's heap. */
  heap: number
  /** What it may add to the process, in which much stands beside the heap of the thread. */
  added?: number
  /** Options of Node for the thread; those of the process unless named. */
  execArgv?: string[]
  /** What is thrown where a limit is passed. */
  refusal: (code: 'too_slow' | 'bomb') => Error
}

/**
 * What a file answers to an order in a thread of its own, which ends with its answer, at a limit, or with what it throws.
 * The file posts one message, and sees no settings.
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

/** A file beside another one, which has the same ending once both are compiled. */
export function fileBeside(url: string, name: string) {
  return new URL(`./${name}${extname(url)}`, url)
}

/** Bytes of their own: what lies in a pool would be copied with all its neighbours. */
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
