// Sends a file beside the circuit and tells the page when it is stored.
export function open(form, page, options) {
  const listening = new AbortController();
  const status = form.querySelector('[aria-live]');
  const alert = form.querySelector('[role=alert]');
  const send = form.querySelector('button[type=submit]');
  let busy = false;

  const say = text => { alert.textContent = text; alert.hidden = !text; };

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    const file = form.elements.file.files[0];
    if (!file || file.size === 0) return say(options.texts.missing);
    if (file.size > options.cap) return say(options.texts.tooLarge);
    say('');
    busy = send.disabled = true;
    status.textContent = options.texts.sending;
    const problem = await post(file);
    busy = send.disabled = false;
    status.textContent = '';
    if (listening.signal.aborted) return;
    if (problem) return say(problem);
    form.reset();
    await page.invokeMethodAsync('Stored');
  }

  // Empty where it is done.
  async function post(file) {
    const body = new FormData();
    body.append('file', file);
    try {
      const answer = await fetch(form.action, {
        method: 'POST', body, signal: listening.signal,
        headers: { RequestVerificationToken: form.elements.__RequestVerificationToken?.value ?? '' },
      });
      if (answer.status === 201) return '';
      if (answer.status === 401) return options.texts.stale;
      return (await answer.json().catch(() => null))?.detail ?? options.texts.failed;
    } catch {
      return options.texts.network;
    }
  }

  form.addEventListener('submit', submit, { signal: listening.signal });
  return { close: () => listening.abort() };
}
