const LONGEST = 300
/** For an error that quotes a whole text: far more than is shown, and short enough for the patterns below. */
const MOST_READ = 3_000
const SHORTEST_WORD = 3
const SQL = /^\s*(?:select|insert|update|delete|with|begin|commit|rollback|set)\b/i
const VERB = /^\s*(\w+)/
const TABLE = /\b(?:into|update|from)\s+"?([a-z_.]+)"?/i
const PROPERTY = /\((?:reading|setting) '[\w$]+'\)/g

/** In this order: whole addresses and quotations are removed before their parts are looked at. */
const TRACES_OF_PEOPLE: [RegExp, string][] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[address]'],
  [/[^\s<>"'(),;:=]+@[^\s<>"'(),;:]+/g, '[email]'],
  [/"[^"]*"?|“[^”]*”?|`[^`]*`?|«[^»]*»?/g, '[quoted]'],
  [/(?<![\p{L}\p{N}])'[^']*'?/gu, '[quoted]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[ip]'],
  [/(?<![\w-])(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*/gi, '[ip]'],
  [/(?<![\w-])(?![0-9a-f]{8}-[0-9a-f]{4}-)[\w-]{24,}(?![\w-])/g, '[secret]'],
  [/(?<![\w-])(?![0-9a-f]{8}-[0-9a-f]{4}-)\+?\d[\d ()-]{6,}\d/g, '[number]'],
]

/**
 * The message of an error without what it may quote about people: quotations, addresses, numbers, and the words of
 * `known`, which the failed request is known to have carried. SQL is cut off, since the stack shows where it is. At
 * most 300 characters.
 */
export function scrubbedText(text: string, known: Iterable<string> = []) {
  const properties = text.match(PROPERTY) ?? []
  const rid = TRACES_OF_PEOPLE.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    withoutWords(beginning(withoutSql(text)).replace(PROPERTY, ''), known)
  )
  return [rid.trim(), ...properties].join(' ').slice(0, LONGEST)
}

/** Lucid's errors begin with the statement: `insert into … - duplicate key …`. */
function withoutSql(text: string) {
  if (!SQL.test(text)) return text
  const end = text.lastIndexOf(' - ')
  const [, verb] = text.match(VERB) ?? []
  const [, table] = text.match(TABLE) ?? []
  const kind = ['sql', verb?.toLowerCase(), table].filter(Boolean).join(' ')
  return `[${kind}]${end < 0 ? '' : ` ${text.slice(end + 3)}`}`
}

/** Cut between words, so that no part of one remains that the whole would have been recognised by. */
function beginning(text: string) {
  return text.length > MOST_READ
    ? text.slice(0, Math.max(0, text.lastIndexOf(' ', MOST_READ)))
    : text
}

function withoutWords(text: string, known: Iterable<string>) {
  let rest = text
  for (const word of longestFirst(known)) rest = rest.replaceAll(word, '[value]')
  return rest
}

/** Longer words first: a word inside another would leave the rest of it behind. */
function longestFirst(words: Iterable<string>) {
  return [...new Set(words)]
    .filter((word) => word.trim().length >= SHORTEST_WORD)
    .sort((one, other) => other.length - one.length)
}
