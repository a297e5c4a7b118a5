import { FuzzyIndex } from '#imports/vocabulary/fuzzy'
import { HEADERS, type Concept } from '#imports/vocabulary/headers'
import { kindOfWord, type Kind } from '#imports/vocabulary/kinds'
import { splitStage, type Stage } from '#imports/vocabulary/stages'
import { fold, words } from '#imports/vocabulary/text'

/** What a header says a column holds; hint is the text in brackets. */
export type HeaderMatch = {
  concept: Concept
  stage: Stage | null
  kind: Kind | null
  score: number
}

const SYNONYMS = new Map<string, Concept>()
for (const [concept, list] of Object.entries(HEADERS)) {
  for (const word of words(list)) if (!SYNONYMS.has(word)) SYNONYMS.set(word, concept as Concept)
}
const LONG_SYNONYMS = [...SYNONYMS.keys()].filter((word) => word.length >= 5)
const MISSPELT = new FuzzyIndex(LONG_SYNONYMS)

const SCALE_WORDS =
  /( |^)(\d+ (to |bis |a |until )?\d+|\d( \d)+|h m l|l m h|h m or l|vl l m h vh|vh h m l vl|hml|in %|%|rag|r a g|high med low|high medium low|low medium high|dd mm yy(yy)?|mm dd yy(yy)?|yyyy mm dd|tt mm jjjj|jj mm aaaa|dd mmm yy(yy)?|y n|yes no|if any|if known|if applicable|optional|required|mandatory)( |$)/g
const FILLERS = new Set(
  words(
    `of, the, a, an, for, this, item, raid, log, project, entry, item s, s, der, die, das, des, du, de, la, le, les, el, los, del, di, da, do, dos, van, het, d, l, av, af, za, dla, key, date of, please, enter, full, specific`
  )
)
const COMPOUND_KIND =
  /^(risiko|risiken|risico|riski|risk|ryzyko|annahmen?|aanname|antagande|problem|issue|abhangigkeits?|afhankelijkheids?|beroende|entscheidungs?|beschluss|besluit|beslutnings?|beslut|massnahmen)s?(?=\p{L}{4})/u
const SCORED = new Set<Concept>(['likelihood', 'impact', 'score', 'effect', 'severity', 'plan'])

const matches = new Map<string, HeaderMatch | null>()

/** Reads a header cell; `exact` excludes misspellings, for searching many rows. */
export function matchHeader(label: string, exact = false): HeaderMatch | null {
  const cacheKey = `${exact ? 'e' : 'f'}${label}`
  const known = matches.get(cacheKey)
  if (known !== undefined) return known
  const match = label.length > 160 ? null : find(label, exact)
  if (matches.size > 5_000) matches.clear()
  matches.set(cacheKey, match)
  return match
}

function find(label: string, exact: boolean): HeaderMatch | null {
  const forms = formsOf(label)
  for (const form of forms) {
    const match = direct(form)
    if (match) return match
  }
  if (exact) return null
  for (const form of forms) {
    const match = misspelt(form)
    if (match) return match
  }
  const short = abbreviated(label)
  if (short) return short
  for (const form of forms) {
    const match = contained(form)
    if (match) return match
  }
  return null
}

/** The whole label first, then without hints, then line by line and side by side. */
function formsOf(label: string): string[] {
  const bare = label.replace(/[([{][^)\]}]*[)\]}]?/g, ' ')
  const lines = bare.split(/\n/)
  const sides = lines.flatMap((line) => line.split(/[/|:–—]| - /))
  const forms = [label, bare, ...lines.slice(0, 1), ...sides].map(fold)
  const trimmed = forms.map((form) => form.replace(SCALE_WORDS, ' ').replace(/ +/g, ' ').trim())
  const unnumbered = trimmed.map((form) => form.replace(/^\d+ |^[a-z] (?=\p{L}{5})/u, ''))
  return [...new Set([...forms.slice(0, 2), ...trimmed, ...unnumbered])].filter(Boolean)
}

function direct(form: string): HeaderMatch | null {
  const whole = SYNONYMS.get(form)
  if (whole) return { concept: whole, stage: null, kind: null, score: form.length < 2 ? 0.6 : 1 }
  const { rest, kind } = withoutKinds(form)
  const bare = SYNONYMS.get(rest)
  if (bare) return { concept: bare, stage: null, kind, score: 0.95 }
  const staged = withStage(form)
  if (staged) return staged
  if (rest === '' && kind) return { concept: 'title', stage: null, kind, score: 0.8 }
  return null
}

function withStage(form: string): HeaderMatch | null {
  const { stage, rest } = splitStage(form)
  if (!stage) return null
  const { rest: bare, kind } = withoutKinds(rest)
  const concept = SYNONYMS.get(rest) ?? SYNONYMS.get(bare)
  if (!concept && bare === '') return { concept: 'score', stage, kind, score: kind ? 0.8 : 0.6 }
  if (!concept || !SCORED.has(concept)) return null
  return { concept, stage, kind, score: 0.95 }
}

/** Removes record type words and filler: 'risk description' -> 'description'. */
function withoutKinds(form: string): { rest: string; kind: Kind | null } {
  let kind: Kind | null = null
  const kept: string[] = []
  for (const token of form.split(' ')) {
    const named = kindOfWord(token)
    if (named && named !== 'other' && named !== 'people') kind ??= named
    else if (!FILLERS.has(token)) kept.push(token)
  }
  const rest = kept.join(' ')
  const compound = COMPOUND_KIND.exec(rest)
  if (!compound) return { rest, kind }
  return { rest: rest.slice(compound[0].length).trim(), kind: kind ?? kindOfWord(compound[1]) }
}

function misspelt(form: string): HeaderMatch | null {
  const { rest, kind } = withoutKinds(form)
  for (const word of [form, rest]) {
    if (word.length < 5 || word.length > 40) continue
    const close = MISSPELT.nearest(word)
    if (close) return { concept: SYNONYMS.get(close)!, stage: null, kind, score: 0.8 }
  }
  const staged = splitStage(form)
  if (!staged.stage) return null
  const close = staged.rest.length >= 5 ? MISSPELT.nearest(staged.rest) : null
  const concept = close && SYNONYMS.get(close)
  if (!concept || !SCORED.has(concept)) return null
  return { concept, stage: staged.stage, kind, score: 0.75 }
}

/** 'Verantw.': the dot shows that a word is abbreviated. */
function abbreviated(label: string): HeaderMatch | null {
  if (!/^\p{L}{4,}\.$/u.test(label.trim())) return null
  const start = fold(label)
  const whole = LONG_SYNONYMS.find((word) => word.startsWith(start))
  return whole ? { concept: SYNONYMS.get(whole)!, stage: null, kind: null, score: 0.7 } : null
}

/** The longest synonym inside a longer label; the later one when two are equally long. */
function contained(form: string): HeaderMatch | null {
  const tokens = form.split(' ')
  if (tokens.length > 12) return null
  const { stage } = splitStage(form)
  let best: { word: string; length: number } | null = null
  for (let from = 0; from < tokens.length; from++) {
    for (let to = from + 1; to <= tokens.length; to++) {
      const word = tokens.slice(from, to).join(' ')
      if (word.length < 4 || !SYNONYMS.has(word) || FILLERS.has(word)) continue
      if (!best || word.length >= best.length) best = { word, length: word.length }
    }
  }
  if (!best) return suffixed(tokens)
  const concept = SYNONYMS.get(best.word)!
  const score = 0.5 + 0.3 * (best.length / form.length)
  const { kind } = withoutKinds(form)
  return { concept, stage: SCORED.has(concept) ? stage : null, kind, score }
}

/** Compounds written as one word end in what they are: 'Projektverantwortlicher'. */
function suffixed(tokens: string[]): HeaderMatch | null {
  const last = tokens.at(-1)!
  if (last.length < 9) return null
  let best = ''
  for (const word of LONG_SYNONYMS) {
    if (word.length > best.length && word.length >= 6 && last.endsWith(word)) best = word
  }
  if (!best) return null
  return { concept: SYNONYMS.get(best)!, stage: null, kind: null, score: 0.65 }
}
