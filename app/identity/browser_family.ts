/** In this order: browsers call themselves by the names of those that they are like. */
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
 * The family of browser and system that a User-Agent header tells, such as `Firefox on Linux`: enough to
 * know one's own devices apart. Versions and models, which would tell people apart, are dropped.
 */
export function browserFamily(userAgent: string | undefined) {
  const browser = named(BROWSERS, userAgent) ?? 'Another browser'
  const system = named(SYSTEMS, userAgent)
  return system ? `${browser} on ${system}` : browser
}

function named(known: [RegExp, string][], userAgent = '') {
  return known.find(([pattern]) => pattern.test(userAgent))?.[1]
}
