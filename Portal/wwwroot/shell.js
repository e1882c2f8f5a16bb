// The frame's own keys and the buttons of the reconnect panel; pages bring their own modules.
document.addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.getElementById('search');
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

document.getElementById('reconnect-reload')?.addEventListener('click', () => location.reload());
document.getElementById('reconnect-again')?.addEventListener('click', async () => {
  // False: the server is there but the circuit is gone, so only a reload helps.
  const joined = await Blazor.reconnect().catch(() => true);
  if (joined === false) location.reload();
});
