import { LEVELS } from '#models/raid/scoring'
import type { Field } from '#models/raid/fields'
import type RaidScoring from '#models/raid_scoring'
import { plainMapState } from '#pages/raid/heat_map_page'
import type { SettingsPage } from '#pages/settings/settings_page'

const sides = { likelihood: 'Likelihood', impact: 'Impact' } as const
type Side = keyof typeof sides
const SIDES = Object.keys(sides) as Side[]

const line = (key: string, label: string): Field => ({ key, label, kind: 'line' })

/** The organisation's bands, appetite and steps. A step's name and meaning are separate fields. */
export const scoringSettings: SettingsPage<RaidScoring> = {
  section: 'scoring',
  type: 'raid_scoring',
  fields: [
    line('medium_from', 'Medium from'),
    line('high_from', 'High from'),
    line('severe_from', 'Severe from'),
    line('appetite', 'Appetite'),
    ...SIDES.flatMap((side) =>
      LEVELS.flatMap((level) => [
        line(`${side}_label_${level}`, `${sides[side]} ${level}, name`),
        line(`${side}_meaning_${level}`, `${sides[side]} ${level}, meaning`),
      ])
    ),
  ],
  values: (row) => ({
    medium_from: row.mediumFrom,
    high_from: row.highFrom,
    severe_from: row.severeFrom,
    appetite: row.appetite,
    ...Object.fromEntries(
      SIDES.flatMap((side) =>
        LEVELS.flatMap((level) => [
          [`${side}_label_${level}`, row[`${side}Labels`][level - 1]],
          [`${side}_meaning_${level}`, row[`${side}Meanings`][level - 1]],
        ])
      )
    ),
  }),
}

/** The validated fields of the form as the columns of the row. */
export function scoringAttributes(fields: Record<string, any>): Partial<RaidScoring> {
  const five = (side: Side, part: 'label' | 'meaning') =>
    LEVELS.map((level): string => fields[`${side}_${part}_${level}`] ?? '')
  return {
    mediumFrom: fields.medium_from,
    highFrom: fields.high_from,
    severeFrom: fields.severe_from,
    appetite: fields.appetite,
    likelihoodLabels: five('likelihood', 'label'),
    likelihoodMeanings: five('likelihood', 'meaning'),
    impactLabels: five('impact', 'label'),
    impactMeanings: five('impact', 'meaning'),
  }
}

/** What the page shows besides its form: the matrix that the saved values make. */
export function scoringPreview(row: RaidScoring) {
  return {
    map: plainMapState(row.scoring),
    appetite:
      row.appetite === 25
        ? 'Every risk is within the appetite.'
        : `Only the sponsor can accept threats scored above ${row.appetite}.`,
    sides: SIDES.map((side) => ({
      key: side,
      label: sides[side],
      levels: LEVELS,
      stops: LEVELS.map((level) => ({
        label: `${level} ${row[`${side}Labels`][level - 1]}`,
        value: row[`${side}Meanings`][level - 1],
        none: 'Not explained',
      })),
    })),
  }
}

/** The organisation's meanings of the steps, for people who score; a side without any is left out. */
export function stopMeanings(row: RaidScoring) {
  return scoringPreview(row)
    .sides.map(({ label, stops }) => ({ label, stops: stops.filter(({ value }) => value) }))
    .filter(({ stops }) => stops.length > 0)
}
