import vine from '@vinejs/vine'
import type Gate from '#models/gate'
import { optionalDay, version } from '#validators/fields'
import { worded } from '#validators/worded'

/** The dates of these gates, each field named by its gate's number. `shown` is what the form showed. */
export const timetable = (gates: Gate[]) =>
  worded(
    vine.create(
      Object.fromEntries(
        gates.flatMap(({ number }): [string, any][] => [
          [`baseline_on_${number}`, optionalDay()],
          [`forecast_on_${number}`, optionalDay()],
          [`shown_${number}`, vine.string().regex(/^[\d-]{0,10}\/[\d-]{0,10}$/)],
          [`lock_version_${number}`, version()],
        ])
      )
    )
  )
