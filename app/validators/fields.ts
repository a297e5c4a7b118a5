import vine from '@vinejs/vine'
import { CODE, EMAIL, ONE_LINE } from '#validators/patterns'
import { realDate } from '#validators/real_date'
import { asSeen, tidy, unbroken } from '#validators/tidy'

/** Required text, on any number of lines. */
export const words = (most: number) => vine.string().use(tidy()).trim().minLength(1).maxLength(most)

/** One required line, safe in the subject of a mail. */
export const line = (most: number) =>
  vine.string().use(tidy()).use(asSeen()).trim().minLength(1).maxLength(most).regex(ONE_LINE)

/** Required text that is shown on one line, however it was pasted. */
export const title = (most: number) =>
  vine.string().use(tidy()).use(asSeen()).use(unbroken()).trim().minLength(1).maxLength(most)

/** An email address, which documents and mails may surround with what is not seen. */
export const address = () =>
  vine.string().use(tidy()).use(asSeen()).trim().maxLength(250).regex(EMAIL)

/** Optional text. */
export const optionalWords = (most: number) =>
  vine.string().use(tidy()).trim().maxLength(most).nullable().optional()

/** Optional text, with spaces as typed. */
export const optionalText = (most: number) =>
  vine.string().use(tidy()).maxLength(most).nullable().optional()

/** A calendar day. */
export const day = () => vine.string().use(realDate())

/** An optional day. */
export const optionalDay = () => day().nullable().optional()

/** An optional id. */
export const optionalId = () => vine.string().uuid().nullable().optional()

/** The prefix of a project's or programme's refs. */
export const code = () => vine.string().use(asSeen()).trim().toUpperCase().regex(CODE)

/** The database's largest integer. */
const HIGHEST = 2_147_483_647

/** The version of the record that a form was rendered from. */
export const version = () => vine.number().withoutDecimals().positive().max(HIGHEST)

/** The version of a record that need not exist yet: 0 until it does. */
export const versionOrNone = () => vine.number().withoutDecimals().min(0).max(HIGHEST)

/** The keys of a vocabulary. */
export const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]
