import { unescaped } from '#tests/support/html'

/** A form as sent by someone who opened it before another person saved. */
export type ComparedForm = {
  action: string
  /** The names of what people type or choose. */
  typed: string[]
  /** What a browser would send, of a version that is not the present one. */
  sentLate: Record<string, string | string[]>
}

/** What a form contains besides what people type. */
const CARRIED = ['base', 'lock_version', 'organisation_id']

/** The forms of a page that distinguish two versions: they carry what they showed. A new record has no version yet. */
export function comparedForms(html: string): ComparedForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)]
    .filter(([, , body]) => /name="base"/.test(body) && !/name="lock_version" value="0"/.test(body))
    .map(([, attributes, body]) => formOf(unescaped(valueOf(attributes, 'action')!), body))
}

/** The names of a page's fields. */
export function namesIn(html: string) {
  return new Set(
    [...html.matchAll(/<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"/g)].map(([, name]) => name)
  )
}

function formOf(action: string, body: string): ComparedForm {
  const fields: Record<string, string | string[]> = {}
  for (const { name, value } of controlsIn(body)) {
    fields[name] = name.endsWith('[]') ? [...(fields[name] ?? []), value] : value
  }
  const typed = Object.keys(fields).filter(
    (name) => !CARRIED.includes(name) && !name.startsWith('_')
  )
  return {
    action,
    typed,
    sentLate: { ...fields, lock_version: String(Number(fields.lock_version) + 1) },
  }
}

/** What a browser would send, with something in each field that must not be empty. */
function controlsIn(body: string) {
  const inputs = [...body.matchAll(/<input\b([^>]*)>/g)].flatMap(([, attributes]) =>
    inputOf(attributes)
  )
  const texts = [...body.matchAll(/<textarea\b([^>]*)>([^]*?)<\/textarea>/g)].map(
    ([, attributes, text]) => ({
      name: valueOf(attributes, 'name')!,
      value: unescaped(text) || 'Words',
    })
  )
  const choices = [...body.matchAll(/<select\b([^>]*)>([^]*?)<\/select>/g)].map(
    ([, attributes, options]) => ({ name: valueOf(attributes, 'name')!, value: chosenIn(options) })
  )
  return [...inputs, ...texts, ...choices]
}

function inputOf(attributes: string) {
  const name = valueOf(attributes, 'name')
  const type = valueOf(attributes, 'type')
  const isLeft = ['checkbox', 'radio'].includes(type ?? '') && !/\bchecked\b/.test(attributes)
  if (!name || isLeft || type === 'file') return []
  const value = unescaped(valueOf(attributes, 'value') ?? '')
  const isEmpty = value === '' && /\brequired\b/.test(attributes)
  return [{ name, value: isEmpty ? (type === 'date' ? '2030-01-01' : 'Words') : value }]
}

function chosenIn(options: string) {
  const [, chosen] =
    /<option\b([^>]*\bselected\b[^>]*)>/.exec(options) ?? /<option\b([^>]*)>/.exec(options)!
  return unescaped(valueOf(chosen, 'value') ?? '')
}

function valueOf(attributes: string, name: string) {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
}
