import { ImportError } from '#imports/import_error'
import { readJiraIssues } from '#imports/xml/jira_issues'
import { readProjectPlan } from '#imports/xml/project_plan'
import { readTree } from '#imports/xml/tree'
import type { Workbook } from '#imports/workbook/workbook'

/** True of text that is XML and not a web page. */
export function looksLikeXml(text: string) {
  const start = text.slice(0, 2_000).trimStart()
  return /^<(\?xml|rss|([\w-]+:)?Project)[\s>]/.test(start) && !/<(html|table)[\s>]/i.test(start)
}

/** Reads a plan of Microsoft Project or issues of Jira; refuses any other XML, naming it. Throws ImportError. */
export function readXml(text: string, fileName: string): Workbook {
  if (/<!(doctype|entity)/i.test(text.slice(0, 10_000))) throw new ImportError('unsafe_xml')
  const root = readTree(text)
  const workbook = readerOf(root.name)?.(root, fileName)
  if (!workbook) throw new ImportError('xml')
  if (workbook.sheets[0].rows.length < 2) throw new ImportError('empty')
  return workbook
}

function readerOf(root: string) {
  if (root === 'Project') return readProjectPlan
  return root === 'rss' ? readJiraIssues : null
}
