/// <reference lib="dom" />
import type { CheckedFile } from '#audit/listed_files'
import { element, list } from '#audit/offline/elements'
import type { Report } from '#audit/report'

const STATES: Record<CheckedFile['state'], string> = {
  match: '✓ matches',
  differs: '✗ differs',
  missing: '✗ is missing',
}

/** Every file of a list, and whether it is the one that was exported. */
export function fileTable(checked: CheckedFile[]) {
  const rows = checked.map(({ path, size, sha256, state }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, path),
      element('td', { class: state === 'match' ? 'good' : 'bad' }, STATES[state]),
      element('td', { class: 'number' }, size.toLocaleString('en-GB')),
      element('td', {}, element('code', {}, sha256))
    )
  )
  const heads = ['File', 'Result', 'Bytes', 'SHA-256'].map((head) =>
    element('th', { scope: 'col' }, head)
  )
  const table = element(
    'table',
    {},
    element('caption', {}, 'Every file that was exported'),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows)
  )
  return section(
    'Files',
    element(
      'div',
      { 'class': 'scroll', 'tabindex': '0', 'role': 'group', 'aria-label': 'Files' },
      table
    )
  )
}

/** A heading with what belongs to it. */
export function section(title: string, content: Node | string) {
  const body = typeof content === 'string' ? element('p', {}, content) : content
  return element('section', {}, element('h2', {}, title), body)
}

type Verdict = {
  /** The outcome in one word. */
  what: string
  /** How many things do not match; `problems` may name only the first of them. */
  count: number
  problems: string[]
  /** How many of its events no seal covers; the rest of it then means nothing. */
  unsealed?: number
  /** What it is of. */
  whose: string
  areSignaturesChecked: boolean
}

/** Whether it is what was sealed, for people who read no further. */
export function verdictSection(found: Verdict) {
  const { what, problems, unsealed = 0, whose } = found
  const isGood = problems.length === 0 && unsealed === 0
  const verdict = isGood ? `✓ ${confirmation(found)}` : `✗ ${refutation(found)}`
  return element(
    'section',
    { 'class': `verdict ${isGood ? 'good' : 'bad'}`, 'aria-labelledby': 'verdict' },
    element('h2', { id: 'verdict' }, verdict),
    element('p', {}, whose),
    ...(problems.length > 0 ? [list(problems)] : []),
    ...(unsealed > 0 ? [element('p', {}, unsealedLine(what, unsealed))] : [])
  )
}

function confirmation({ what, areSignaturesChecked }: Verdict) {
  const said = areSignaturesChecked ? '' : ', as far as it can be told without public keys'
  return `This is the ${what} that was sealed${said}`
}

function refutation({ what, count, problems }: Verdict) {
  if (problems.length === 0) return `This ${what} is not sealed yet`
  const many = count === 1 ? 'one thing does' : `${count} things do`
  return `This is not the ${what} that was sealed: ${many} not match`
}

function unsealedLine(what: string, unsealed: number) {
  return `No seal covers ${unsealed} of its events, so that anybody could have written them. Export the ${what} again.`
}

/** Where the trail ends, according to its last seal. */
export function lastSealLine({ lastSeal }: Report) {
  if (!lastSeal) return 'Its first seal is still to come.'
  return `Its last seal, made ${moment(lastSeal.sealedAt)}, is ${lastSeal.number}:${lastSeal.hash}.`
}

/** A moment as the records keep it, in UTC. */
export function moment(at: string) {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
