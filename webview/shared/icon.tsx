/** A codicon; decoration, so whatever it means stands beside it in words or in a label. */
export const Icon = ({ name, spin = false }: { readonly name: string; readonly spin?: boolean }) => (
  <span class={`codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}`} aria-hidden="true" />
);

interface IconButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
  readonly text?: string;
  readonly disabled?: boolean;
}

/** A quiet button: an icon with a name, or with `text` beside it. */
export const IconButton = ({ icon, label, onClick, text, disabled = false }: IconButtonProps) => (
  <button
    type="button"
    class={text === undefined ? 'quiet bare' : 'quiet'}
    title={label}
    aria-label={label}
    disabled={disabled}
    onClick={onClick}
  >
    <Icon name={icon} />
    {text !== undefined && <span>{text}</span>}
  </button>
);
