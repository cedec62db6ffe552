import { DataError } from "../../measure/study-error.ts";
import { type Block, type FigurePart, type Inline, type Node, placeOf } from "./ast.ts";

/** One function for every type of node that reaches a writer; the compiler finds the one that is missing. */
export type Handlers<Context, Written extends Node = Block | FigurePart | Inline> = {
  readonly [T in Written["type"]]: (node: Extract<Written, { type: T }>, context: Context) => string;
};

/**
 * Writes nodes one after the other.
 *
 * @throws DataError if a node has a type that no handler knows: nothing in the text is dropped silently
 */
export function render<Context>(
  handlers: Handlers<Context>,
  nodes: readonly Node[],
  context: Context,
): string {
  return nodes.map((node) => renderNode(handlers, node, context)).join("");
}

function renderNode<Context>(handlers: Handlers<Context>, node: Node, context: Context): string {
  const handler = (handlers as unknown as Partial<Record<string, (node: Node, context: Context) => string>>)[
    node.type
  ];
  if (handler === undefined) {
    throw new DataError(`${placeOf(node)}: mark-up "${node.type}" has no rendering; write it in another way`);
  }
  return handler(node, context);
}
