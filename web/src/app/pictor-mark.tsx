type PictorMarkProps = {
  /** Pixels. Default: 26. */
  readonly size?: number;
};

/** The easel with its star. Decoration: the name stands beside it. */
export function PictorMark({ size = 26 }: PictorMarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M16 2 12.600 9M16 2l3.400 7M9.600 23.500 6.500 30M22.400 23.500l3.100 6.500"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeWidth="2"
      />
      <path
        d="M5.500 7.500h21A1.500 1.500 0 0 1 28 9v12.500h1a1 1 0 0 1 0 2H3a1 1 0 0 1 0-2h1V9a1.500 1.500 0 0 1 1.500-1.500zm11.800 2.200c-.6 3.500-1.500 4.400-5.300 5.100 3.800.7 4.700 1.600 5.300 5.100.6-3.500 1.500-4.400 5.300-5.100-3.800-.7-4.700-1.600-5.300-5.100z"
        fill="currentColor"
        fillRule="evenodd"
      />
    </svg>
  );
}
