/** Listens to what happens anywhere in the page, also in what comes later. */
export const on = (name, act) => document.addEventListener(name, act)
