let given = 0

/** A code for a project or programme that nothing else in these tests has. */
export function newCode() {
  return `N${String(++given).padStart(6, '0')}`
}
