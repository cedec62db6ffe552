import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import type { BuildServices } from "./build-services.ts";

/** The variable that tells a kernel where the build that started it does things for it. */
export const buildVariable = "SCHEDULING_SAFETY_BUILD";

/** Whether a build started this process, and serves it. */
export function isServed(): boolean {
  return Boolean(process.env[buildVariable]);
}

/**
 * Asks the build that started this kernel to do something.
 *
 * @param meanwhile what to do once the question is on its way
 * @throws Error with what the build says is wrong
 */
export async function askBuild<Name extends keyof BuildServices>(
  name: Name,
  question: Parameters<BuildServices[Name]>[0],
  meanwhile: () => void = () => {},
): Promise<Awaited<ReturnType<BuildServices[Name]>>> {
  const asked = request(`${process.env[buildVariable]}/${name}`, { method: "POST" });
  asked.end(JSON.stringify(question));
  const answered = once(asked, "response");
  await Promise.race([once(asked, "finish"), answered]);
  meanwhile();
  const [response] = (await answered) as [IncomingMessage];
  const { answer, problem } = (await json(response)) as {
    answer: Awaited<ReturnType<BuildServices[Name]>>;
    problem?: string;
  };
  if (problem !== undefined) throw new Error(problem);
  return answer;
}
