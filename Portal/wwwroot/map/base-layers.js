import { canvas, geoJSON } from '../lib/leaflet/leaflet.js';
import { CanvasLayer } from './canvas-layer.js';

const styles = {
  land: { fillColor: '#f1f2ea', fillOpacity: 1, color: '#b3c7ce', weight: 0.8 },
  rivers: { color: '#bcd6e2', weight: 1.1, fill: false },
  'province-line': { color: '#9aa9a2', weight: 1, dashArray: '2 5', opacity: 0.7, fill: false },
  border: { color: '#7d6a7a', weight: 1.2, dashArray: '6 3 1 3', fill: false },
};

/** Draws land, rivers, province line and names; returns a function that shows or hides the border. */
export function addBaseLayers(map, addresses) {
  const below = canvas({ pane: 'base', padding: 0.4 });
  const shapes = async name => {
    const layer = geoJSON(await get(addresses[name]), { style: styles[name], interactive: false, smoothFactor: 1.2, renderer: below, pane: 'base' });
    return layer.addTo(map);
  };
  // One after the other: they are painted in the order they are added.
  const drawn = (async () => {
    for (const name of ['land', 'rivers', 'province-line']) await shapes(name);
  })();
  drawn.catch(report);
  addNames(map, addresses.places).catch(report);

  let border;
  return async shown => {
    border ??= await drawn.then(() => shapes('border'));
    if (shown) border.addTo(map);
    else border.remove();
  };
}

async function addNames(map, address) {
  const { features } = await get(address);
  const names = features
    .map(({ geometry: { coordinates: [lng, lat] }, properties }) => ({ lat, lng, ...properties }))
    .sort((a, b) => a.rank - b.rank);
  new CanvasLayer((context, bounds, zoom) => paintNames(map, names, context, bounds, zoom), { pane: 'names', padding: 0.2 }).addTo(map);
}

function paintNames(map, names, context, bounds, zoom) {
  const taken = [];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const { name, rank, lat, lng } of names) {
    if (zoom < 7 + rank) continue;
    const { x, y } = map.latLngToLayerPoint([lat, lng]);
    if (!bounds.contains([x, y])) continue;
    context.font = `${rank === 1 ? 600 : 400} ${rank === 1 ? 13 : 11.5}px "Be Vietnam Pro", sans-serif`;
    const half = context.measureText(name).width / 2 + 6;
    const box = { left: x - half, right: x + half, top: y - 10, bottom: y + 10 };
    if (taken.some(other => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top)) continue;
    taken.push(box);
    context.lineWidth = 3;
    context.strokeStyle = 'rgba(255,255,255,.85)';
    context.strokeText(name, x, y);
    context.fillStyle = rank === 1 ? '#33474f' : '#5a6d76';
    context.fillText(name, x, y);
  }
}

async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

// Without a base map the sites are still there: worth a line in the console, not a broken page.
const report = error => console.warn('Base map:', error.message);
