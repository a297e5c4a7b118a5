/** Listens to events anywhere in the page, including in what is added later. */
export const on = (name, act) => document.addEventListener(name, act)
