// Replaces a still figure by the live one when it comes near the viewport. A classic script: pages opened as files
// may load neither modules nor data, only scripts. Without it the page is complete; the figures stay still.
(() => {
  const arrived = new Map();
  const waiting = new Map();

  window.figureLoaded = (id, figure) => {
    arrived.set(id, figure);
    waiting.get(id)?.(figure);
  };

  const loadScript = (source) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${source} is missing`));
      document.head.append(script);
    });

  const loadFigure = async (id) => {
    const figure = new Promise((resolve) => waiting.set(id, resolve));
    await loadScript(`figs/${id}.js`);
    return arrived.get(id) ?? figure;
  };

  let plotly;
  const bringAlive = async (plot) => {
    plotly ??= loadScript("assets/plotly.min.js");
    const [figure] = await Promise.all([loadFigure(plot.dataset.figure), plotly, document.fonts.ready]);
    const stage = document.createElement("div");
    stage.className = "stage";
    plot.append(stage);
    const { width, height, ...layout } = figure.layout;
    const config = { responsive: true, displayModeBar: false };
    await window.Plotly.newPlot(stage, figure.data, { ...layout, autosize: true }, config);
    plot.classList.add("live");
  };

  const nearby = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        nearby.unobserve(target);
        bringAlive(target).catch((error) => console.warn(`figure stays still: ${error.message}`));
      }
    },
    { rootMargin: "400px" },
  );
  for (const plot of document.querySelectorAll("[data-figure]")) nearby.observe(plot);
})();
