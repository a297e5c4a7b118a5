/** As much of Node's Buffer as the verifier's modules use, for a browser. */
class Bytes extends Uint8Array {
  toString(encoding = 'utf8') {
    if (encoding === 'hex')
      return [...this].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    if (encoding === 'base64') return btoa(String.fromCharCode(...this))
    return new TextDecoder().decode(this)
  }
}

function from(value: string | ArrayLike<number>, encoding = 'utf8') {
  if (typeof value !== 'string') return Bytes.from(value) as Bytes
  if (encoding === 'hex') {
    return Bytes.from(value.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16))
  }
  if (encoding === 'base64') return Bytes.from(atob(value), (char) => char.charCodeAt(0))
  return Bytes.from(new TextEncoder().encode(value))
}

function concat(parts: Uint8Array[]) {
  return Bytes.from(parts.flatMap((part) => [...part]))
}

Object.assign(globalThis, { Buffer: { from, concat } })
