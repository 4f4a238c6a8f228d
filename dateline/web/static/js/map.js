// The map: Leaflet keeps place and zoom, one canvas over it holds every mark. It tells what was pointed at or chosen, and knows no page.

import { Ground, Room } from "./ground.js";
import { HolderInks, drawCluster, drawHolding, drawIncident, drawVagueness, palette, radiusOf } from "./marks.js";
import { say } from "./strings.js";

/** @typedef {import("./incidents.js").Incidents} Incidents */
/** @typedef {{x: number, y: number, r: number, row: number | null, cluster: number | null, holding: any}} Spot */

const NAMES_FROM = 5.5;
const MOST_HALOS = 120;

export class DeskMap {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.map = L.map(place, { zoomControl: false, minZoom: 2, maxZoom: 12, zoomSnap: 0.5, worldCopyJump: true, maxBoundsViscosity: 0.8 });
    this.map.setMaxBounds([[-85, -400], [85, 400]]);
    L.control.zoom({ position: "topright" }).addTo(this.map);
    this.map.attributionControl.setPrefix(false).addAttribution(say("boundaries"));
    this.map.setView([34, 50], 3);
    this.ground = new Ground(this.map);
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", this.map.getPanes().overlayPane);
    /** @type {Incidents | null} */
    this.incidents = null;
    /** @type {any[] | null} */
    this.holdings = null;
    this.inks = new HolderInks();
    /** @type {Spot[]} */
    this.spots = [];
    /** @type {Spot | null} */
    this.pointed = null;
    this.chosen = "";
    /** @type {(spot: Spot | null, at: L.Point | null) => void} */
    this.onPoint = () => {};
    /** @type {(spot: Spot) => void} */
    this.onChoose = () => {};
    this.map.on("moveend zoomend resize viewreset", () => this.draw());
    this.map.on("mousemove", (event) => this.point(event.containerPoint));
    this.map.on("mouseout movestart zoomstart", () => this.point(null));
    this.map.on("click", (event) => this.choose(event.containerPoint));
  }

  async load() {
    await this.ground.load();
    this.draw();
  }

  repaint() {
    this.ground.paint();
    this.draw();
  }

  /** @param {L.LatLngBounds | null} bounds */
  fit(bounds) {
    if (bounds?.isValid()) this.map.fitBounds(bounds, { padding: [70, 70], maxZoom: 8, animate: false });
  }

  draw() {
    const size = this.map.getSize();
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = size.x * scale;
    this.canvas.height = size.y * scale;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(this.canvas, this.map.containerPointToLayerPoint([0, 0]));
    const pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    pen.scale(scale, scale);
    this.spots = [];
    const room = new Room();
    if (this.holdings) this.drawHoldings(pen, room, this.holdings);
    else if (this.incidents) this.drawIncidents(pen, room, this.incidents);
    pen.globalCompositeOperation = "destination-over";
    this.ground.names(pen, room);
    pen.globalCompositeOperation = "source-over";
  }

  /** @param {CanvasRenderingContext2D} pen @param {Room} room @param {Incidents} all */
  drawIncidents(pen, room, all) {
    const paint = palette();
    const seen = all.seen(this.map.getBounds().pad(0.05), this.map.getZoom());
    for (const feature of seen) this.spots.push(this.spotOf(feature, all));
    this.spots.sort((a, b) => b.r - a.r);
    if (this.spots.length <= MOST_HALOS) for (const spot of this.spots) this.halo(pen, spot, all, paint);
    for (const spot of this.spots) {
      if (spot.row !== null) drawIncident(pen, spot.x, spot.y, spot.r, all, spot.row, paint);
      room.take(spot.x - spot.r, spot.y - spot.r, spot.r * 2, spot.r * 2);
    }
    for (const feature of seen) if (feature.properties.cluster) this.cluster(pen, feature, paint);
    if (this.map.getZoom() >= NAMES_FROM) for (const spot of this.spots) this.placeName(pen, room, spot, all, paint.ink, paint.panel);
    const chosen = this.spots.find((spot) => spot.row !== null && all.columns.id[spot.row] === this.chosen);
    for (const spot of [this.pointed, chosen]) if (spot) this.emphasise(pen, spot, paint.ink);
  }

  /** @param {any} feature @param {Incidents} all @returns {Spot} */
  spotOf(feature, all) {
    const [lon, lat] = feature.geometry.coordinates;
    const at = this.map.latLngToContainerPoint([lat, lon]);
    const { cluster, row, size, point_count: count } = feature.properties;
    const r = cluster ? Math.min(26, 12 + Math.log2(count) * 2) : radiusOf(size);
    return { x: at.x, y: at.y, r, row: cluster ? null : row, cluster: cluster ? feature.id : null, holding: null };
  }

  /** @param {CanvasRenderingContext2D} pen @param {any} feature @param {ReturnType<typeof palette>} paint */
  cluster(pen, feature, paint) {
    const spot = this.spots.find((one) => one.cluster === feature.id);
    if (spot) drawCluster(pen, spot.x, spot.y, spot.r, feature.properties.kinds, feature.properties.point_count, paint);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Spot} spot @param {Incidents} all @param {ReturnType<typeof palette>} paint */
  halo(pen, spot, all, paint) {
    if (spot.row === null || !all.columns.radius[spot.row]) return;
    const r = this.pixels(all.columns.radius[spot.row], spot);
    const strong = all.columns.id[spot.row] === this.chosen || spot.row === this.pointed?.row;
    if (r > spot.r + 3) drawVagueness(pen, spot.x, spot.y, r, paint.kinds[all.columns.group[spot.row]], strong);
  }

  /** Kilometres as pixels where the spot is. @param {number} km @param {Spot} spot */
  pixels(km, spot) {
    const here = this.map.containerPointToLatLng([spot.x, spot.y]);
    const north = this.map.latLngToContainerPoint([Math.min(85, here.lat + km / 111.2), here.lng]);
    return Math.abs(north.y - spot.y);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Room} room @param {Spot} spot @param {Incidents} all @param {string} ink @param {string} under */
  placeName(pen, room, spot, all, ink, under) {
    const row = spot.row ?? all.rowsOf(/** @type {number} */ (spot.cluster), 1)[0];
    this.label(pen, room, spot, all.columns.names[all.columns.name[row]] ?? "", ink, under);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Room} room @param {Spot} spot @param {string} text @param {string} ink @param {string} under */
  label(pen, room, spot, text, ink, under) {
    pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const width = pen.measureText(text).width;
    if (!text || !room.take(spot.x + spot.r + 3, spot.y - 8, width + 4, 16)) return;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.lineWidth = 3;
    pen.lineJoin = "round";
    pen.strokeStyle = under;
    pen.strokeText(text, spot.x + spot.r + 5, spot.y);
    pen.fillStyle = ink;
    pen.fillText(text, spot.x + spot.r + 5, spot.y);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Spot} spot @param {string} ink */
  emphasise(pen, spot, ink) {
    pen.beginPath();
    pen.arc(spot.x, spot.y, spot.r + 3.5, 0, Math.PI * 2);
    pen.lineWidth = 2;
    pen.strokeStyle = ink;
    pen.stroke();
  }

  /** @param {CanvasRenderingContext2D} pen @param {Room} room @param {any[]} holdings */
  drawHoldings(pen, room, holdings) {
    const paint = palette();
    for (const holding of holdings) {
      if (holding.place.lat === null) continue;
      const at = this.map.latLngToContainerPoint([holding.place.lat, holding.place.lon]);
      const spot = { x: at.x, y: at.y, r: 7, row: null, cluster: null, holding };
      this.spots.push(spot);
      drawHolding(pen, at.x, at.y, 6.5, this.inks.of(holding.holder), holding.unsure, paint.panel);
      room.take(at.x - 8, at.y - 8, 16, 16);
    }
    for (const spot of this.spots) this.label(pen, room, spot, spot.holding.place.name, paint.ink, paint.panel);
    if (this.pointed) this.emphasise(pen, this.pointed, paint.ink);
  }

  /** @param {L.Point} at @returns {Spot | null} */
  spotAt(at) {
    let best = null;
    let nearest = Infinity;
    for (const spot of this.spots) {
      const away = Math.hypot(spot.x - at.x, spot.y - at.y);
      if (away <= spot.r + 4 && away < nearest) [best, nearest] = [spot, away];
    }
    return best;
  }

  /** @param {L.Point | null} at */
  point(at) {
    const spot = at ? this.spotAt(at) : null;
    this.map.getContainer().style.cursor = spot ? "pointer" : "";
    if (spot === this.pointed) return;
    this.pointed = spot;
    this.draw();
    this.pointed = spot && at ? this.spotAt(at) : null;
    this.onPoint(this.pointed, at);
  }

  /** @param {L.Point} at */
  choose(at) {
    const spot = this.spotAt(at);
    if (spot) this.onChoose(spot);
  }

  /** Bring a chosen incident out from under the card. @param {string} id @param {number} covered pixels on the right */
  uncover(id, covered) {
    const row = this.incidents?.columns.id.indexOf(id) ?? -1;
    const all = this.incidents?.columns;
    if (!all || row < 0 || all.lat[row] === null) return;
    const size = this.map.getSize();
    const at = this.map.latLngToContainerPoint([Number(all.lat[row]), Number(all.lon[row])]);
    const free = size.x - covered;
    if (free < 160 || (at.x > 40 && at.x < free - 40 && at.y > 60 && at.y < size.y - 40)) return;
    this.map.panBy([at.x - free / 2, at.y - size.y / 2], { animate: false });
  }

  /** Whether looking closer parts the cluster. @param {Spot} spot */
  canPart(spot) {
    return spot.cluster !== null && this.incidents !== null && this.incidents.splitZoom(spot.cluster) <= 11;
  }

  /** Look closer at a cluster, if that parts it. @param {Spot} spot @returns {boolean} */
  part(spot) {
    if (spot.cluster === null || !this.incidents || !this.canPart(spot)) return false;
    this.map.setView(this.map.containerPointToLatLng([spot.x, spot.y]), this.incidents.splitZoom(spot.cluster));
    return true;
  }
}
