import string from '@adonisjs/core/helpers/string'
import type { controller } from '#config/privacy'
import { addressed, type PolicyDocument } from '#registries/policy'

/** The authority that people can complain to, as the policy names it. */
const AUTHORITY = { 'ico.org.uk': 'https://ico.org.uk' }

/** A policy as its page shows it: the published text, with links to the people and offices it names. */
export function policyState(document: PolicyDocument, named: typeof controller) {
  const { email } = named
  const { sections, ...policy } = addressed(document, named)
  const hrefs: Record<string, string> = { ...AUTHORITY, [email]: `mailto:${email}` }
  return {
    ...policy,
    sections: sections.map(({ paragraphs, ...section }) => ({
      ...section,
      paragraphsHtml: paragraphs.map((text) => linked(text, hrefs)),
    })),
  }
}

function linked(text: string, hrefs: Record<string, string>) {
  const names = Object.keys(hrefs).map((name) => RegExp.escape(name))
  const parts = text.split(new RegExp(`(${names.join('|')})`)).map((part) => {
    const words = string.escapeHTML(part)
    return hrefs[part] ? `<a href="${string.escapeHTML(hrefs[part])}">${words}</a>` : words
  })
  return parts.join('')
}
