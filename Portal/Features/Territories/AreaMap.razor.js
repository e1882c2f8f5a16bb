import * as leaflet from '../../lib/leaflet/leaflet.js';
import { addBaseLayers } from '../../map/base-layers.js';
import { ask } from '../../map/first-layer.js';
import { SiteLayer } from '../../map/site-layer.js';

const province = leaflet.latLngBounds([20.65, 106.45], [21.65, 108.05]);
const world = leaflet.latLngBounds([20.3, 106.0], [22.0, 108.6]);
const panes = { base: 210, names: 300, sites: 410 };
const styles = {
  faint: { color: '#4a606b', weight: 1, opacity: 0.45, fill: false },
  old: { color: '#4a606b', weight: 2, dashArray: '6 5', fill: false },
  new: { color: '#0b5c6b', weight: 1.5, fillColor: '#0b5c6b', fillOpacity: 0.16 },
};

/**
 * A map of areas. It fetches base map and sites by itself; what is drawn on it goes to the page as the text of a GeoJSON geometry (Drawn).
 * options: draw, sites (address), baseMap {layer: address}, today (ISO day), mostCorners, texts {attribution, zoomIn, zoomOut}.
 */
export async function open(host, callbacks, options) {
  if (options.draw) await loadTools();
  const map = new leaflet.Map(host, {
    zoomControl: false, attributionControl: false, minZoom: 8, maxZoom: 16, zoomSnap: 0.5, maxBounds: world.pad(0.3), pmIgnore: !options.draw,
  });
  for (const [name, zIndex] of Object.entries(panes)) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = 'none';
  }
  map.fitBounds(province);
  leaflet.control.zoom({ position: 'topright', zoomInTitle: options.texts.zoomIn, zoomOutTitle: options.texts.zoomOut }).addTo(map);
  leaflet.control.scale({ imperial: false, position: 'bottomleft' }).addTo(map);
  leaflet.control.attribution({ prefix: false, position: 'bottomright' }).addTo(map).addAttribution(options.texts.attribution);
  addBaseLayers(map, options.baseMap);
  const gone = new AbortController();
  addSites(map, options, gone.signal).catch(() => {});
  const size = new ResizeObserver(() => map.invalidateSize());
  size.observe(host);

  let shapes;
  const pencil = options.draw ? new Pencil(map, callbacks, options.mostCorners) : null;
  return {
    show(text) {
      shapes?.remove();
      shapes = leaflet.geoJSON(JSON.parse(text), { style: ({ properties }) => styles[properties.role], interactive: false, pmIgnore: true }).addTo(map);
      const wanted = leaflet.geoJSON(JSON.parse(text), { filter: ({ properties }) => properties.role !== 'faint' }).getBounds();
      if (wanted.isValid()) map.fitBounds(wanted.pad(0.05), { animate: false, maxZoom: 13 });
    },
    start: () => pencil.start(),
    finish: () => pencil.finish(),
    undo: () => pencil.undo(),
    clear: () => pencil.clear(),
    edit: text => pencil.edit(JSON.parse(text)),
    close() {
      gone.abort();
      size.disconnect();
      map.remove();
    },
  };
}

// The drawing tools are written for a global L; nothing else of the portal sees it, and maps and layers that do not ask for them stay as they are.
let tools;
function loadTools() {
  tools ??= (async () => {
    const sheet = document.head.appendChild(document.createElement('link'));
    sheet.rel = 'stylesheet';
    sheet.href = new URL('../../lib/geoman/geoman.css', import.meta.url).href;
    window.L = { ...leaflet };
    await import('../../lib/geoman/geoman.js');
    window.L.PM.setOptIn(true);
  })();
  return tools;
}

async function addSites(map, { sites, today }, signal) {
  const layer = new SiteLayer(map, Date.parse(today), () => '');
  const response = await ask(sites, signal);
  if (response.ok && !response.redirected) layer.set((await response.json()).features);
}

/** One polygon: drawn corner by corner, then its corners moved, each step taken back. */
class Pencil {
  #map;
  #callbacks;
  #mostCorners;
  #shape = null;
  #steps = [];

  constructor(map, callbacks, mostCorners) {
    this.#map = map;
    this.#callbacks = callbacks;
    this.#mostCorners = mostCorners;
    map.on('pm:create', ({ layer }) => this.#take(layer));
    map.on('layeradd', ({ layer }) => hideHandle(layer));
  }

  start() {
    this.clear();
    this.#map.pm.enableDraw('Polygon', {
      allowSelfIntersection: false, tooltips: false, continueDrawing: false, pmIgnore: false, pathOptions: { ...styles.new, pmIgnore: false },
      templineStyle: { color: styles.new.color, weight: 2 }, hintlineStyle: { color: styles.new.color, weight: 2, dashArray: '4 5' },
    });
  }

  finish() {
    if (this.#map.pm.globalDrawModeEnabled()) this.#map.pm.Draw.Polygon._finishShape();
  }

  undo() {
    if (this.#map.pm.globalDrawModeEnabled()) return this.#map.pm.Draw.Polygon._removeLastVertex();
    if (!this.#shape || this.#steps.length < 2) return;
    this.#steps.pop();
    this.#shape.pm.disable();
    this.#shape.setLatLngs(copyOf(this.#steps.at(-1)));
    this.#open();
    this.#report();
  }

  clear() {
    this.#map.pm.disableDraw();
    this.#shape?.pm.disable();
    this.#shape?.remove();
    this.#shape = null;
    this.#steps = [];
  }

  /** Takes over a polygon that is there. */
  edit(geometry) {
    this.clear();
    const latlngs = leaflet.GeoJSON.coordsToLatLngs(geometry.coordinates, geometry.type === 'Polygon' ? 1 : 2);
    const shape = leaflet.polygon(latlngs, { ...styles.new, pmIgnore: false }).addTo(this.#map);
    this.#map.fitBounds(shape.getBounds().pad(0.1), { animate: false });
    this.#take(shape);
  }

  #take(shape) {
    this.#shape = shape;
    shape.setStyle(styles.new);
    this.#steps = [copyOf(shape.getLatLngs())];
    shape.on('pm:edit', () => {
      this.#steps.push(copyOf(shape.getLatLngs()));
      this.#report();
    });
    this.#open();
    this.#report();
  }

  #open() {
    this.#shape.pm.enable({ allowSelfIntersection: false, draggable: false });
  }

  #report() {
    // Six decimals: a tenth of a metre.
    const { geometry } = this.#shape.toGeoJSON(6);
    const corners = JSON.stringify(geometry.coordinates).split('],[').length;
    this.#callbacks.invokeMethodAsync('Drawn', corners > this.#mostCorners ? '' : JSON.stringify(geometry));
  }
}

// The handles of the tools are for the pointer: a button without a name that no key can move helps nobody. Keys have the field of corners.
function hideHandle(layer) {
  const icon = layer instanceof leaflet.Marker ? layer.getElement() : null;
  if (!icon?.classList.contains('marker-icon')) return;
  layer.options.keyboard = false;
  for (const name of ['role', 'tabindex']) icon.removeAttribute(name);
  icon.setAttribute('aria-hidden', 'true');
}

const copyOf = latlngs => (Array.isArray(latlngs) ? latlngs.map(copyOf) : leaflet.latLng(latlngs.lat, latlngs.lng));
