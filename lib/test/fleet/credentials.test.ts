import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  describeAddress,
  findAddress,
  scramVerifier,
  writeAddress,
} from "../../src/fleet/database/credentials.ts";

const url = "postgres://fleet_a:secret@10.0.0.5:5432/postgres";

function file(mode: number, text: string = url): string {
  const folder = mkdtempSync(join(tmpdir(), "credentials-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "a.url");
  writeFileSync(path, `${text}\n`);
  chmodSync(path, mode);
  return path;
}

test("a password becomes the verifier that PostgreSQL stores", () => {
  // The exchange of RFC 7677: salt, count and keys of user "user" with password "pencil".
  const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
  expect(scramVerifier("pencil", salt, 4096)).toBe(
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});

test("an address comes from the named file, else from the environment, else from the server's own file", () => {
  const [named, usual] = [file(0o600, url.replace("_a", "_named")), file(0o600)];
  const stated = { SCHEDULING_SAFETY_FLEET: url.replace("_a", "_stated") };
  expect(findAddress(named, usual, stated)).toContain("fleet_named");
  expect(findAddress(undefined, usual, stated)).toContain("fleet_stated");
  expect(findAddress(undefined, usual, {})).toBe(url);
});

test("a password is refused where others can read it", () => {
  expect(() => findAddress(url, "", {})).toThrow(/^--database must name a file, not an address/);
  const open = file(0o640);
  if (process.platform !== "win32")
    expect(() => findAddress(open, "", {})).toThrow(`others can read the password in ${open}`);
});

test("an address that is none is refused without repeating it", () => {
  const [path, usual] = [file(0o600, "secret"), join(tmpdir(), "no-such-file.url")];
  expect(() => findAddress(path, "", {})).toThrow(
    /^address of the fleet's database is not valid in .*a\.url;/,
  );
  expect(() => findAddress(path, "", {})).not.toThrow(/secret/);
  expect(() => findAddress(undefined, usual, {})).toThrow(
    `address of the fleet's database is missing: ${usual}`,
  );
});

test.skipIf(process.platform === "win32").each(["600", "644"])(
  "a FIFO of mode %s in place of an address is told at once",
  (mode) => {
    const path = `${file(0o600)}-fifo`;
    execFileSync("mkfifo", ["-m", mode, path]);
    expect(() => findAddress(path, "", {})).toThrow(
      `address of the fleet's database is not a file: ${path} is a FIFO; name the file that \`fleet enrol\` wrote`,
    );
  },
);

test("a file with an address can be read by nobody else, also one that was open before", () => {
  const path = file(0o644, "");
  writeAddress(path, url);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(findAddress(path, "", {})).toBe(url);
});

test("an address is shown without its password", () => {
  expect(describeAddress(url)).toBe("fleet_a@10.0.0.5:5432/postgres");
});
