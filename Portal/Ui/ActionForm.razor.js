// Tells the page what stands in the field that is being typed into, every few seconds: what has not left its field would be in no draft.
export function open(form) {
  const listening = new AbortController();
  let [field, told] = [null, ''];

  function tell() {
    const at = document.activeElement;
    if (!form.contains(at) || !at.matches('textarea, input:not([type]), input[type=text], input[type=search]') || at.closest('.mud-picker, .mud-autocomplete, .mud-select')) return;
    // Typed into before anybody listened: told once more does no harm.
    if (at !== field) [field, told] = [at, null];
    if (at.value !== told) {
      told = at.value;
      at.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  const timer = setInterval(tell, 2000);
  form.addEventListener('focusin', event => { [field, told] = [event.target, event.target.value]; }, { signal: listening.signal });
  return {
    // The first field that is wrong takes the focus; where none is, what is said of the form comes into sight.
    wrong: () => {
      const at = form.querySelector('[aria-invalid=true]') ?? form.querySelector('.mud-input-error input, .mud-input-error textarea');
      if (at) at.focus();
      else form.querySelector('[role=alert]')?.scrollIntoView({ block: 'nearest' });
    },
    close: () => { clearInterval(timer); listening.abort(); },
  };
}
