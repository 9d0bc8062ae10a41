import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Of these names: drawn once, and never to be changed, or the same run would be another. */
const NAMESPACE = Buffer.from('6f6c2d6e62612d72756e2d69642d7631', 'hex');

/** The UUID that OpenLineage wants, for an id that is none: the same for the same id, everywhere (version 5, RFC 9562). One that is a UUID stays as it is. */
export function uuidOf(id: string): string {
  if (UUID.test(id)) return id.toLowerCase();
  const bytes = createHash('sha1').update(NAMESPACE).update(id, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
