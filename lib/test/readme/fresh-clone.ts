import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { projectRoot } from "../../src/measure/project-root.ts";
import { statedEnvironment } from "../../src/publish/stated-environment.ts";
import { listeningVariable } from "../../watch/src/attach/tell-listening.ts";
import { stateOfCheckout } from "./state-of-checkout.ts";

/** A clone as somebody has it who never worked here, with nothing at home but where npm and pip are to look. */
export interface FreshClone {
  readonly folder: string;
  /** Runs a line in a shell, after those that set something for what follows. */
  run(line: string): Promise<{ code: number | null; output: string }>;
  remove(): void;
}

const configuration = [".npmrc", ".config/pip/pip.conf", ".pip/pip.conf"];

/**
 * Clones this repository with what was changed and not yet committed.
 *
 * @param packages `linked`: those of this checkout, as `npm ci` left them; `none`: the commands install them
 */
export function cloneAfresh(packages: "linked" | "none"): FreshClone {
  const scratch = join(projectRoot, ".cache", "tmp");
  mkdirSync(scratch, { recursive: true });
  const around = mkdtempSync(join(scratch, "readme-"));
  const [folder, home] = [join(around, "clone"), join(around, "home")];
  const git = (...args: string[]) => execFileSync("git", args, { cwd: projectRoot });
  const state = stateOfCheckout(projectRoot, join(around, "index"));
  git("clone", "--quiet", "--shared", "--no-checkout", projectRoot, folder);
  git("-C", folder, "checkout", "--quiet", "--detach", state);
  for (const path of configuration.filter((name) => existsSync(join(homedir(), name)))) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    cpSync(join(homedir(), path), join(home, path));
  }
  mkdirSync(home, { recursive: true });
  if (packages === "linked") {
    const how = process.platform === "linux" ? "-al" : "-R";
    const [from, to] = [projectRoot, folder].map((root) => join(root, "node_modules")) as [string, string];
    mkdirSync(to);
    // Not what the tests that run meanwhile write there, and rename while it is linked.
    const installed = readdirSync(from).filter((name) => !/^\.vite/.test(name));
    execFileSync("cp", [how, ...installed.map((name) => join(from, name)), to]);
  }
  // As under `check`, what a watched program traced is complete when it ends.
  const own = { HOME: home, PATH: pathWithoutOurs(), [listeningVariable]: home };
  const { README: _, ...env } = statedEnvironment(own);
  const exports: string[] = [];
  return {
    folder,
    async run(line) {
      const shell = spawn("sh", ["-c", `${[...exports, line].join("\n")}\n`], { cwd: folder, env });
      const ended = new Promise<number | null>((resolve) => shell.once("close", resolve));
      const [out, err] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
      if (line.startsWith("export ")) exports.push(line);
      return { code: await ended, output: out + err };
    },
    remove: () => rmSync(around, { recursive: true, force: true }),
  };
}

function pathWithoutOurs(): string {
  const path = process.env["PATH"]?.split(delimiter) ?? [];
  return path.filter((folder) => !folder.startsWith(projectRoot)).join(delimiter);
}
