import { density } from './canvas-layer.js';

// Marks of the sites: fill = class, shape = verdict, ring = age of the data. Whatever the fill, what exceeds has a warm outline and what cannot be judged is hatched. Each kind is drawn once and stamped from then on.
const ink = '#14262e';
const warm = '#b3261e';
const month = 30.44 * 24 * 3600 * 1000;

/** How bad a verdict is: the worst is drawn last, on top. */
export const severity = { 'no limit': 0, within: 1, 'cannot judge': 2, exceeds: 3 };

/** 'recent' up to 6 months, 'aging' up to 12, 'old' beyond or never sampled. */
export function ageOf(lastSampled, today) {
  const months = (today - Date.parse(lastSampled)) / month;
  return months <= 6 ? 'recent' : months <= 12 ? 'aging' : 'old';
}

const rings = {
  recent: { dash: [], alpha: 0.7 },
  aging: { dash: [3, 2.2], alpha: 0.6 },
  old: { dash: [1, 2.8], alpha: 0.4 },
};

const widths = { exceeds: 1.8, 'no limit': 1.6 };

export class Marks {
  #stamps = new Map();

  /** Stamps the mark with its centre at x, y. */
  draw(context, mark, x, y, radius, chosen) {
    const stamp = this.#stamp(mark, radius, chosen);
    context.drawImage(stamp.canvas, x - stamp.half, y - stamp.half, 2 * stamp.half, 2 * stamp.half);
  }

  #stamp({ colour, verdict, age }, radius, chosen) {
    const key = `${colour} ${verdict} ${age} ${radius} ${chosen} ${density()}`;
    let stamp = this.#stamps.get(key);
    if (!stamp) this.#stamps.set(key, (stamp = this.#paint(colour, verdict, age, radius, chosen)));
    return stamp;
  }

  #paint(colour, verdict, age, radius, chosen) {
    const size = chosen ? radius * 1.75 : radius;
    const half = Math.ceil(size + 6);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.ceil(2 * half * density());
    const context = canvas.getContext('2d');
    context.scale(density(), density());
    context.translate(half, half);
    if (!chosen) this.#ring(context, age, size + 2.4);
    outline(context, verdict, size);
    context.fillStyle = verdict === 'no limit' ? '#fff' : colour;
    context.fill();
    if (verdict === 'cannot judge') hatch(context, size, colour);
    outline(context, verdict, size);
    context.lineJoin = 'round';
    context.lineWidth = chosen ? 2.6 : widths[verdict] ?? 0.9;
    context.strokeStyle = verdict === 'exceeds' ? warm : ink;
    context.stroke();
    return { canvas, half };
  }

  #ring(context, age, radius) {
    const { dash, alpha } = rings[age];
    context.save();
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.fillStyle = 'rgba(255,255,255,.7)';
    context.fill();
    context.globalAlpha = alpha;
    context.setLineDash(dash);
    context.lineWidth = 0.9;
    context.strokeStyle = ink;
    context.stroke();
    context.restore();
  }
}

function hatch(context, r, colour) {
  context.beginPath();
  for (const shift of [-0.8, 0, 0.8]) {
    context.moveTo(-r * 1.2, (shift - 1.2) * r);
    context.lineTo(r * 1.2, (shift + 1.2) * r);
  }
  context.save();
  context.clip(diamond(r));
  context.lineWidth = Math.max(1, r / 6);
  context.strokeStyle = isDark(colour) ? '#fff' : ink;
  context.stroke();
  context.restore();
}

function isDark(colour) {
  const [red, green, blue] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  return 0.3 * red + 0.59 * green + 0.11 * blue < 110;
}

function diamond(r) {
  const path = new Path2D();
  path.moveTo(0, -r * 1.2);
  path.lineTo(r * 1.2, 0);
  path.lineTo(0, r * 1.2);
  path.lineTo(-r * 1.2, 0);
  path.closePath();
  return path;
}

function outline(context, verdict, r) {
  context.beginPath();
  if (verdict === 'exceeds') {
    context.moveTo(0, -r * 1.15);
    context.lineTo(r * 1.15, r * 0.85);
    context.lineTo(-r * 1.15, r * 0.85);
    context.closePath();
  } else if (verdict === 'cannot judge') {
    context.moveTo(0, -r * 1.2);
    context.lineTo(r * 1.2, 0);
    context.lineTo(0, r * 1.2);
    context.lineTo(-r * 1.2, 0);
    context.closePath();
  } else {
    context.arc(0, 0, r, 0, 2 * Math.PI);
  }
}
