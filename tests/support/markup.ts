import { HtmlValidate, StaticConfigLoader } from 'html-validate'

/** The rules never change: building them again for each page takes half as long as checking the page. */
class OneConfig extends StaticConfigLoader {
  #resolved?: ReturnType<StaticConfigLoader['getConfigFor']>

  getConfigFor(handle: string) {
    return (this.#resolved ??= super.getConfigFor(handle))
  }
}

/** What the standard and assistive technology require of a page; not how its source looks. */
const validator = new HtmlValidate(
  new OneConfig({
    root: true,
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: {
      // A button without a type submits its form, which is what ours mean.
      'no-implicit-button-type': 'off',
      // Older screen readers need both the label's `for` and its place around the field.
      'no-redundant-for': 'off',
    },
  })
)

/** What is wrong with a page's HTML, one line each. */
export async function faultsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector}`)
  )
}

/** What templates print where they were given nothing. */
export function missingWords(html: string): string[] {
  const text = html.replaceAll(/<script[^>]*>.*?<\/script>/gs, '')
  return text.match(/\b(?:undefined|NaN)\b|\[object \w+\]/g) ?? []
}
