/** Dingboard's sign: three bars. */
export function Mark({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1677ff" />
      <path d="M9 22v-6M16 22V9M23 22v-9" stroke="#fff" strokeWidth="3.2" strokeLinecap="round" />
    </svg>
  );
}
