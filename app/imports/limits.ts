export const MB = 1024 * 1024

/** Limits that keep one upload from costing more than a few seconds and some 200 MB. */
export const LIMITS = {
  inputBytes: 5 * MB,
  entries: 2_000,
  declaredBytes: 400 * MB,
  entryBytes: 48 * MB,
  totalBytes: 64 * MB,
  ratio: 250,
  ratioFreeBytes: 2 * MB,
  xmlDepth: 48,
  sheets: 100,
  columns: 512,
  rows: 20_000,
  cells: 400_000,
  mergedRows: 100_000,
  textLength: 100_000,
  milliseconds: 15_000,
}
