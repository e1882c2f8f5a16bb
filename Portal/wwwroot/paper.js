// A page marked .one-sheet is printed on one: made smaller as long as it can still be read, then without its last rows, and the citation says how many are left out.
const sheet = { width: 1054, height: 718 }; // A4 landscape with margins of 9 mm, in CSS pixels
const zooms = [1, 0.9, 0.8, 0.72, 0.64, 0.58];

function fit(page) {
  page.classList.add('on-sheet');
  const fits = zoom => {
    page.style.zoom = zoom;
    page.style.width = `${sheet.width / zoom}px`;
    return page.scrollHeight * zoom <= sheet.height;
  };
  if (zooms.some(fits)) return;
  const rows = [...page.querySelectorAll('tbody tr')];
  let left = 0;
  while (rows.length > 0 && !fits(zooms.at(-1))) {
    // A screenful at a time: each look costs a layout.
    for (const row of rows.splice(-Math.max(1, Math.floor(rows.length / 20)))) {
      row.classList.add('off-sheet');
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
  for (const row of page.querySelectorAll('.off-sheet')) row.classList.remove('off-sheet');
  tell(page, 0);
}

window.addEventListener('beforeprint', () => document.querySelectorAll('.one-sheet').forEach(fit));
window.addEventListener('afterprint', () => document.querySelectorAll('.one-sheet').forEach(unfit));
