let given = 0

/** A code for a project or programme, unique in these tests. */
export function newCode() {
  return `N${String(++given).padStart(6, '0')}`
}
