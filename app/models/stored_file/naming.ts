const LONGEST_NAME = 120

/** Some scripts need characters that join and separate letters. */
const UNFIT = /(?![\u200c\u200d])[\p{Cc}\p{Cf}"]/gu

/** The rest of a letter that was cut. */
const HALF = /^[\p{M}\u200c\u200d\ufffd]+/u

/** The name of a file here. Some browsers send a whole path, and a name may contain what no page should show. */
export function fileName(given: string) {
  const last = given.split(/[\\/]/).at(-1)!.toWellFormed()
  return (
    last.replace(UNFIT, '').trim().slice(-LONGEST_NAME).toWellFormed().replace(HALF, '') || 'file'
  )
}
