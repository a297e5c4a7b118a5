import type { Tool } from '@anthropic-ai/sdk/resources/messages'
import vine from '@vinejs/vine'
import { words } from '#assistant/kinds/cited'
import { givenTo } from '#assistant/kinds/given'
import type { Proposed } from '#assistant/kinds/kind'
import type { ToolUse } from '#assistant/reply'
import type { ProposalContent } from '#models/ai_proposal'
import { types, type RaidType } from '#models/raid/enumerations'

export const MOST_ENTRIES = 20

const TEXTS = ['description', 'cause', 'event', 'effect', 'response_plan', 'rationale'] as const
const LEVELS = [
  'current_likelihood',
  'current_impact',
  'severity',
  'urgency',
  'impact_if_false',
] as const

/** Which of the fields an entry of each type has. */
const fieldsOf: Record<RaidType, string[]> = {
  risk: ['cause', 'event', 'effect', 'response_plan', 'current_likelihood', 'current_impact'],
  assumption: ['impact_if_false'],
  issue: ['severity', 'urgency'],
  dependency: [],
  decision: ['rationale'],
}

/** How Claude proposes an entry, which a person then reads. */
export const entryTool: Tool = {
  name: 'propose_entry',
  description:
    'Propose one RAID entry that the notes speak of and the log does not hold yet. Call it once for each.',
  input_schema: {
    type: 'object',
    properties: {
      type: { type: 'string', enum: Object.keys(types) },
      title: { type: 'string', description: 'One line, at most 150 characters' },
      quote: { type: 'string', description: 'The words of the notes that it rests on, exactly' },
      ...Object.fromEntries(TEXTS.map((name) => [name, { type: 'string' }])),
      ...Object.fromEntries(
        LEVELS.map((name) => [name, { type: 'integer', minimum: 1, maximum: 5 }])
      ),
    },
    required: ['type', 'title', 'quote'],
  },
}

const level = () => vine.number().withoutDecimals().range([1, 5]).optional()

const proposed = vine.create({
  type: vine.enum(Object.keys(types) as RaidType[]),
  title: words(200),
  quote: words(2000),
  ...(Object.fromEntries(TEXTS.map((name) => [name, words(5000).optional()])) as Record<
    (typeof TEXTS)[number],
    ReturnType<ReturnType<typeof words>['optional']>
  >),
  ...(Object.fromEntries(LEVELS.map((name) => [name, level()])) as Record<
    (typeof LEVELS)[number],
    ReturnType<typeof level>
  >),
})

/** The entries that an answer proposes; anything malformed is left out. */
export async function entriesIn(uses: ToolUse[]): Promise<Proposed[]> {
  const entries = await givenTo(entryTool, proposed, uses, MOST_ENTRIES)
  return entries.map((entry) => ({ kind: 'entry', type: entry.type, content: contentOf(entry) }))
}

function contentOf({ type, ...fields }: Record<string, any>): ProposalContent {
  const kept = ['title', 'quote', 'description', ...fieldsOf[type as RaidType]]
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => kept.includes(name) && value !== undefined)
  ) as ProposalContent
}
