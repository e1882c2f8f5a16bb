import uPlot from '../../lib/uplot/uplot.js';

const colours = { ink: '#14262e', faint: '#5f737d', line: '#dde5e8', brand: '#0b5c6b', limit: '#b3261e' };

/**
 * A chart of one parameter through time. show({points, limits}) draws: points [{t, value, below, above, exceeds, colour, label, text}] by time
 * (t in seconds), limits [{from, to, value, label}]. Non-detects are hollow at their limit of detection; limits are dashed steps.
 */
export function open(host, _, { culture }) {
  const number = new Intl.NumberFormat(culture, { maximumFractionDigits: 6 });
  let plot;
  const resize = () => plot?.setSize({ width: host.clientWidth, height: plot.height });
  const size = new ResizeObserver(resize);
  size.observe(host);
  // The printer does not wait for an observer.
  window.addEventListener('beforeprint', resize);
  const clear = () => {
    plot?.destroy();
    plot = null;
    host.replaceChildren();
  };
  return {
    show(data) {
      clear();
      if (data.points.length)
        plot = new uPlot(settings(host, data, number), [data.points.map(point => point.t), data.points.map(point => point.value)], host);
    },
    close() {
      size.disconnect();
      window.removeEventListener('beforeprint', resize);
      clear();
    },
  };
}

function settings(host, data, number) {
  const axis = { stroke: colours.faint, font: '11.5px "Noto Sans"', grid: { stroke: colours.line, width: 1 }, ticks: { show: false } };
  const top = Math.max(...data.points.map(point => point.value), ...data.limits.map(limit => limit.value)) * 1.15 || 1;
  const bottom = Math.min(0, ...data.points.map(point => point.value));
  return {
    width: host.clientWidth, height: 168, padding: [10, 8, 0, 0], legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false, range: (_, low, high) => pad(low, high) }, y: { range: [bottom, top] } },
    axes: [
      { ...axis, grid: { show: false }, size: 24, splits: (plot, _, low, high) => labels(plot.width, data.points, low, high), values: (_, splits) => splits.map(t => data.points.find(p => p.t === t)?.label ?? '') },
      { ...axis, size: 52, values: (_, splits) => splits.map(value => number.format(value)), space: 22 },
    ],
    series: [{}, { stroke: colours.brand, width: 1.4, points: { show: false } }],
    hooks: { draw: [plot => drawLimits(plot, data.limits), plot => drawPoints(plot, data.points)], setCursor: [tip(host, data.points)] },
  };
}

function pad(low, high) {
  const space = Math.max((high - low) * 0.04, 86400 * 15);
  return [low - space, high + space];
}

// As many labels as there is room for, always with the last: samplings lie unevenly in time.
function labels(width, points, low, high) {
  const apart = (66 * (high - low)) / Math.max(1, width - 60);
  const shown = [];
  for (const { t } of points.toReversed()) if (shown.length === 0 || shown[0] - t >= apart) shown.unshift(t);
  return shown;
}

function drawLimits(plot, limits) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.strokeStyle = ctx.fillStyle = colours.limit;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.font = `${11.5 * devicePixelRatio}px "Noto Sans"`;
  ctx.textAlign = 'right';
  const highest = Math.max(...plot.data[1]);
  for (const limit of limits) {
    const x = t => plot.valToPos(t, 'x', true);
    const from = limit.from == null ? bbox.left : Math.max(bbox.left, x(limit.from));
    const to = limit.to == null ? bbox.left + bbox.width : Math.min(bbox.left + bbox.width, x(limit.to));
    if (to <= from) continue;
    const y = plot.valToPos(limit.value, 'y', true);
    ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.lineTo(to, y);
    ctx.stroke();
    // The label keeps to the side where the values are not.
    const under = highest > limit.value;
    ctx.textBaseline = under ? 'top' : 'bottom';
    if (to - from > ctx.measureText(limit.label).width) ctx.fillText(limit.label, to - 4, y + (under ? 4 : -3) * devicePixelRatio);
  }
  ctx.restore();
}

function drawPoints(plot, points) {
  const { ctx } = plot;
  const radius = 3.6 * devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 1.3 * devicePixelRatio;
  for (const point of points) {
    const x = plot.valToPos(point.t, 'x', true);
    const y = plot.valToPos(point.value, 'y', true);
    ctx.beginPath();
    if (point.exceeds) triangle(ctx, x, y, radius * 1.25);
    else ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = point.below || point.above ? '#fff' : point.colour;
    ctx.strokeStyle = point.below || point.above ? colours.faint : colours.ink;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function triangle(ctx, x, y, r) {
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r, y + r * 0.75);
  ctx.lineTo(x - r, y + r * 0.75);
  ctx.closePath();
}

function tip(host, points) {
  const box = document.createElement('div');
  box.className = 'chart-tip';
  box.hidden = true;
  host.append(box);
  return plot => {
    const point = plot.cursor.idx == null || plot.cursor.left < 0 ? null : points[plot.cursor.idx];
    box.hidden = !point;
    if (!point) return;
    box.textContent = point.text;
    const left = plot.valToPos(point.t, 'x') + plot.bbox.left / devicePixelRatio;
    box.style.left = `${Math.min(Math.max(left, 70), host.clientWidth - 70)}px`;
  };
}
