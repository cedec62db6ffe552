import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import * as v from "valibot";
import { parseJson } from "../measure/parse-json.ts";
import { type Answer, type BuildQuestions, buildQuestions, type Question } from "./build-questions.ts";

/** The variable that tells a kernel where the build that started it answers. */
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
export async function askBuild<Name extends keyof BuildQuestions>(
  name: Name,
  question: Question<Name>,
  meanwhile: () => void = () => {},
): Promise<Answer<Name>> {
  const asked = request(`${process.env[buildVariable]}/${name}`, { method: "POST" });
  asked.end(JSON.stringify(question));
  const answered = once(asked, "response") as Promise<[IncomingMessage]>;
  await Promise.race([once(asked, "finish"), answered]);
  meanwhile();
  const [response] = await answered;
  const source = { noun: "answer of the build", remedy: "run make notebooks again" };
  const told = parseJson(await text(response), reply(name), source);
  if ("problem" in told) throw new Error(told.problem);
  return told.answer;
}

function reply<Name extends keyof BuildQuestions>(name: Name) {
  const answer = buildQuestions[name].answer as v.GenericSchema<unknown, Answer<Name>>;
  return v.union([v.object({ problem: v.string() }), v.object({ answer })]);
}
