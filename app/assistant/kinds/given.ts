import type { Tool } from '@anthropic-ai/sdk/resources/messages'
import type { ToolUse } from '#assistant/reply'

type Form<Given> = { validate(input: unknown): Promise<Given> }

/** What a tool was given, up to a maximum; anything malformed is left out. */
export async function givenTo<Given>(
  tool: Tool,
  form: Form<Given>,
  uses: ToolUse[],
  most = uses.length
): Promise<Given[]> {
  const found: Given[] = []
  for (const { name, input } of uses.slice(0, most)) {
    const given = name === tool.name ? await form.validate(input).catch(() => null) : null
    if (given) found.push(given)
  }
  return found
}
