// A page marked .one-sheet is printed on one: made smaller as long as it can still be read, then without its last entries, and the citation says how many
// are left out.

// A4 landscape with margins of 9 mm, in CSS pixels, without the line that says that the data are a sample.
const sheet = { width: 1054, height: 680 };
const zooms = [1, 0.9, 0.8, 0.72];
// So many rows of a table, and cards, stay as long as there is anything else to leave out.
const kept = { rows: 5, cards: 3 };

function fit(page) {
  page.classList.add('on-sheet');
  const fits = zoom => {
    page.style.zoom = zoom;
    page.style.width = `${sheet.width / zoom}px`;
    return page.scrollHeight * zoom <= sheet.height;
  };
  if (zooms.some(fits)) return;
  const tables = [...page.querySelectorAll('.data-table tbody, .scroll tbody')];
  const cards = [...page.querySelectorAll('.areas .card, .facility')];
  const order = [...cards.slice(0, kept.cards), ...tables.flatMap(table => [...table.rows].slice(0, kept.rows)),
    ...cards.slice(kept.cards), ...tables.flatMap(table => [...table.rows].slice(kept.rows))];
  let left = 0;
  while (order.length > 0 && !fits(zooms.at(-1))) {
    // Several at a time: each look costs a layout.
    for (const entry of order.splice(-Math.max(1, Math.floor(order.length / 20)))) {
      entry.classList.add('off-sheet');
      left++;
    }
    tell(page, left);
  }
}

function tell(page, left) {
  const note = page.querySelector('[data-left-out]');
  if (note) note.textContent = left > 0 ? note.dataset.leftOut.replace('{0}', left) : '';
}

function unfit(page) {
  page.classList.remove('on-sheet');
  page.style.zoom = page.style.width = '';
  for (const entry of page.querySelectorAll('.off-sheet')) entry.classList.remove('off-sheet');
  tell(page, 0);
}

// A chosen site has pages of its own (A4 portrait with margins of 12 mm), one if it can still be read there.
const tall = { width: 703, height: 1020 };

function narrow(site) {
  const fits = zoom => {
    [site.style.zoom, site.style.width] = [zoom, `${tall.width / zoom}px`];
    return site.scrollHeight * zoom <= tall.height;
  };
  if (!zooms.some(fits)) fits(zooms[1]);
}

function widen(site) {
  site.style.zoom = site.style.width = '';
}

// What is laid out for paper is so before it is measured, on a screen of any width.
function prepare() {
  document.documentElement.classList.add('on-paper');
  document.querySelectorAll('.one-sheet').forEach(fit);
  document.querySelectorAll('.map-page .chosen').forEach(narrow);
}

function restore() {
  document.documentElement.classList.remove('on-paper');
  document.querySelectorAll('.one-sheet').forEach(unfit);
  document.querySelectorAll('.map-page .chosen').forEach(widen);
}

window.addEventListener('beforeprint', prepare);
window.addEventListener('afterprint', restore);
