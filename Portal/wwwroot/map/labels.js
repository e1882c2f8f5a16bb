// Words beside the marks that exceed: the worst first, each where it covers no other.
const height = 18;
const most = 80;

/** Draws labels for drawn sites [{x, y, text}], the worst last; what finds no room is left out, the list names it. */
export function drawLabels(context, drawn, radius) {
  context.save();
  context.font = '600 11.5px "Be Vietnam Pro", "Noto Sans", sans-serif';
  context.textBaseline = 'middle';
  const taken = drawn.map(({ x, y }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
  let count = 0;
  for (let i = drawn.length - 1; i >= 0 && count < most; i--) {
    const { x, y, text } = drawn[i];
    const width = context.measureText(text).width + 10;
    const box = around(x, y, radius + 4, width).find(place => !taken.some(other => meet(place, other)));
    if (!box) continue;
    taken.push(box);
    count++;
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
}

function around(x, y, gap, width) {
  const middle = y - height / 2;
  const corners = [[x + gap, middle], [x - gap - width, middle], [x - width / 2, y - gap - height], [x - width / 2, y + gap],
    [x + gap * 0.7, y - gap - height * 0.7], [x + gap * 0.7, y + gap - height * 0.3]];
  return corners.map(([left, top]) => ({ left, top, right: left + width, bottom: top + height }));
}

const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
