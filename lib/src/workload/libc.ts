import { NotTestableError } from "../measure/study-error.ts";

const names: Partial<Record<string, string>> = {
  linux: "libc.so.6",
  darwin: "/usr/lib/libSystem.B.dylib",
};

/**
 * Opens the C library for foreign calls; nothing native is loaded before.
 *
 * @throws {NotTestableError} where it is not known or FFI is refused.
 * @see https://koffi.dev
 */
export async function loadLibc(platform: string = process.platform) {
  const name = names[platform];
  if (name === undefined) throw new NotTestableError(`C library is not known on ${platform}`);
  try {
    const { default: koffi } = await import("koffi");
    return koffi.load(name);
  } catch (error) {
    throw new NotTestableError(`foreign calls are refused: ${(error as Error).message}`);
  }
}
