import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** What needs no browser, kernel, pool or process, and leaves nothing behind: these files share a process. */
const quick = [
  "lib/test/{stats,model,summary,ledger,design,drawing}/**/*.test.ts",
  "lib/test/audit/check-samples.test.ts",
  "lib/test/cli/{archive-files,locale}.test.ts",
  "lib/test/measure/{cgroup-quota,error-report,host}.test.ts",
  "lib/test/publish/{canonical-svg,describe-data-set,hand-on,notebook-key,plain-json,show-table}.test.ts",
  "lib/test/publish/article/{describe-crate,edition,figure-rows,find-foreign-markup,find-typed-numbers,format-value,hostile-links,keep-units,notebook-html,parse-fragment,point-table,sanitise-svg}.test.ts",
  "lib/test/publish/explorable/{addresses,measured-data,cliff/{choice,measured-delays,play-sweep}}.test.ts",
  "lib/test/studies/{deadlines,doors,ledger,noise,service-claims}.test.ts",
  "lib/test/studies/*/{analysis,attribute-wait,blocked-waits,campaign,names-culprit,pool-knees,samples,service-rates,service-recovery,values}.test.ts",
  "lib/test/tables/{data-dictionary,data-folder,load,table-file,write-atomically}.test.ts",
  "lib/templates/**/*.test.ts",
  "lib/watch/test/{attribution,incident,watchdog}/*.test.ts",
  "lib/watch/test/{attach/admission,trace/long-trace,worker/watched}.test.ts",
];
/** What draws in a browser: these files share one a process. */
const drawn = [
  "lib/test/studies/{figures,figures-of-loads,*/figures}.test.ts",
  "lib/test/publish/article/{axe,build-article,first-view,hostile-input,ledger,page,pdf,site}.test.ts",
  "lib/test/publish/explorable/*/*-page.test.ts",
];
const every = ["lib/test/**/*.test.ts", "lib/watch/test/**/*.test.ts", "lib/templates/**/*.test.ts"];

// A file that was renamed would quietly be tested another way.
for (const path of [...quick, ...drawn].flatMap(alternatives)) {
  if (globSync(path, { cwd: import.meta.dirname }).length === 0)
    throw new Error(`test file is missing: ${path}; correct its place in vitest.config.ts`);
}

/** Spells out a pattern's braces, such as `{a,b}`, the innermost first. */
function alternatives(pattern: string): string[] {
  const [braces, listed] = /\{([^{}]*)\}/.exec(pattern) ?? [];
  if (braces === undefined || listed === undefined) return [pattern];
  return listed.split(",").flatMap((one) => alternatives(pattern.replace(braces, one)));
}

export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    // Only against tests that hang: how long one takes on a busy host is the host's affair.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Vitest would leave a core to itself, which has next to nothing to do.
    // Tests wait for processes as often as they compute.
    maxWorkers: availableParallelism() + 1,
    // What tests start, they start often.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, ".cache", "compile") },
    projects: [
      { extends: true, test: { name: "quick", include: quick, isolate: false } },
      {
        extends: true,
        test: { name: "drawn", include: drawn, isolate: false, setupFiles: "lib/test/end-with-exit.ts" },
      },
      { extends: true, test: { name: "real", include: every, exclude: [...quick, ...drawn] } },
    ],
  },
});
