// What the vendored scripts put into the page, for the type check alone (Leaflet's types name its global L themselves).
import * as topology from "topojson-client";
import Cluster from "supercluster";

declare global {
  const topojson: typeof topology;
  const Supercluster: typeof Cluster;
  const htmx: { ajax(verb: string, path: string, context: { target: Element; swap: string }): Promise<void> };
}
