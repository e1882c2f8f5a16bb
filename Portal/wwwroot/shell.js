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

// That the data are a sample is said once a session of the browser: the server reads the cookie and draws the page without the banner (App.razor).
document.addEventListener('click', event => {
  if (!event.target.closest('[data-demo]')) return;
  const away = document.documentElement.classList.toggle('demo-away');
  document.cookie = `demo-away=1; path=/; SameSite=Lax${location.protocol === 'https:' ? '; Secure' : ''}${away ? '' : '; max-age=0'}`;
  document.getElementById(away ? 'demo-chip' : 'demo-banner').focus();
});

// A sheet of links has done its work when one is followed: the page stays, for a route of the circuit loads none.
document.addEventListener('click', event => event.target.closest('a') && event.target.closest('[popover]')?.hidePopover());

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
