import { plainText } from '#imports/xml/html_text'
import { listSheet, type Line } from '#imports/xml/list_sheet'
import type { Element } from '#imports/xml/tree'
import type { Workbook } from '#imports/workbook/workbook'

/** The issues of a search that Jira exported as XML, an RSS 0.92 channel, under the headings of its CSV. */
export function readJiraIssues(root: Element, fileName: string): Workbook {
  const channel = root.child('channel')
  const items = channel?.all('item') ?? []
  const total = Number(channel?.child('issue')?.attributes.total)
  const isCut = total > items.length
  return {
    fileName,
    format: 'xml',
    sheets: [listSheet('Issues', items.map(lineOf))],
    warnings: isCut
      ? [`The file holds ${items.length} of the ${total} issues that were found.`]
      : [],
  }
}

function lineOf(item: Element): Line {
  const values: Line['values'] = {
    'Summary': item.of('summary') || item.of('title').replace(/^\[[^\]]*\]\s*/, ''),
    'Issue key': item.of('key'),
    'Issue Type': item.of('type'),
    'Status': item.of('status'),
    'Priority': item.of('priority'),
    'Resolution': unless(item.of('resolution'), /^unresolved$/i),
    'Assignee': unless(item.of('assignee'), /^unassigned$/i),
    'Reporter': item.of('reporter'),
    'Created': day(item.of('created')),
    'Updated': day(item.of('updated')),
    'Due Date': day(item.of('due')),
    'Resolved': day(item.of('resolved')),
    'Parent id': item.of('parent'),
    'Description': plainText(item.of('description')),
    'Environment': plainText(item.of('environment')),
    'Component/s': list(item.all('component')),
    'Fix versions': list(item.all('fixVersion')),
    'Labels': list(item.child('labels')?.all('label') ?? []),
    'Linked issues': links(item),
    'Attachments': names(item.child('attachments')?.all('attachment') ?? []),
    'Comments': comments(item),
  }
  for (const field of item.child('customfields')?.all('customfield') ?? []) {
    const held = field.child('customfieldvalues')?.children ?? []
    const value = list(held.map((one) => ({ text: plainText(one.text) })))
    values[`Custom field (${field.of('customfieldname')})`] = value
  }
  return { values }
}

function list(elements: { text: string }[]) {
  return elements
    .map(({ text }) => text.trim())
    .filter(Boolean)
    .join(', ')
}

function names(elements: Element[]) {
  return list(elements.map(({ attributes }) => ({ text: attributes.name ?? '' })))
}

function comments(item: Element) {
  const written = item.child('comments')?.all('comment') ?? []
  return written
    .map(({ attributes, text }) => {
      const by = [attributes.author, day(attributes.created ?? '')].filter(Boolean).join(', ')
      return `${by}: ${plainText(text)}`
    })
    .join('\n\n')
}

/** Such as `blocks HRB-42`. */
function links(item: Element) {
  const types = item.child('issuelinks')?.all('issuelinktype') ?? []
  const found = types.flatMap((type) =>
    type.children.flatMap((side) =>
      side.all('issuelink').map((link) => {
        return `${side.attributes.description ?? type.of('name')} ${link.of('issuekey')}`
      })
    )
  )
  return found.join(', ')
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The date in `Mon, 2 Mar 2026 09:14:00 +0100`, as written there. */
function day(text: string) {
  const [, date, name, year] = /(\d{1,2}) (\p{L}{3})\p{L}* (\d{4})/u.exec(text) ?? []
  const month = MONTHS.indexOf(name?.toLowerCase()) + 1
  if (!date || month === 0) return /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? text
  return [year, String(month).padStart(2, '0'), date.padStart(2, '0')].join('-')
}

function unless(text: string, nothing: RegExp) {
  return nothing.test(text) ? undefined : text
}
