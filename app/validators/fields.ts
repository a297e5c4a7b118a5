import vine from '@vinejs/vine'
import { CODE, ONE_LINE } from '#validators/patterns'
import { realDate } from '#validators/real_date'
import { asSeen, tidy } from '#validators/tidy'

/** Words that have to be there, in as many lines as it takes. */
export const words = (most: number) => vine.string().use(tidy()).trim().minLength(1).maxLength(most)

/** One line that has to be there, as it may stand in the subject of a mail. */
export const line = (most: number) =>
  vine.string().use(tidy()).use(asSeen()).trim().minLength(1).maxLength(most).regex(ONE_LINE)

/** Words that may be left out. */
export const optionalWords = (most: number) =>
  vine.string().use(tidy()).trim().maxLength(most).nullable().optional()

/** Text that may be left out, with the space around it as it was typed. */
export const optionalText = (most: number) =>
  vine.string().use(tidy()).maxLength(most).nullable().optional()

/** A calendar day. */
export const day = () => vine.string().use(realDate())

/** A day that may be left out. */
export const optionalDay = () => day().nullable().optional()

/** An id that may be left out. */
export const optionalId = () => vine.string().uuid().nullable().optional()

/** What the refs of a project or programme begin with. */
export const code = () => vine.string().trim().toUpperCase().regex(CODE)

/** As far as the database counts. */
const HIGHEST = 2_147_483_647

/** The version of the record that a form was rendered from. */
export const version = () => vine.number().withoutDecimals().positive().max(HIGHEST)

/** The version of a record that need not exist yet: 0 while it does not. */
export const versionOrNone = () => vine.number().withoutDecimals().min(0).max(HIGHEST)

/** The keys of a vocabulary. */
export const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]
