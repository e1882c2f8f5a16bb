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

// A sign of life: the portal ends a session in which nobody does anything, and only what a person does counts. Twenty seconds is as fine as it is kept.
let told = -Infinity;
function tell(event) {
  if (!event.isTrusted || performance.now() - told < 20_000) return;
  told = performance.now();
  fetch('/activity', { method: 'POST', keepalive: true }).catch(() => { });
}
for (const kind of ['pointerdown', 'keydown', 'wheel', 'input']) document.addEventListener(kind, tell, { capture: true, passive: true });
