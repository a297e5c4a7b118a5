import type { DateTime } from 'luxon'
import { number } from '#models/numbers'
import type { Problem } from '#models/import/work'

/** Why an import came to nothing, and how to go on. */
export const PROBLEMS: Record<Problem, string> = {
  moved: 'The record is not what the preview showed any more. Check the changes, then import.',
  nothing: 'There is nothing to import yet. Choose what a table becomes.',
  access:
    'Nothing was changed: whoever asked for it may not import into this project any more. Whoever may can do it from here.',
  suspended: 'Nothing was changed: the organisation was suspended before it was done. Try again.',
  fault:
    'Nothing was changed: something went wrong on our side. Try again; if it happens once more, tell us by Feedback.',
}

/** Two at once would wait for each other. */
export const BUSY =
  'Another import is at work in this project. Wait until it has ended, then try again.'

/** A number of changes in words. */
export function changesIn(count: number) {
  return `${number(count)} ${count === 1 ? 'change' : 'changes'}`
}

/** A number of rows in words. */
export function rows(count: number) {
  return `${number(count)} ${count === 1 ? 'row' : 'rows'}`
}

/** A moment for machines; empty where there is none. */
export function isoOf(moment: DateTime | null) {
  return moment?.toISO() ?? ''
}
