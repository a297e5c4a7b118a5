/**
 * An error that a person can act on: printed as its message alone, without a stack trace.
 */
export class Failure extends Error {
  hint = true
}

const WRITING = /^(mkdir|open|write|link|rename|chmod|chown|copyfile|symlink)$/
const FULL = ['ENOSPC', 'EDQUOT']
const REFUSED = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']

/**
 * Prints a failure the way its reader needs it: a sentence, or a stack trace for a defect.
 */
export function report(error) {
  const sentence = error?.hint ? error.message : ofFolder(error)
  console.error(sentence ? `\n${sentence}\n` : error)
}

/** What is wrong with the folder in which this machine keeps the data; null when it is something else. */
function ofFolder({ code, syscall, path } = {}) {
  if (!WRITING.test(syscall ?? '')) return null
  const elsewhere = 'or keep the data elsewhere: ORCHESTRATE_STATE=/another/folder npm start'
  if (FULL.includes(code)) return `The disk is full. Free some space, ${elsewhere}`
  if (!REFUSED.includes(code)) return null
  return `${path} cannot be written (${code}). Let this user write there, ${elsewhere}`
}
