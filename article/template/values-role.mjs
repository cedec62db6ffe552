// @ts-check
/**
 * The MyST role {val}`experiment.name|format`: a number measured by a notebook.
 * It only marks the place; the build fills in the value of every edition it prints.
 */
const val = {
  name: "val",
  doc: "A value handed on by a notebook",
  body: { type: String, required: true },
  /** @param {{ body: string, node: { position?: { start: { line: number } } } }} data */
  run(data) {
    const bar = data.body.indexOf("|");
    const path = (bar < 0 ? data.body : data.body.slice(0, bar)).trim();
    const format = bar < 0 ? "" : data.body.slice(bar + 1).trim();
    return [{ type: "measured", path, format, position: data.node.position }];
  },
};

export default { name: "values", roles: [val] };
