import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const HOUR = 3_600_000
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A self-signed certificate for these host names, and its key, both as PEM. For tests and scans. */
export async function selfSigned(names = ['localhost'], addresses = ['127.0.0.1']) {
  x509.cryptoProvider.set(webcrypto)
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const alternatives = [
    ...names.map((value) => ({ type: 'dns', value })),
    ...addresses.map((value) => ({ type: 'ip', value })),
  ]
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${names[0]}`,
    keys,
    signingAlgorithm: EC,
    notBefore: new Date(Date.now() - HOUR),
    notAfter: new Date(Date.now() + 48 * HOUR),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.SubjectAlternativeNameExtension(alternatives),
    ],
  })
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  }
}
