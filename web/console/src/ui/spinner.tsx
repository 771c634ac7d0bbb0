export function Spinner({ size = 18 }: { size?: number }) {
  return (
    <svg className="turning" width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <circle cx="12" cy="12" r="9" stroke="currentColor" strokeOpacity="0.25" strokeWidth="3" />
      <path d="M21 12a9 9 0 0 0-9-9" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}

export function CenteredSpinner({ label }: { label: string }) {
  return (
    <div className="flex h-full min-h-40 items-center justify-center text-ink-3" role="status" aria-label={label}>
      <Spinner size={24} />
    </div>
  );
}
