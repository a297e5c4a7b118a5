/** What is known to fall short of the guidelines: which of them, what that means, and how one gets on meanwhile. */
type Shortcoming = { criterion: string; where: string; what: string; instead: string }

/** What is mended leaves the list, with the day below. */
export const shortcomings: Shortcoming[] = [
  {
    criterion: '1.4.12 Text Spacing',
    where: 'The trail above a title, and notices, on a narrow screen',
    what: 'Names and details that are too long for their lines end in dots, and end sooner with wider spacing.',
    instead: 'The page that each leads to has them whole.',
  },
  {
    criterion: '1.3.1 Info and Relationships',
    where: 'Board packs as slides',
    what: 'The heads of their tables look like heads and are not marked as such.',
    instead: 'The PDF of the same pack marks them.',
  },
  {
    criterion: '3.3.1 Error Identification',
    where: 'Conditions of a gate, and the privacy desk',
    what: 'Several forms of a page ask for an answer or a reason; when one is refused, the message stands at each, and its link at the top leads to none.',
    instead: 'The message says what is missing.',
  },
  {
    criterion: '2.4.3 Focus Order',
    where: 'Questions that open over a page, without scripts',
    what: 'The keyboard may leave them before they are answered.',
    instead: 'With scripts it stays until they are.',
  },
]

/** The day on which the product was last held against the guidelines, criterion by criterion. */
export const ASSESSED_ON = '2026-11-27'

/** The day on which there first was a statement. */
export const PREPARED_ON = '2026-11-27'
