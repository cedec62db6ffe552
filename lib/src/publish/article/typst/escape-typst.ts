/** Escapes text for Typst mark-up: every ASCII sign, so that none can mean anything. */
export function escapeTypst(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, "\\$&").replace(/\s*\n\s*/g, " ");
}

/** Spells a Typst string. */
export function typstString(text: string): string {
  return `"${text
    .replace(/\\/g, "\\\\")
    .replace(/"/g, '\\"')
    .replace(/\s*\n\s*/g, " ")}"`;
}
