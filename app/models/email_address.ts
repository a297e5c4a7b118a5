/**
 * One email address and nothing more. Its domain has a dot, since mail goes out over the internet, where none is
 * delivered without one: `a@b` is a slip of the hand.
 */
export const EMAIL =
  /^[^\s@<>(),;:\\"[\]\p{C}]{1,64}@(?=[^@]{1,185}$)[^\s@<>(),;:\\"[\]\p{C}.]+(?:\.[^\s@<>(),;:\\"[\]\p{C}.]+)+$/u
