import { LatLngBounds } from '../lib/leaflet/leaflet.js';
import { CanvasLayer } from './canvas-layer.js';
import { places, ring } from './fan.js';
import { drawLabels } from './labels.js';
import { Marks, ageOf, severity } from './marks.js';

const cell = 32;
// From here on, what stands at one place is fanned out by itself, and what exceeds is named.
const fanZoom = 13;
const labelZoom = 11;

/** The sites on a canvas, with a grid of what was drawn where, so that finding the site under the pointer costs the same for ten as for 20,000. */
export class SiteLayer {
  #sites = [];
  #places = [];
  #chosen = null;
  #focused = null;
  #fan = null;
  #grid = new Map();
  #marks = new Marks();
  #numbers = null;
  #canvas;
  #map;
  #label;

  /** label(site): the words beside a site that exceeds, or nothing. */
  constructor(map, today, label) {
    this.#map = map;
    this.#label = label;
    this.today = today;
    this.#canvas = new CanvasLayer((context, bounds, zoom) => this.#paint(context, bounds, zoom), { pane: 'sites', padding: 0.2 });
    this.#canvas.addTo(map);
  }

  /** Takes the features of the layer; the worst come last, so they lie on top. */
  set(features) {
    this.#sites = features
      .filter(feature => feature.geometry)
      .map(({ geometry: { coordinates: [lng, lat] }, properties }) => ({
        ...properties, lat, lng, age: ageOf(properties.lastSampled, this.today), weight: severity[properties.verdict] ?? 0,
      }))
      .sort((a, b) => a.weight - b.weight || (a.ratio ?? 0) - (b.ratio ?? 0) || (b.rank ?? 0) - (a.rank ?? 0));
    this.#places = places(this.#sites);
    this.#fan = null;
    this.#focused = this.#focused && this.find(this.#focused.code);
    this.#canvas.repaint();
  }

  choose(code) {
    this.#chosen = code;
    this.#canvas.repaint();
  }

  /** Marks the site that the keyboard stands on; null for none. */
  focus(site) {
    this.#focused = site;
    this.#canvas.repaint();
  }

  /** On paper what exceeds bears its rank alone, the worst `limit` of what finds room; null ends it. Answers the sites that will bear one, the worst first. */
  number(limit) {
    this.#numbers = limit === null ? null : { limit };
    if (!this.#numbers) return [];
    const [corner, size] = [this.#map.containerPointToLayerPoint([0, 0]), this.#map.getSize()];
    return this.#paint(document.createElement('canvas').getContext('2d'), { min: corner, max: corner.add(size) }, this.#map.getZoom());
  }

  find(code) {
    return this.#sites.find(site => site.code === code);
  }

  /** Of sites, or of all; null of none. */
  bounds(sites = this.#sites) {
    return sites.length ? new LatLngBounds(sites.map(site => [site.lat, site.lng])) : null;
  }

  within(bounds) {
    return this.#sites.filter(site => bounds.contains([site.lat, site.lng]));
  }

  /** Whether any site lies within bounds; true where there is none at all. */
  anyWithin(bounds) {
    return this.#sites.length === 0 || this.#sites.some(site => bounds.contains([site.lat, site.lng]));
  }

  /** The uppermost site within reach of a layer point, or undefined. */
  at(point) {
    return this.#drawnAt(point)?.site;
  }

  /** The sites that cannot be told apart at a layer point: one, several, or none. */
  heapAt(point) {
    const best = this.#drawnAt(point);
    if (!best) return [];
    const reach = this.#radius(this.#map.getZoom()) * 0.9;
    return this.#near(best, reach).map(drawn => drawn.site);
  }

  /** Fans sites out round the place of the first, whatever the zoom; null folds them again. Answers whether anything changed. */
  fanOut(sites) {
    if (!sites && !this.#fan) return false;
    this.#fan = sites;
    this.#canvas.repaint();
    return true;
  }

  /** Where a site stands now, in layer points. */
  pointOf(site) {
    return this.#map.latLngToLayerPoint([site.lat, site.lng]);
  }

  /** The next site in a direction (dx, dy of -1, 0, 1), from one or from the middle of the map; undefined where there is none. */
  next(from, dx, dy) {
    const start = this.pointOf(from ?? this.#map.getCenter());
    let best, least = Infinity;
    for (const [order, site] of this.#sites.entries()) {
      if (site === from) continue;
      const { x, y } = this.pointOf(site);
      // Of sites at one place the order decides, else the keyboard would never reach the second.
      const apart = from && x === start.x && y === start.y ? (order - this.#sites.indexOf(from)) * 1e-6 * (dx + dy) : 0;
      const along = (x - start.x) * dx + (y - start.y) * dy + apart;
      const across = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx);
      if (along > 0 && along + 2.5 * across < least) [best, least] = [site, along + 2.5 * across];
    }
    return best;
  }

  #drawnAt(point) {
    const radius = this.#radius(this.#map.getZoom()) + 5;
    return this.#near(point, radius).reduce((best, drawn) => (!best || drawn.order > best.order ? drawn : best), undefined);
  }

  #near({ x, y }, radius) {
    const found = [];
    for (let column = Math.floor((x - radius) / cell); column <= (x + radius) / cell; column++)
      for (let row = Math.floor((y - radius) / cell); row <= (y + radius) / cell; row++)
        for (const drawn of this.#grid.get(key(column, row)) ?? [])
          if (Math.hypot(drawn.x - x, drawn.y - y) <= radius) found.push(drawn);
    return found;
  }

  #radius(zoom) {
    const few = this.#sites.length <= 500;
    return (zoom < 9 ? 4 : zoom < 11 ? 5.5 : 7) - (few ? 0 : 1);
  }

  /** Answers the sites that bear a label, the worst first. */
  #paint(context, bounds, zoom) {
    const radius = this.#radius(zoom);
    const origin = this.#map.getPixelOrigin();
    const project = this.#projection(zoom);
    const fanned = this.#fanned(zoom, radius, site => project(site, origin));
    this.#grid.clear();
    let last = null;
    const [named, others] = [[], []];
    for (const [order, site] of this.#sites.entries()) {
      const { x, y } = fanned.get(site) ?? project(site, origin);
      if (x < bounds.min.x || y < bounds.min.y || x > bounds.max.x || y > bounds.max.y) continue;
      const drawn = { x, y, site, order: site.code === this.#chosen ? Infinity : order };
      this.#remember(drawn);
      if (fanned.has(site)) leg(context, fanned.get(site));
      if (site.code === this.#chosen) last = drawn;
      else this.#marks.draw(context, site, x, y, radius, false);
      if (site.verdict === 'exceeds' && (this.#numbers || zoom >= labelZoom)) named.push({ x, y, site, text: this.#numbers ? `${site.rank}` : this.#label(site) });
      else others.push({ x, y });
      if (site === this.#focused) halo(context, x, y, radius);
    }
    if (last) this.#marks.draw(context, last.site, last.x, last.y, radius, true);
    const room = this.#numbers && { bounds, others, limit: this.#numbers.limit };
    const labelled = drawLabels(context, named.filter(({ text }) => text), radius, room ?? undefined).map(({ site }) => site);
    if (this.#sites.length && performance.getEntriesByName('quantrac-map-painted').length === 0)
      performance.mark('quantrac-map-painted');
    return labelled;
  }

  // Where fanned sites stand, with the place they belong to.
  #fanned(zoom, radius, project) {
    const fanned = new Map();
    const heaps = zoom >= fanZoom ? [...this.#places] : [];
    if (this.#fan) heaps.push(this.#fan);
    for (const heap of heaps) {
      const place = project(heap[0]);
      for (const [i, offset] of ring(heap.length, radius).entries())
        fanned.set(heap[i], { x: place.x + offset.x, y: place.y + offset.y, place });
    }
    return fanned;
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

function leg(context, { x, y, place }) {
  context.beginPath();
  context.moveTo(place.x, place.y);
  context.lineTo(x, y);
  context.lineWidth = 1;
  context.strokeStyle = 'rgba(20,38,46,.55)';
  context.stroke();
}

function halo(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius + 7, 0, 2 * Math.PI);
  context.lineWidth = 2.5;
  context.strokeStyle = '#0b5c6b';
  context.stroke();
}

const key = (column, row) => column * 100003 + row;
