import { channel } from "node:diagnostics_channel";
import type { Incident } from "../incident/incident.ts";

/** Names of the channels on which incidents are published as they begin and when they are over. */
export const beganChannel = "scheduling-safety-watch:incident:began";
export const overChannel = "scheduling-safety-watch:incident:over";

export type IncidentListener = (kind: "began" | "over", incident: Incident) => void;

/** Hands incidents on to whoever listens in this process. */
export interface Incidents {
  publish(kind: "began" | "over", incident: Incident): void;
  /** Listens; the returned function ceases to. */
  listen(listener: IncidentListener): () => void;
}

/** Publishes incidents to listeners and on `node:diagnostics_channel`. */
export function incidentEvents(): Incidents {
  const listeners = new Set<IncidentListener>();
  const channels = { began: channel(beganChannel), over: channel(overChannel) };
  return {
    publish(kind, incident) {
      for (const listener of listeners) listener(kind, incident);
      channels[kind].publish(incident);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
