// @ts-check
/**
 * The MyST directive {drawing} NAME with a caption: a diagram, or an explorable with its still.
 * It only marks the place; the build draws it.
 */
const drawing = {
  name: "drawing",
  doc: "A drawing of the house, with its caption",
  arg: { type: String, required: true },
  options: { label: { type: String, required: true } },
  body: { type: "myst", required: true },
  /** @param {{ arg: string, options: { label: string }, body: unknown[], node: { position?: unknown } }} data */
  run({ arg, options: { label }, body, node: { position } }) {
    // MyST wants a figure to hold something that it knows; code is left alone.
    const picture = { type: "code", lang: "drawing", value: arg.trim(), position };
    const caption = { type: "caption", children: body };
    const identifier = label.trim();
    return [
      { type: "container", kind: "figure", label: identifier, identifier, children: [picture, caption] },
    ];
  },
};

export default { name: "drawings", directives: [drawing] };
