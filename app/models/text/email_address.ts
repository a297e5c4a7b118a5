/**
 * One email address and nothing more. Its domain has a dot, because mail is delivered over the internet, where none
 * goes without one: `a@b` is a typing slip.
 */
export const EMAIL =
  /^[^\s@<>(),;:\\"[\]\p{C}]{1,64}@(?=[^@]{1,185}$)[^\s@<>(),;:\\"[\]\p{C}.]+(?:\.[^\s@<>(),;:\\"[\]\p{C}.]+)+$/u
