import type { Edge } from 'edge.js'

/** `out += "…";`, as Edge writes text in a template. */
const TEXT = /^(\w+) \+= "((?:[^"\\]|\\.)*)";$/

/** Templates of mails are left as written, and so is anything inside a `<pre>`. */
const KEPT = /(?:^|\/)(?:emails|exports)\/|<pre|<textarea/

/**
 * Has Edge print what is between two values in one piece, and without the templates' indentation. Otherwise each line
 * and its end are separate pieces: a list of 25 rows has thousands, a quarter of them blanks. Installed at boot.
 */
export function installLeanOutput(edge: Edge) {
  edge.processor.process('compiled', ({ compiled, path }) =>
    lean(compiled, keepsIndentation(path, compiled))
  )
}

function keepsIndentation(path: string, compiled: string) {
  return KEPT.test(path) || KEPT.test(compiled.replaceAll('\\u003C', '<'))
}

function lean(compiled: string, isIndented: boolean) {
  const lines: string[] = []
  const pieces: { variable: string; text: string }[] = []
  const close = () => {
    if (pieces.length === 0) return
    const text = pieces.map((piece) => piece.text).join('')
    lines.push(`${pieces[0].variable} += "${isIndented ? text : unindented(text)}";`)
    pieces.length = 0
  }
  for (const line of compiled.split('\n')) {
    const [, variable, text] = TEXT.exec(line) ?? []
    if (variable !== pieces[0]?.variable) close()
    if (variable) pieces.push({ variable, text })
    else lines.push(line)
  }
  close()
  return lines.join('\n')
}

/** A line end with blanks around it means no more than the line end. */
function unindented(text: string) {
  return text.replace(/\\\\| *(?:\\n *)+/g, (found) => (found === '\\\\' ? found : '\\n'))
}
