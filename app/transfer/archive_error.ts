/** Why an archive is not taken, in words for people. */
export class ArchiveError extends Error {
  override name = 'ArchiveError'
}
