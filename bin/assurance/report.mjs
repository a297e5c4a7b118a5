import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/paths.mjs'

/** Writes a scanner's findings, without a word about the machine it ran on. */
export function writeReport(
  { name, title },
  { version, command, verdict, head, rows, notes = [] }
) {
  const text = [
    `# ${title}`,
    `Written by \`npm run assurance -- --only=${name}\` on ${today()}; ${version}.`,
    `What it runs: \`${command}\``,
    `**${verdict}**`,
    ...notes,
    table(head, rows),
  ]
  writeFileSync(join(root, 'docs/assurance', `${name}.md`), text.join('\n\n') + '\n')
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n')
}

function cell(value) {
  return String(value).replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function today() {
  return new Date().toISOString().slice(0, 10)
}
