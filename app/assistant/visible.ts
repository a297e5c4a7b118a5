/**
 * Characters that people cannot see but a model reads: formats and tags, variation selectors, fillers. A person
 * checking what is about to be sent would not notice them, and names could hide behind them.
 */
const UNSEEN = /[\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

/** The text as a person sees it. */
export function visible(text: string) {
  return text.replaceAll(UNSEEN, '')
}
