/** MIME types of what a notebook hands on. */
export const mime = {
  plotly: "application/vnd.plotly.v1+json",
  svg: "image/svg+xml",
  html: "text/html",
  text: "text/plain",
  values: "application/vnd.scheduling-safety.values+json",
  endOfCell: "application/vnd.scheduling-safety.end-of-cell+json",
} as const;
