/** On paper the map takes the size that the sheet has for it (html.on-paper), and what it showed stays in its middle. */
export function resizeForPaper(map) {
  const before = () => {
    document.documentElement.classList.add('on-paper');
    map.invalidateSize({ animate: false, pan: false });
  };
  const after = () => {
    document.documentElement.classList.remove('on-paper');
    map.invalidateSize({ animate: false, pan: false });
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
