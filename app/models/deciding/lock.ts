import Gate from '#models/gate'

/**
 * Makes everyone who votes at a gate, decides it or changes its board take turns until the transaction ends, and reads
 * the gate as it is then.
 */
export async function lockGate(gate: Gate) {
  const present = await Gate.query().where('id', gate.id).forUpdate().firstOrFail()
  gate.merge(present.$attributes)
  gate.$hydrateOriginals()
}
