/** On paper the map takes the size that the sheet has for it (html.on-paper), and shows at least what it showed on the screen. */
export function resizeForPaper(map) {
  let seen;
  const resize = () => map.invalidateSize({ animate: false, pan: false });
  const before = () => {
    seen = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() };
    document.documentElement.classList.add('on-paper');
    resize();
    map.fitBounds(seen.bounds, { animate: false });
  };
  const after = () => {
    document.documentElement.classList.remove('on-paper');
    resize();
    map.setView(seen.centre, seen.zoom, { animate: false });
  };
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return {
    close() {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    },
  };
}
