// Words beside the marks that exceed: the worst first, each where it covers no other.
const height = 18;
const most = 80;

/**
 * Draws labels for drawn sites [{x, y, text}], the worst last; what finds no room is left out, the list names it.
 * Inside bounds, and rather over marks of others than not at all, where they are given. Answers what was labelled, the worst first.
 */
export function drawLabels(context, drawn, radius, { bounds, others = [], limit = most } = {}) {
  context.save();
  context.font = '600 11.5px "Be Vietnam Pro", "Noto Sans", sans-serif';
  context.textBaseline = 'middle';
  const square = ({ x, y }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
  const taken = drawn.map(square);
  const avoided = others.map(square);
  const labelled = [];
  for (let i = drawn.length - 1; i >= 0 && labelled.length < limit; i--) {
    const { x, y, text } = drawn[i];
    const width = context.measureText(text).width + 10;
    const places = around(x, y, radius + 4, width).filter(place => (!bounds || holds(bounds, place)) && !taken.some(other => meet(place, other)));
    const box = places.find(place => !avoided.some(other => meet(place, other))) ?? places[0];
    if (!box) continue;
    taken.push(box);
    labelled.push(drawn[i]);
    context.beginPath();
    context.roundRect(box.left, box.top, width, height, 4);
    context.fillStyle = 'rgba(255,255,255,.94)';
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = '#e3a58f';
    context.stroke();
    context.fillStyle = '#14262e';
    context.fillText(text, box.left + 5, box.top + height / 2 + 0.5);
  }
  context.restore();
  return labelled;
}

function around(x, y, gap, width) {
  const middle = y - height / 2;
  const corners = [[x + gap, middle], [x - gap - width, middle], [x - width / 2, y - gap - height], [x - width / 2, y + gap],
    [x + gap * 0.7, y - gap - height * 0.7], [x + gap * 0.7, y + gap - height * 0.3]];
  return corners.map(([left, top]) => ({ left, top, right: left + width, bottom: top + height }));
}

const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const holds = ({ min, max }, { left, top, right, bottom }) => left >= min.x && top >= min.y && right <= max.x && bottom <= max.y;
