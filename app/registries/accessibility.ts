/** Known shortcomings against the guidelines: which one, what it means, and how to work around it. */
type Shortcoming = { criterion: string; where: string; what: string; instead: string }

/** What is fixed leaves the list, and the date below changes. */
export const shortcomings: Shortcoming[] = [
  {
    criterion: '1.4.12 Text Spacing',
    where: 'Breadcrumbs and notifications on a narrow screen',
    what: 'Long names and details are cut off with dots, and sooner with wider spacing.',
    instead: 'The page each one links to shows them in full.',
  },
  {
    criterion: '1.3.1 Info and Relationships',
    where: 'Board packs as slides',
    what: 'Table headings look like headings but are not marked up as headings.',
    instead: 'The PDF of the same pack marks them up.',
  },
  {
    criterion: '2.4.3 Focus Order',
    where: 'Dialogs, without JavaScript',
    what: 'Keyboard focus can leave a dialog before you answer it.',
    instead: 'With JavaScript, focus stays until you answer.',
  },
]

/** The day on which the product was last checked against the guidelines, criterion by criterion. */
export const ASSESSED_ON = '2026-11-27'

/** The day of the first statement. */
export const PREPARED_ON = '2026-11-27'
