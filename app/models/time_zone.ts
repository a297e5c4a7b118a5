import Tenancy from '#tenancy/tenancy'

/** Places whose names today differ from the runtime's own list. */
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** Every zone that can be chosen, such as Europe/London. */
export const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name),
].sort()

const byText = new Map<string, string>()
for (const zone of timeZones) addCity(zone)
for (const zone of timeZones) byText.set(fold(zone), zone)
for (const [former, zone] of Object.entries(RENAMED)) byText.set(fold(former), zone)

/** The zone that a text names, by its whole name or by a city that only one zone has; null for none. */
export function timeZoneNamed(text: string): string | null {
  return byText.get(fold(text)) || null
}

/** The time zone in which this reader sees moments. */
export function readersZone() {
  return Tenancy.timeZone
}

function addCity(zone: string) {
  const city = fold(zone.slice(zone.lastIndexOf('/') + 1))
  byText.set(city, byText.has(city) ? '' : zone)
}

function fold(text: string) {
  return text.trim().toLowerCase().replaceAll(/\s+/g, '_')
}
