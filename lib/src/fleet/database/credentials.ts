import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { UsageError } from "../../measure/study-error.ts";
import { readText } from "../../tables/regular-file.ts";
import { writeAtomically } from "../../tables/write-atomically.ts";

/** Makes a password that nobody has to remember. */
export function makePassword(): string {
  return randomBytes(24).toString("hex");
}

/**
 * Derives what the server stores of a password, so that the password itself reaches neither its statements nor its log.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5803
 */
export function scramVerifier(
  password: string,
  salt: Uint8Array = randomBytes(16),
  iterations = 4096,
): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const sign = (key: Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
  const storedKey = createHash("sha256").update(sign(salted, "Client Key")).digest();
  const serverKey = sign(salted, "Server Key");
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  return `SCRAM-SHA-256$${iterations}:${encode(salt)}$${encode(storedKey)}:${encode(serverKey)}`;
}

/** Writes an address with its password where nobody else on this machine can read it. */
export function writeAddress(path: string, url: string): void {
  if (!existsSync(path)) writeAtomically(path, "");
  chmodSync(path, 0o600);
  // The file that takes its place is made under the mask; nothing of it may show before.
  const mask = process.umask(0o077);
  try {
    writeAtomically(path, `${url}\n`);
  } finally {
    process.umask(mask);
  }
}

/**
 * Writes an address as {@link writeAddress} does.
 *
 * @returns puts back the file that was there, or none
 */
export function replaceAddress(path: string, url: string): () => void {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  const former = isFile ? readFileSync(path, "utf8").trimEnd() : null;
  writeAddress(path, url);
  return () => (former === null ? rmSync(path, { force: true }) : writeAddress(path, former));
}

/**
 * Finds the address of a fleet's database: in the file that was named, or in `SCHEDULING_SAFETY_FLEET`, or in the file that
 * the server on this machine wrote.
 *
 * @throws {UsageError} when there is none, when it is no address, or when others can read the file; or when an address
 *   was given where everyone can see it, among the arguments of the process.
 * @throws {DataError} when what was named is no file.
 */
export function findAddress(
  named: string | undefined,
  usual: string,
  { SCHEDULING_SAFETY_FLEET: stated } = process.env,
): string {
  if (named === undefined && stated) return checkAddress(stated, "SCHEDULING_SAFETY_FLEET");
  const path = named ?? usual;
  if (/^postgres(ql)?:/i.test(path)) {
    throw new UsageError(
      "--database must name a file, not an address: everybody on this machine can read a process's arguments; write the address into a file of mode 0600, or into SCHEDULING_SAFETY_FLEET",
    );
  }
  if (!existsSync(path)) {
    throw new UsageError(
      `address of the fleet's database is missing: ${path}; run \`fleet serve\` here, or name the file that \`fleet enrol\` wrote with --database`,
    );
  }
  const there = statSync(path);
  // Of what is no file, reading tells.
  if (process.platform !== "win32" && there.isFile() && (there.mode & 0o077) !== 0) {
    throw new UsageError(`others can read the password in ${path}; close the file to them with chmod 600`);
  }
  return readAddress(path);
}

/**
 * Reads the address of a fleet's database from a file.
 *
 * @throws {DataError} when it is no regular file, or cannot be read.
 * @throws {UsageError} when what it holds is no address.
 */
export function readAddress(path: string): string {
  const text = readText(path, "address of the fleet's database", "name the file that `fleet enrol` wrote");
  return checkAddress(text.trim(), path);
}

/** Says where a database is, without its password. */
export function describeAddress(url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  return `${username}@${hostname}:${port || 5432}${pathname}`;
}

function checkAddress(url: string, place: string): string {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  // Its text is not repeated: it may be a password.
  throw new UsageError(
    `address of the fleet's database is not valid in ${place}; it must read postgres://user:password@host:port/database`,
  );
}
