/** A request to the assistant, as short as one can be. */
export const PROMPT = JSON.stringify({
  model: 'm',
  system: [{ text: 'Answer from the records.' }, { text: 'No records' }],
  messages: [{ role: 'user', content: 'Which risk is worst?' }],
})
