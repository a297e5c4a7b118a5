/** Words as they are compared: in small letters, with nothing in them that stands for other letters. */
export function likeText(words: string) {
  return words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')
}
