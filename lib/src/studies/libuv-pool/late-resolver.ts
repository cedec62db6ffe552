import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { NotTestableError } from "../../measure/study-error.ts";
import { loadLibc } from "../../workload/libc.ts";

/** The name that takes its time; `.test` is reserved (RFC 6761), so it exists nowhere else. */
export const lateName = "late.test";

/** The address it resolves to: proof that our resolver, and no other, has answered. */
const lateAddress = "127.0.53.53";

/**
 * Answers DNS queries on 127.0.0.1:53, each `delayMs` after it came, for a process whose loopback device and
 * `/etc/resolv.conf` are its own (`executor/libuv-pool.ts`). The thread that looks the name up is held meanwhile, as by
 * any name server that is slow.
 *
 * @throws {NotTestableError} where names are not resolved through it.
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-4.1
 */
export async function startLateResolver(delayMs: number): Promise<{ stop(): Promise<void> }> {
  await raiseLoopback();
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    setTimeout(() => socket.send(answerTo(query), port, address), delayMs);
  });
  socket.bind(53, "127.0.0.1");
  await once(socket, "listening");

  const stop = async (): Promise<void> => {
    socket.close();
    await once(socket, "close");
  };
  const began = performance.now();
  const found = await lookup(lateName, { family: 4 }).catch((error: Error) => error.message);
  const tookMs = performance.now() - began;
  if (typeof found !== "string" && found.address === lateAddress && tookMs >= delayMs - 1) return { stop };
  await stop();
  const got = typeof found === "string" ? found : found.address;
  throw new NotTestableError(`names are not looked up through /etc/resolv.conf; ${lateName} gave ${got}`);
}

/** Repeats header and question of a query and adds one record: name (a pointer to it), A, IN, never cached, address. */
function answerTo(query: Buffer): Buffer {
  const questionEnd = query.indexOf(0, 12) + 5;
  const answer = Buffer.from(query.subarray(0, questionEnd));
  answer.writeUInt16BE(0x8180, 2);
  answer.writeUInt16BE(1, 6);
  answer.fill(0, 8, 12);
  const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...lateAddress.split(".").map(Number)];
  return Buffer.concat([answer, Buffer.from(record)]);
}

/**
 * Brings the loopback device of a new network namespace up, without asking for the program `ip`.
 * @see https://man7.org/linux/man-pages/man7/netdevice.7.html SIOCSIFFLAGS
 */
async function raiseLoopback(): Promise<void> {
  const libc = await loadLibc();
  const handle: number = libc.func("int socket(int domain, int type, int protocol)")(2, 2, 0);
  const request = Buffer.alloc(40);
  request.write("lo");
  request.writeInt16LE(0x41, 16);
  libc.func("int ioctl(int handle, ulong code, ...)")(handle, 0x8914, "void *", request);
  libc.func("int close(int handle)")(handle);
}
