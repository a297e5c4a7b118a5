export type Trouble = 'missing' | 'altered' | 'unreachable'

const MESSAGES: Record<Trouble, string> = {
  missing: 'A stored file is no longer in the store',
  altered: 'A stored file is not the one that was added',
  unreachable: 'The file store is not responding',
}

/** A file that cannot be returned. Nothing else in the product depends on the store. */
export class StoredFileError extends Error {
  constructor(
    readonly trouble: Trouble,
    cause?: unknown
  ) {
    super(MESSAGES[trouble], { cause })
  }
}

const GONE = ['NoSuchKey', 'NotFound', 'ENOENT']

/** What a driver's error means for the file: it is gone, or the store did not return it. */
export function troubleOf(error: any): Trouble {
  const reasons = [error, error?.cause]
  return reasons.some((one) => GONE.includes(one?.name) || GONE.includes(one?.code))
    ? 'missing'
    : 'unreachable'
}
