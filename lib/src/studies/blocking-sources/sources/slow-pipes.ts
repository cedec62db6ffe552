import { Console } from "node:console";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { Writable } from "node:stream";
import type { BlockingSource } from "../blocking-source.ts";
import { startSlowEnd } from "./slow-end.ts";

/** Reads a file that is slow to come, as from a sleeping disk or a network share. */
export const readSlowPipe = {
  name: "read-slow-pipe",
  family: "io",
  expected: "parked",
  meaning: "fs.readFileSync of a named pipe whose writer takes 50 ms",
  prepare: async () => {
    const { pipes, close } = await startSlowEnd("feeds");
    let next = 0;
    return {
      call: () => void readFileSync(pipes[next++ % pipes.length] as string),
      cleanUp: close,
    };
  },
} as const satisfies BlockingSource;

/** Log lines of one call: as much as the reader takes in 50 ms. */
const lines = 64;
const line = "x".repeat(1023);

/**
 * Logs to a reader that is slower than the writer. The console writes synchronously, as Node's own does to files and
 * terminals, and on Windows to pipes; to a pipe elsewhere Node's own keeps the lines in memory, and on a worker thread it
 * sends them to the main thread first.
 */
export const consoleToSlowPipe = {
  name: "console-slow-pipe",
  family: "sly",
  expected: "parked",
  meaning: "console.log of 64 lines of 1 KiB to a pipe that is read at 64 KiB in 50 ms",
  prepare: async () => {
    const { pipes, close } = await startSlowEnd("drains");
    const pipe = openSync(pipes[0] as string, "w");
    const stdout = new Writable({
      write(text: Buffer, _, done) {
        writeSync(pipe, text);
        done();
      },
    });
    const console = new Console({ stdout });
    return {
      call: () => {
        for (let i = 0; i < lines; i++) console.log(line);
      },
      cleanUp: async () => {
        closeSync(pipe);
        await close();
      },
    };
  },
} as const satisfies BlockingSource;

/**
 * A dependency of a dependency: pg hands the connection string to pg-connection-string, and that reads the certificate it
 * names synchronously, here from a slow file. No connection is made.
 */
export const certificateOfClient = {
  name: "pg-certificate",
  family: "sly",
  expected: "parked",
  meaning: "new pg.Client whose connection string names a certificate in a file that takes 50 ms",
  prepare: async () => {
    const { default: pg } = await import("pg");
    const { pipes, close } = await startSlowEnd("feeds");
    let next = 0;
    return {
      call: () => {
        const certificate = pipes[next++ % pipes.length] as string;
        new pg.Client(`postgres://localhost/accounts?sslrootcert=${encodeURIComponent(certificate)}`);
      },
      cleanUp: close,
    };
  },
} as const satisfies BlockingSource;
