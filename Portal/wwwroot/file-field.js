// Fields for a file (Ui/FileField.razor), on every page: a file may be dropped on one, and its name is shown.
const fieldOf = event => event.target instanceof Element ? event.target.closest('.file-field') : null;

function show(field) {
  const [chosen, input] = [field.querySelector('.chosen'), field.querySelector('input[type=file]')];
  // The text node is Blazor's: another in its place would not be seen by what the page says later.
  chosen.firstChild.data = input.files.length > 0 ? [...input.files].map(file => file.name).join(', ') : chosen.dataset.none;
}

document.addEventListener('change', event => { if (event.target.type === 'file' && fieldOf(event)) show(fieldOf(event)); });
document.addEventListener('reset', event => requestAnimationFrame(() => event.target.querySelectorAll('.file-field').forEach(show)));

for (const kind of ['dragenter', 'dragover'])
  document.addEventListener(kind, event => {
    const field = fieldOf(event);
    if (!field || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    field.classList.add('over');
  });

document.addEventListener('dragleave', event => fieldOf(event)?.classList.remove('over'));

document.addEventListener('drop', event => {
  const field = fieldOf(event);
  const input = field?.querySelector('input[type=file]');
  if (!input || input.disabled || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  field.classList.remove('over');
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
});
