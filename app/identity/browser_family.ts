/** In this order, because browsers also name the ones they resemble. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: [RegExp, string][] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac ?OS ?X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/**
 * The browser and system in a User-Agent header, such as `Firefox on Linux`: enough for people to recognise their own
 * devices. Versions and models, which could identify people, are dropped.
 */
export function browserFamily(userAgent: string | undefined) {
  const browser = named(BROWSERS, userAgent) ?? 'Another browser'
  const system = named(SYSTEMS, userAgent)
  return system ? `${browser} on ${system}` : browser
}

function named(known: [RegExp, string][], userAgent = '') {
  return known.find(([pattern]) => pattern.test(userAgent))?.[1]
}
