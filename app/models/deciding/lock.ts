import Gate from '#models/gate'

/**
 * Makes whoever speaks at a gate, decides it or changes who does wait for the others until the transaction
 * ends, and reads the gate as it is then.
 */
export async function lockGate(gate: Gate) {
  const present = await Gate.query().where('id', gate.id).forUpdate().firstOrFail()
  gate.merge(present.$attributes)
  gate.$hydrateOriginals()
}
