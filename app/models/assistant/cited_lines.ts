const SOURCES = / \(([^()]+)\)$/

/** One line of a proposed text: what it says, and the refs of what it rests on. */
type CitedLine = { line: string; refs: string[] }

/** The lines of a text in which each sentence names its sources behind it. */
export function citedLines(text: string): CitedLine[] {
  return text.split('\n').map((line) => ({
    line,
    refs: SOURCES.exec(line)?.[1].split(', ') ?? [],
  }))
}

/** Those of the lines all of whose sources are among the links: still there, and to be seen by the reader. */
export function standing(lines: CitedLine[], links: ReadonlyMap<string, string>) {
  return lines.filter(({ refs }) => refs.length > 0 && refs.every((ref) => links.has(ref)))
}
