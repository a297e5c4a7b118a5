/** What is kept of a browser's report: which rule, and whose content it was. Nothing of the page's address. */
type PolicyViolation = { directive: string; blocked: string }

const DIRECTIVE = /^[a-z-]{1,40}$/
const KEYWORDS = ['inline', 'eval', 'wasm-eval', 'self', 'data', 'blob', 'trusted-types-policy']
const MOST = 5

/**
 * The violations in a report, at most five. Reads both formats that browsers send: `csp-report` (CSP level 2) and the
 * Reporting API's list. Anything else is dropped: anyone can send anything.
 */
export function violationsOf(body: unknown): PolicyViolation[] {
  return reportsOf(body)
    .slice(0, MOST)
    .map((report) => ({
      directive: directiveOf(
        report['effective-directive'] ?? report['violated-directive'] ?? report.effectiveDirective
      ),
      blocked: originOf(report['blocked-uri'] ?? report.blockedURL),
    }))
    .filter(({ directive }) => directive !== '')
}

function reportsOf(body: unknown): Record<string, unknown>[] {
  const reports = Array.isArray(body) ? body.map((entry) => entry?.body) : [part(body)]
  return reports.filter((report) => report && typeof report === 'object')
}

function part(body: unknown) {
  return (body as Record<string, any> | null)?.['csp-report']
}

function directiveOf(value: unknown) {
  const [name = ''] = String(value ?? '').split(' ')
  return DIRECTIVE.test(name) ? name : ''
}

function originOf(value: unknown) {
  const text = String(value ?? '')
  if (KEYWORDS.includes(text)) return text
  if (!URL.canParse(text)) return 'unknown'
  const { protocol, host } = new URL(text)
  return `${protocol}//${host}`.slice(0, 100)
}
