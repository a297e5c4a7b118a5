/** Colours on paper and slides: those of the light theme. */
export const palette = {
  ink: '#191f20',
  quiet: '#5f6767',
  line: '#cfccc1',
  accent: '#0b5a5e',
  late: '#981b2c',
  paper: '#ffffff',
  sunken: '#f5f4ef',
}

type Tone = { fill: string; ink: string }

const tones: Record<string, Tone> = {
  green: { fill: '#3f7d58', ink: '#ffffff' },
  amber: { fill: '#e9c754', ink: '#2b2000' },
  red: { fill: '#a4202f', ink: '#ffffff' },
  none: { fill: '#f5f4ef', ink: '#5f6767' },
}

/** How a rating looks; its letter says the same without colour. */
export function toneOf(tone: string): Tone {
  return tones[tone] ?? tones.none
}

const marks: Record<string, string> = {
  'chart__rag-red': tones.red.fill,
  'chart__rag-amber': tones.amber.fill,
  'chart__rag-green': tones.green.fill,
  'chart__rag-not_rated': '#dcdad2',
  'chart__rag-undeclared': '#eeece6',
  'chart__promised': palette.paper,
  'chart__held': palette.quiet,
  'chart__expected': palette.accent,
  'chart__expected chart__expected--late': palette.late,
  'chart__slip chart__slip--late': palette.late,
}

/** The colour of a chart's mark by its class on the page. */
export function markColour(name: string) {
  return marks[name] ?? palette.quiet
}

const bars: Record<string, string> = {
  'Red': tones.red.fill,
  'Amber': tones.amber.fill,
  'Green': tones.green.fill,
  'Not rated': '#8f9696',
}

/** The colour of a bar on a slide by what it counts: bars are on white, without a letter. */
export function barColour(name: string) {
  return bars[name] ?? palette.line
}
