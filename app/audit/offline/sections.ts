/// <reference lib="dom" />
import type { CheckedFile } from '#audit/listed_files'
import { element } from '#audit/offline/elements'

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

/** A moment as the records keep it, in UTC. */
export function moment(at: string) {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
