/** The package has no types of its own; these are those of its README. */
declare module "blocked-at" {
  export default function blockedAt(
    blocked: (ms: number, stack: readonly string[]) => void,
    options?: { readonly threshold?: number },
  ): { stop(): void };
}
