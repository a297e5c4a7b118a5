/** Why an archive is refused, in words. */
export class ArchiveError extends Error {
  override name = 'ArchiveError'
}
