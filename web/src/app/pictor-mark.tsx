type PictorMarkProps = {
  /** Pixels. Default: 26. */
  readonly size?: number;
};

/** The easel with its star. Decoration: the name stands beside it. */
export function PictorMark({ size = 26 }: PictorMarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M16 2.600V6M10 22 7.400 29.400M22 22l2.600 7.400M16 22v4.600"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeWidth="2.4"
      />
      <path
        d="M7 6h18a3 3 0 0 1 3 3v10.500a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3zm9 2.700c-.6 3.700-1.500 4.700-5.600 5.500 4.100.8 5 1.800 5.600 5.500.6-3.700 1.500-4.700 5.600-5.500-4.100-.8-5-1.800-5.600-5.500z"
        fill="currentColor"
        fillRule="evenodd"
      />
    </svg>
  );
}
