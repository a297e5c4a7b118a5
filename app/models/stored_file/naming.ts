const LONGEST_NAME = 120

/** What a file is called here. Some browsers send a whole path, and a name may hold what no page should show. */
export function fileName(given: string) {
  const last = given.split(/[\\/]/).at(-1)!.toWellFormed()
  return (
    last
      .replace(/[\p{Cc}\p{Cf}"]/gu, '')
      .trim()
      .slice(-LONGEST_NAME)
      .toWellFormed() || 'file'
  )
}
