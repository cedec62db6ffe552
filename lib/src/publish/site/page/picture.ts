/// <reference lib="dom" />

const scale = 2;

/** Adds to the links below a figure one that saves what it shows as a PNG, at twice its size. */
export function offerPicture(figure: HTMLElement): void {
  const svg = figure.querySelector<HTMLAnchorElement>('a[download][href$=".svg"]');
  const still = figure.querySelector<SVGSVGElement>(".plot > svg");
  if (svg === null || still === null) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save";
  button.textContent = "PNG";
  button.addEventListener("click", () => void save(still, svg.pathname.replace(/^.*\/|\.svg$/g, "")));
  svg.after(" · ", button);
}

async function save(still: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = still.viewBox.baseVal;
  const copy = still.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("width", String(width * scale));
  copy.setAttribute("height", String(height * scale));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * scale, height * scale];
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = `${name}.png`;
  link.click();
}
