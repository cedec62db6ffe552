import { createHash } from "node:crypto";

/**
 * Seals plain data field by field: SHA-256 of each field's canonical JSON (members sorted, no blanks), so that an edit is
 * not only noticed but named.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785 RFC 8785, JSON Canonicalization Scheme
 */
export function sealsOf(data: object): Record<string, string> {
  const sealed = Object.entries(data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sealed.map(([name, value]) => [name, seal(name, value)]));
}

/** Names the fields that are not as they were sealed, or that came or went since. */
export function brokenSeals(data: object, seals: Readonly<Record<string, string>>): string[] {
  const found = sealsOf(data);
  const names = new Set([...Object.keys(found), ...Object.keys(seals)]);
  return [...names].filter((name) => found[name] !== seals[name]);
}

/** The name goes in: a seal fits no other field. */
function seal(name: string, value: unknown): string {
  return createHash("sha256")
    .update(canonical([name, value]))
    .digest("hex");
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join()}}`;
}
