import { CanvasLayer } from './canvas-layer.js';

const styles = {
  land: { fill: '#f1f2ea', stroke: '#aec4cc', width: 0.8 },
  rivers: { stroke: '#bcd6e2', width: 1.1 },
  'province-line': { stroke: '#8b9b94', width: 1, dash: [2, 4], alpha: 0.7 },
  border: { stroke: '#7d6a7a', width: 1.3, dash: [7, 3, 1.5, 3] },
};
const sheet = { west: 106.0, south: 20.3, east: 108.6, north: 22.0, sea: '#d7e8ef', edge: '#b9cdd5' };

/** Draws land, rivers, province line and names; returns a function that shows or hides the border. */
export function addBaseLayers(map, addresses) {
  const drawn = {};
  const hidden = new Set(['border']);
  const shapes = new CanvasLayer((context, bounds, zoom) => {
    paintSheet(map, context);
    for (const [name, style] of Object.entries(styles))
      if (drawn[name] && !hidden.has(name)) paintLines(map, drawn[name], style, context, bounds, zoom);
  }, { pane: 'base', padding: 0.3 }).addTo(map);

  const load = async name => {
    drawn[name] = linesOf(await get(addresses[name]));
    shapes.repaint();
  };
  for (const name of ['land', 'rivers', 'province-line']) load(name).catch(report(map));
  addNames(map, addresses.places).catch(report(map));

  return async shown => {
    if (shown) hidden.delete('border');
    else hidden.add('border');
    if (shown && !drawn.border) await load('border').catch(report(map));
    shapes.repaint();
  };
}

// Rings and lines as flat arrays in the units of the map's plane at zoom 0, each with its box: repainting is then two multiplications a point.
function linesOf(collection) {
  const lines = [];
  const add = points => {
    const line = { xy: new Float64Array(points.length * 2), left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    points.forEach(([lng, lat], i) => {
      const x = (line.xy[2 * i] = planeX(lng));
      const y = (line.xy[2 * i + 1] = planeY(lat));
      line.left = Math.min(line.left, x);
      line.right = Math.max(line.right, x);
      line.top = Math.min(line.top, y);
      line.bottom = Math.max(line.bottom, y);
    });
    lines.push(line);
  };
  const walk = { LineString: add, MultiLineString: rows => rows.forEach(add), Polygon: rows => rows.forEach(add), MultiPolygon: all => all.flat().forEach(add) };
  for (const { geometry } of collection.features) if (geometry) walk[geometry.type](geometry.coordinates);
  return lines;
}

const planeX = lng => (256 * (lng + 180)) / 360;
const planeY = lat => 128 - (128 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

function paintLines(map, lines, style, context, bounds, zoom) {
  const scale = 2 ** zoom;
  const { x: ox, y: oy } = map.getPixelOrigin();
  context.beginPath();
  for (const { xy, left, right, top, bottom } of lines) {
    const outside = right * scale - ox < bounds.min.x || left * scale - ox > bounds.max.x || bottom * scale - oy < bounds.min.y || top * scale - oy > bounds.max.y;
    if (outside) continue;
    context.moveTo(xy[0] * scale - ox, xy[1] * scale - oy);
    for (let i = 2; i < xy.length; i += 2) context.lineTo(xy[i] * scale - ox, xy[i + 1] * scale - oy);
  }
  context.globalAlpha = style.alpha ?? 1;
  context.setLineDash(style.dash ?? []);
  context.lineJoin = 'round';
  context.lineWidth = style.width;
  context.strokeStyle = style.stroke;
  context.fillStyle = style.fill;
  if (style.fill) context.fill('evenodd');
  context.stroke();
  context.globalAlpha = 1;
}

// What the base map covers is sea until land is drawn; beyond it nothing is known.
function paintSheet(map, context) {
  const { x, y } = map.latLngToLayerPoint([sheet.north, sheet.west]);
  const end = map.latLngToLayerPoint([sheet.south, sheet.east]);
  context.setLineDash([]);
  context.fillStyle = sheet.sea;
  context.fillRect(x, y, end.x - x, end.y - y);
  context.strokeStyle = sheet.edge;
  context.lineWidth = 1;
  context.strokeRect(x, y, end.x - x, end.y - y);
}

async function addNames(map, address) {
  const { features } = await get(address);
  const names = features
    .map(({ geometry: { coordinates: [lng, lat] }, properties }) => ({ lat, lng, ...properties }))
    .sort((a, b) => a.rank - b.rank);
  await document.fonts.load('600 13px "Be Vietnam Pro"', 'ạ');
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
    context.font = `${rank === 1 ? 600 : 400} ${rank === 1 ? 13 : 12}px "Be Vietnam Pro", sans-serif`;
    const half = context.measureText(name).width / 2 + 6;
    const box = { left: x - half, right: x + half, top: y - 10, bottom: y + 10 };
    if (taken.some(other => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top)) continue;
    taken.push(box);
    context.lineWidth = 3;
    context.strokeStyle = 'rgba(255,255,255,.85)';
    context.strokeText(name, x, y);
    context.fillStyle = '#33474f';
    context.fillText(name, x, y);
  }
}

async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

// Without a base map the sites are still there: worth a line in the console, not a broken page. A map that was left before it was drawn has no panes, and no need.
const report = map => error => map.getPane('mapPane') && console.warn('Base map:', error.message);
