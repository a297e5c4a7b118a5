import { timeZones } from '#models/time_zone'
import { themes, type Account, type Profile } from '#models/user/profile'
import { options } from '#registries/terms'

const themeOptions = [{ value: '', label: 'Same as your device' }, ...options(themes)]

/** The state of `pages/account/profile`. */
export function profileState(account: Account & { email: string }) {
  return { account, themeOptions, timeZones }
}

/** The account as it is now, for someone who changed it in two windows at once. */
export function profileInWords({ name, timeZone, theme }: Profile) {
  const zone = timeZone ?? 'no time zone of your own'
  const look = theme ? `the ${themes[theme].toLowerCase()} theme` : 'the same theme as your device'
  return `${name}, ${zone}, ${look}`
}
