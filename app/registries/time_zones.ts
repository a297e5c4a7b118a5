/** The time zones that people choose from, by their names in the IANA database. */
export const timeZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')]

/** The same as choices: the name as people read it, `Europe/Isle of Man`. */
export const timeZoneOptions = timeZones.map((value) => ({
  value,
  label: value.replaceAll('_', ' '),
}))
