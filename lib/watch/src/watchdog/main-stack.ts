import { Session } from "node:inspector";

/** How long to wait for the main thread to pause (ms): code in JavaScript does so at once, a native call never does. */
const patienceMs = 500;

interface Frame {
  readonly functionName: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number };
}

/**
 * Pauses the main thread for a moment and reads where it is; says why not where it does not pause.
 *
 * @param session not connected yet
 */
export async function findMainStack(
  session = new Session(),
  waitMs = patienceMs,
): Promise<{ stack: string | null; noStack: string | null }> {
  try {
    session.connectToMainThread();
  } catch (error) {
    return { stack: null, noStack: (error as Error).message };
  }
  try {
    return await new Promise((resolve) => {
      const timer = setTimeout(
        () => resolve({ stack: null, noStack: "the main thread did not answer, as in a native call" }),
        waitMs,
      );
      const urls = new Map<string, string>();
      session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
      session.once("Debugger.paused", ({ params }) => {
        clearTimeout(timer);
        session.post("Debugger.resume");
        const stack = stackText(params.callFrames, urls);
        resolve(
          stack === ""
            ? { stack: null, noStack: "only the runtime's own code was running" }
            : { stack, noStack: null },
        );
      });
      session.post("Debugger.enable");
      session.post("Debugger.pause");
    });
  } finally {
    // A pause that comes too late would find the session closed, and what a listener throws is printed by the runtime.
    session.removeAllListeners();
    session.disconnect();
  }
}

function stackText(frames: readonly Frame[], urls: ReadonlyMap<string, string>): string {
  return frames
    .map(({ functionName, location }) => ({ functionName, location, url: urls.get(location.scriptId) ?? "" }))
    .filter(({ url }) => !url.startsWith("node:"))
    .map(
      ({ functionName, location, url }) =>
        `${functionName || "(anonymous)"} (${url.split("/").at(-1)}:${location.lineNumber + 1})`,
    )
    .join("\n");
}
