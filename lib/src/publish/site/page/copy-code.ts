/// <reference lib="dom" />

/** Puts a button at a piece of code that copies it. */
export function offerCopy(code: HTMLPreElement): void {
  const box = document.createElement("div");
  box.className = "code-box";
  code.replaceWith(box);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    button.textContent = (await copied(code.textContent.trimEnd())) ? "Copied" : "Select and copy by hand";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
  box.append(code, button);
}

/** The clipboard is closed to some pages, such as files in some browsers. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
