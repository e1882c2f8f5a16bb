import { Browser, LatLngBounds } from '../lib/leaflet/leaflet.js';
import { CanvasLayer } from './canvas-layer.js';
import { Marks, ageOf, severity } from './marks.js';

const cell = 32;

/** The sites on a canvas, with a grid of what was drawn where, so that finding the site under the pointer costs the same for ten as for 20,000. */
export class SiteLayer {
  #sites = [];
  #chosen = null;
  #grid = new Map();
  #marks = new Marks(Browser.retina ? window.devicePixelRatio : 1);
  #canvas;
  #map;

  constructor(map, today) {
    this.#map = map;
    this.today = today;
    this.#canvas = new CanvasLayer((context, bounds, zoom) => this.#paint(context, bounds, zoom), { pane: 'sites', padding: 0.2 });
    this.#canvas.addTo(map);
  }

  /** Takes the features of the layer; the worst come last, so they lie on top. */
  set(features) {
    this.#sites = features
      .filter(feature => feature.geometry)
      .map(({ geometry: { coordinates: [lng, lat] }, properties }) => ({
        ...properties, lat, lng, age: ageOf(properties.lastSampled, this.today), rank: severity[properties.verdict] ?? 0,
      }))
      .sort((a, b) => a.rank - b.rank || (a.ratio ?? 0) - (b.ratio ?? 0) || (a.code < b.code ? -1 : 1));
    this.#canvas.repaint();
  }

  choose(code) {
    this.#chosen = code;
    this.#canvas.repaint();
  }

  find(code) {
    return this.#sites.find(site => site.code === code);
  }

  bounds() {
    return this.#sites.length ? new LatLngBounds(this.#sites.map(site => [site.lat, site.lng])) : null;
  }

  /** Whether any site lies within bounds; true where there is none at all. */
  anyWithin(bounds) {
    return this.#sites.length === 0 || this.#sites.some(site => bounds.contains([site.lat, site.lng]));
  }

  /** The uppermost site within reach of a layer point, or undefined. */
  at(point) {
    const radius = this.#radius(this.#map.getZoom()) + 5;
    let best;
    for (let column = Math.floor((point.x - radius) / cell); column <= (point.x + radius) / cell; column++) {
      for (let row = Math.floor((point.y - radius) / cell); row <= (point.y + radius) / cell; row++) {
        for (const drawn of this.#grid.get(key(column, row)) ?? []) {
          const near = Math.hypot(drawn.x - point.x, drawn.y - point.y) <= radius;
          if (near && (!best || drawn.order > best.order)) best = drawn;
        }
      }
    }
    return best?.site;
  }

  /** Where a site stands now, in layer points. */
  pointOf(site) {
    return this.#map.latLngToLayerPoint([site.lat, site.lng]);
  }

  #radius(zoom) {
    const few = this.#sites.length <= 500;
    return (zoom < 9 ? 4 : zoom < 11 ? 5.5 : 7) - (few ? 0 : 1);
  }

  #paint(context, bounds, zoom) {
    const radius = this.#radius(zoom);
    const origin = this.#map.getPixelOrigin();
    const project = this.#projection(zoom);
    this.#grid.clear();
    let last = null;
    for (const [order, site] of this.#sites.entries()) {
      const { x, y } = project(site, origin);
      if (x < bounds.min.x || y < bounds.min.y || x > bounds.max.x || y > bounds.max.y) continue;
      const drawn = { x, y, site, order: site.code === this.#chosen ? Infinity : order };
      this.#remember(drawn);
      if (site.code === this.#chosen) last = drawn;
      else this.#marks.draw(context, site, x, y, radius, false);
    }
    if (last) this.#marks.draw(context, last.site, last.x, last.y, radius, true);
    if (this.#sites.length && performance.getEntriesByName('quantrac-map-painted').length === 0)
      performance.mark('quantrac-map-painted');
  }

  #projection(zoom) {
    const { crs } = this.#map.options;
    return (site, origin) => crs.latLngToPoint(site, zoom)._subtract(origin);
  }

  #remember(drawn) {
    const at = key(Math.floor(drawn.x / cell), Math.floor(drawn.y / cell));
    const there = this.#grid.get(at);
    if (there) there.push(drawn);
    else this.#grid.set(at, [drawn]);
  }
}

const key = (column, row) => column * 100003 + row;
