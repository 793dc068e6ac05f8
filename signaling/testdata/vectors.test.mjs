// Another implementation of Toile's link, claim, handshake and confirmation, by
// what the package's documentation says and nothing of its code: it must come
// to what vectors.json holds. Run by `make js`.
import assert from 'node:assert/strict'
import { createCipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const v = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url)))
const hex = (text) => Buffer.from(text, 'hex')
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts)).digest()

// RFC 8410: what stands before a raw key.
const privateKey = (kind, raw) => createPrivateKey({ key: Buffer.concat([hex(`302e020100300506032b65${kind}04220420`), raw]), format: 'der', type: 'pkcs8' })
const publicKey = (kind, raw) => createPublicKey({ key: Buffer.concat([hex(`302a300506032b65${kind}032100`), raw]), format: 'der', type: 'spki' })
const X25519 = '6e', Ed25519 = '70'
const publicOf = (kind, raw) => createPublicKey(privateKey(kind, raw)).export({ format: 'der', type: 'spki' }).subarray(-32)
const dh = (mine, theirs) => diffieHellman({ privateKey: privateKey(X25519, mine), publicKey: publicKey(X25519, theirs) })

const { claim: c, handshake: h } = v
const keys = Buffer.concat([hex(c.ed25519_public), hex(c.x25519_public)])
const room = hex(c.room), secret = hex(v.link.secret)

/** The symmetric state of the Noise specification, section 5.2. */
class Noise {
  constructor(prologue, responder) {
    this.h = this.ck = sha256(Buffer.from(h.protocol)) // longer than a hash
    this.mixHash(prologue)
    this.mixHash(responder)
  }
  mixHash(data) { this.h = sha256(this.h, data) }
  hkdf(material) {
    const temp = hmac(this.ck, material)
    const a = hmac(temp, Buffer.of(1)), b = hmac(temp, a, Buffer.of(2))
    return [a, b, hmac(temp, b, Buffer.of(3))]
  }
  mixKey(material) { [this.ck, this.k] = this.hkdf(material); this.n = 0 }
  mixPSK(psk) {
    let hash
    [this.ck, hash, this.k] = this.hkdf(psk)
    this.n = 0
    this.mixHash(hash)
  }
  mixE(e) { this.mixHash(e); this.mixKey(e) }
  encryptAndHash(text) {
    const out = seal(this.k, this.n++, this.h, text)
    this.mixHash(out)
    return out
  }
}

function seal(key, n, ad, text) {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64LE(BigInt(n), 4)
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  cipher.setAAD(ad)
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
}

const prologue = Buffer.concat([Buffer.from('toile/1 hs\0'), room, keys])
const psk = (of) => Buffer.from(hkdfSync('sha256', of, room, 'toile/1 psk', 32))

function knock(of, e) {
  const s = new Noise(prologue, hex(c.x25519_public))
  s.mixPSK(psk(of))
  const pub = publicOf(X25519, e)
  s.mixE(pub)
  const shared = dh(e, hex(c.x25519_public))
  s.mixKey(shared)
  return [s, Buffer.concat([Buffer.of(1), pub, s.encryptAndHash(Buffer.alloc(4))]), shared]
}

test('the link is a version, the room and the secret', () => {
  assert.equal(v.link.fragment, Buffer.concat([Buffer.of(1), room, secret]).toString('base64url'))
  assert.equal(v.link.room, c.room)
  for (const { why, fragment } of v.refused.links) {
    const b = Buffer.from(fragment, 'base64url')
    const whole = fragment.length === 44 && b.length === 33 && b.toString('base64url') === fragment && b[0] === 1
    assert.equal(whole, false, why)
  }
})

test('the room is made from the keys, and its claim is signed', () => {
  assert.deepEqual(publicOf(Ed25519, hex(c.ed25519_seed)), hex(c.ed25519_public))
  assert.deepEqual(publicOf(X25519, hex(c.x25519_private)), hex(c.x25519_public))
  assert.deepEqual(sha256(Buffer.from('toile/1 room\0'), keys).subarray(0, 16), room)
  const text = (origin, nonce) => Buffer.concat([Buffer.from('toile/1 claim\0'), Buffer.from(origin), Buffer.of(0), room, hex(nonce)])
  assert.deepEqual(text(c.origin, c.nonce), hex(c.signed))
  assert.deepEqual(sign(null, hex(c.signed), privateKey(Ed25519, hex(c.ed25519_seed))), hex(c.signature))
  assert.ok(v.refused.claims.length >= 3)
  for (const { why, origin, nonce, signature } of v.refused.claims)
    assert.equal(verify(null, text(origin, nonce), publicKey(Ed25519, hex(c.ed25519_public)), hex(signature)), false, why)
})

test('guest and host shake hands, and seal', () => {
  assert.deepEqual(prologue, hex(h.prologue))
  assert.deepEqual(psk(secret), hex(h.psk))
  const guestE = hex(h.guest_e_private), hostE = hex(h.host_e_private)
  const [s, first] = knock(secret, guestE)
  assert.deepEqual(first, hex(h.knock))
  const pub = publicOf(X25519, hostE)
  s.mixE(pub)
  s.mixKey(dh(guestE, pub))
  assert.deepEqual(Buffer.concat([Buffer.of(2), pub, s.encryptAndHash(Buffer.concat([hex(h.bind), Buffer.alloc(4)]))]), hex(h.welcome))
  assert.deepEqual(s.h, hex(h.hash))
  const [guest, host] = s.hkdf(Buffer.alloc(0))
  for (const [key, list] of [[guest, h.guest_signals], [host, h.host_signals]])
    list.forEach(({ text, sealed }, n) => assert.deepEqual(Buffer.concat([Buffer.of(3), seal(key, n, Buffer.alloc(0), hex(text))]), hex(sealed)))
})

test('a host refuses another secret so that only it can', () => {
  const [, frame, shared] = knock(hex(v.refusal.secret_of_the_guest), hex(v.refusal.guest_e_private))
  assert.deepEqual(frame, hex(v.refusal.knock))
  assert.deepEqual(Buffer.concat([Buffer.of(4), hmac(shared, Buffer.from('toile/1 refused\0'), frame)]), hex(v.refusal.refusal))
})

test('both confirm the certificates', () => {
  const certificates = sha256(hex(v.confirm.guest_certificate_sha256), hex(v.confirm.host_certificate_sha256))
  for (const role of ['guest', 'host'])
    assert.deepEqual(hmac(hex(h.bind), Buffer.from('toile/1 confirm\0'), Buffer.from(role[0]), hex(h.hash), certificates), hex(v.confirm[role]))
})
