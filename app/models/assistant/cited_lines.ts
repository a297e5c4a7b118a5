const SOURCES = / \(([^()]+)\)$/

/** One line of a proposed text: its statement, and the refs it relies on. */
type CitedLine = { line: string; refs: string[] }

/** The lines of a text in which each sentence ends with its sources. */
export function citedLines(text: string): CitedLine[] {
  return text.split('\n').map((line) => ({
    line,
    refs: SOURCES.exec(line)?.[1].split(', ') ?? [],
  }))
}

/** The lines all of whose sources are among the links: they still exist, and the reader may see them. */
export function standing(lines: CitedLine[], links: ReadonlyMap<string, string>) {
  return lines.filter(({ refs }) => refs.length > 0 && refs.every((ref) => links.has(ref)))
}
