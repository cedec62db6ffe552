/** What a terminal would obey, or what turns the order of letters round; lines and tabs stay. */
const obeyed = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Spells what a terminal would obey instead of showing it, as in `\\u001b`: names and data may come from others. */
export function printable(text: string): string {
  return text.replace(obeyed, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
