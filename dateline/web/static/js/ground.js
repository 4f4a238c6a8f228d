// The ground under the marks: land, provinces, countries and their names, drawn from the boundaries installed with the project.

import { colour } from "./view.js";

const PROVINCES_FROM = 4.5;
const PROVINCE_NAMES_FROM = 6.5;

/** @typedef {{countries: Record<string, [string, number, number, number]>, provinces: [string, number, number][]}} Labels */

export class Ground {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    const pane = map.createPane("ground");
    pane.style.zIndex = "200";
    this.renderer = L.canvas({ pane: "ground", padding: 0.4 });
    /** @type {Record<string, L.GeoJSON>} */
    this.layers = {};
    /** @type {Labels} */
    this.labels = { countries: {}, provinces: [] };
  }

  async load() {
    const [topology, labels] = await Promise.all(
      ["/static/vendor/boundaries.json", "/static/vendor/labels.json"].map(async (address) => (await fetch(address)).json()),
    );
    this.labels = labels;
    const provinces = topology.objects.provinces;
    /** @param {any} a @param {any} b */
    const abroad = (a, b) => a === b || a.properties.c !== b.properties.c;
    this.layers = {
      land: this.layer(topojson.merge(topology, provinces.geometries)),
      provinces: this.layer(topojson.mesh(topology, provinces, (a, b) => !abroad(a, b))),
      countries: this.layer(topojson.mesh(topology, provinces, abroad)),
    };
    this.paint();
    this.map.on("zoomend", () => this.show());
    this.show();
  }

  /** @param {any} geometry */
  layer(geometry) {
    const options = /** @type {any} */ ({ renderer: this.renderer, pane: "ground", interactive: false, smoothFactor: 1.2 });
    return L.geoJSON(geometry, options);
  }

  paint() {
    this.layers.land?.setStyle({ stroke: false, fill: true, fillColor: colour("land"), fillOpacity: 1 });
    this.layers.provinces?.setStyle({ weight: 0.7, color: colour("province"), fill: false });
    this.layers.countries?.setStyle({ weight: 1.1, color: colour("country"), fill: false });
  }

  show() {
    const near = this.map.getZoom() >= PROVINCES_FROM;
    for (const [name, layer] of Object.entries(this.layers)) {
      const wanted = name !== "provinces" || near;
      if (wanted !== this.map.hasLayer(layer)) wanted ? layer.addTo(this.map) : layer.remove();
    }
    this.layers.countries?.bringToFront();
  }

  /** Names of countries, nearer of provinces, each only where it covers nothing. @param {CanvasRenderingContext2D} pen @param {Room} room */
  names(pen, room) {
    const zoom = this.map.getZoom();
    const bounds = this.map.getBounds().pad(0.1);
    pen.fillStyle = colour("label");
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    if (zoom < PROVINCE_NAMES_FROM + 1) this.countryNames(pen, room, zoom, bounds);
    if (zoom < PROVINCE_NAMES_FROM) return;
    pen.font = `11px ${colour("sans")}`;
    for (const [name, lat, lon] of this.labels.provinces) if (bounds.contains([lat, lon])) this.name(pen, room, name, lat, lon);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Room} room @param {number} zoom @param {L.LatLngBounds} bounds */
  countryNames(pen, room, zoom, bounds) {
    pen.font = `600 ${zoom < 4 ? 11 : 13}px ${colour("sans")}`;
    const large = Object.values(this.labels.countries).filter(([, lat, lon, size]) => size > 2600 / 4 ** zoom && bounds.contains([lat, lon]));
    for (const [name, lat, lon] of large.sort((a, b) => b[3] - a[3])) this.name(pen, room, name.toUpperCase(), lat, lon, 1.5);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Room} room @param {string} text @param {number} lat @param {number} lon @param {number} [spacing] */
  name(pen, room, text, lat, lon, spacing = 0) {
    pen.letterSpacing = `${spacing}px`;
    const at = this.map.latLngToContainerPoint([lat, lon]);
    const width = pen.measureText(text).width;
    if (room.take(at.x - width / 2, at.y - 8, width, 16)) pen.fillText(text, at.x, at.y);
    pen.letterSpacing = "0px";
  }
}

/** Boxes already written on; a new one is refused where it would cover one. */
export class Room {
  constructor() {
    /** @type {[number, number, number, number][]} */
    this.taken = [];
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  take(x, y, width, height) {
    for (const [left, top, right, bottom] of this.taken) {
      if (x < right && left < x + width && y < bottom && top < y + height) return false;
    }
    this.taken.push([x, y, x + width, y + height]);
    return true;
  }
}
