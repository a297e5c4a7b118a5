import { categoryLabels } from '#models/raid/categories'
import type { Part } from '#models/health/enumerations'
import type { Weighed } from '#models/health/facts/figures'
import { counted, type HealthRule } from '#models/health/rules/rule'

/**
 * Threats and issues of one category as signs of one dimension. Having none that is high proves nothing, so these rules
 * never say green.
 */
export function categoryRules(dimension: Part, category: string): HealthRule[] {
  return [
    {
      key: `risks_${category}`,
      dimension,
      label: `Open threats of the category ${category.replaceAll('_', ' ')}: amber when one is high, red when one is severe`,
      find: ({ categories, projectId }) =>
        found(categories.find((one) => one.category === category)?.risks, {
          nouns: [
            `risk of the category “${labelOf(category)}” is`,
            `risks of the category “${labelOf(category)}” are`,
          ],
          worst: 'severe',
          href: `/projects/${projectId}/raid?type=risk&nature=threat&state=open&category=${category}`,
        }),
    },
    {
      key: `issues_${category}`,
      dimension,
      label: `Open issues that came of such a risk: amber when one is of high priority, red when one is critical`,
      find: ({ categories, projectId }) =>
        found(categories.find((one) => one.category === category)?.issues, {
          nouns: [
            `issue from a risk of the category “${labelOf(category)}” is`,
            `issues from risks of the category “${labelOf(category)}” are`,
          ],
          worst: 'critical',
          href: `/projects/${projectId}/raid?type=issue&state=open`,
        }),
    },
  ]
}

type Telling = { nouns: [one: string, many: string]; worst: string; href: string }

function found(weighed: Weighed | undefined, { nouns, worst, href }: Telling) {
  if (!weighed || weighed.high === 0) return null
  const { high, severe } = weighed
  if (severe === 0)
    return { rating: 'amber' as const, text: `${counted(high, ...nouns)} high.`, href }
  const others = high > severe ? `, and ${high - severe} more high` : ''
  const text = `${counted(severe, ...nouns)} ${worst}${others}.`
  return { rating: 'red' as const, text, href }
}

function labelOf(category: string) {
  return categoryLabels()[category] ?? category
}
