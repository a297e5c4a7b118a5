import type { DateTime } from 'luxon'
import { number } from '#models/text/numbers'
import type { Problem } from '#models/import/work'

/** Why an import failed, and how to continue. */
export const PROBLEMS: Record<Problem, string> = {
  moved: 'A record has changed since the preview. Check the changes, then import.',
  nothing: 'There is nothing to import. Choose what at least one table becomes.',
  access:
    'Nothing was changed, because the person who started it can no longer import into this project. Someone who can may try again here.',
  suspended: 'Nothing was changed, because the organisation was suspended. Try again.',
  fault:
    'Nothing was changed, because something went wrong on our side. Try again. If it happens again, send us feedback.',
}

/** Two at once would wait for each other. */
export const BUSY = 'Another import is running in this project. Try again when it has finished.'

/** A number of changes in words. */
export function changesIn(count: number) {
  return `${number(count)} ${count === 1 ? 'change' : 'changes'}`
}

/** A number of rows in words. */
export function rows(count: number) {
  return `${number(count)} ${count === 1 ? 'row' : 'rows'}`
}

/** A moment for machines; empty for none. */
export function isoOf(moment: DateTime | null) {
  return moment?.toISO() ?? ''
}
